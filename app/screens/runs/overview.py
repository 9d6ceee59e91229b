"""One run: its progress while it runs, then its goals, what they cost and what limited it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Response

from app.screens.api import Refused
from app.screens.runs.labels import WORDS
from app.screens.runs.picture import frontier
from app.screens.visit import SignedIn, Visit

router = APIRouter()
RUNNING = ("wacht", "loopt")
_CLOSE = 1e-6


@router.get("/runs/{run_id}")
async def run_page(visit: SignedIn, run_id: UUID) -> Response:
    """Show a run."""
    run = await visit.api.get(f"/matchruns/{run_id}")
    costs, no_costs = await _costs(visit, run)
    return visit.page(
        "runs/run.html",
        w=WORDS,
        run=run,
        loopt=run["stand"] in RUNNING,
        doelen=[told(goal) for goal in run["doelen"]],
        afwegingen=costs,
        geen_afwegingen=no_costs,
        beeld=frontier(costs["eenKindMeer"]["punten"]) if costs else None,
    )


@router.get("/runs/{run_id}/kind/{number}")
async def find_child(visit: SignedIn, run_id: UUID, number: str) -> Response:
    """Go from the number by which a run names a child to what is proposed for it."""
    where = f"/matchruns/{run_id}/kinderen/{quote(number, safe='')}"
    found = await visit.api.get(where)
    return visit.go(f"/kinderen/{found['kind']}/voorstellen")


async def _costs(visit: Visit, run: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """Return what the choices of a run cost, or why that is not known."""
    if run["stand"] != "klaar":
        return None, ""
    try:
        return await visit.api.get(f"/matchruns/{run['id']}/afwegingen"), ""
    except Refused as refused:
        if refused.status != 409:
            raise
        return None, refused.detail


def told(goal: dict[str, Any]) -> dict[str, Any]:
    """Return a goal with how it is written and whether it is proved that no plan does better."""
    return {
        **goal,
        "cijfers": digits_of(goal["eenheid"]),
        "bewezen": abs(goal["grens"] - goal["waarde"]) < _CLOSE,
        "ruimte": abs(goal["grens"] - goal["waarde"]),
    }


def digits_of(unit: str) -> int:
    """Return how many decimals a value in a unit is written with."""
    return 2 if "breakdown" in unit else 0
