"""The steps of one child: what runs, what was tried, and with which family to begin."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import all_of
from app.screens.steps.asked import (
    Found,
    days_left,
    nothing,
    place,
    read_child,
    read_proposals,
)
from app.screens.steps.words import EVERYTHING, PHASES
from app.screens.visit import SignedIn, Visit

router = APIRouter()


@router.get("/kinderen/{child_id:uuid}/stappen")
async def show_steps(visit: SignedIn, child_id: UUID) -> Response:
    """Show the steps of a child, the running one first."""
    may_begin = visit.may("beginStap")
    found, kid, proposals = await all_of(
        visit.api.get(place(child_id)),
        read_child(visit, child_id),
        read_proposals(visit, child_id) if may_begin else nothing(),
    )
    steps = found["stappen"]
    running = next((step for step in steps if step["stand"] == "loopt"), None)
    return visit.page(
        "steps/kind.html",
        kind_id=child_id,
        kind=kid,
        loopt=running,
        dagen=days_left(running) if running else None,
        eerder=[step for step in steps if step is not running],
        gezinnen=_families(proposals, steps),
        voorstellen=proposals,
        aanbieders=_working(visit),
        namen=visit.names,
        fasen=PHASES,
        woorden=EVERYTHING,
    )


def _working(visit: Visit) -> list[tuple[str, str]]:
    """Return the providers that one can ask, as options."""
    return [(p["code"], p["naam"]) for p in visit.providers if p["opgegaanIn"] is None]


def _families(proposals: Found | None, steps: list[Found]) -> list[Found]:
    """Return whom the last run has for a child and who has not said no, the first choice first."""
    if proposals is None:
        return []
    refused = {(s["aanbieder"], s.get("gezin")) for s in steps if s["stand"] == "nee"}
    first = [{**proposals["voorstel"], "eerste": True}] if proposals["voorstel"] else []
    others = [*proposals["alternatieven"], *proposals["teBespreken"]]
    return [o for o in [*first, *others] if (o["aanbieder"], o["gezin"]) not in refused]
