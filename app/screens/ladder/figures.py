"""As much at home as possible, in numbers: steps on the ladder, and JIM with its assumption."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.ladder.words import ANSWERS, PURPOSES, REASONS, RUNGS
from app.screens.visit import SignedIn

router = APIRouter()


@router.get("/zo-thuis-mogelijk")
async def show(visit: SignedIn, van: str = "", totEnMet: str = "") -> Response:  # noqa: N803
    """Show both over a period; without one over the last year."""
    fault = None
    try:
        ladder, jim = await _both(visit, van, totEnMet)
    except Refused as error:
        fault = fields_of(error)
        ladder, jim = await _both(visit, "", "")
    return visit.page(
        "ladder/cijfers.html",
        status=400 if fault else 200,
        ladder=ladder,
        jim=jim,
        treden=dict(RUNGS),
        redenen=dict(REASONS),
        doelen=dict(PURPOSES),
        antwoorden=dict(ANSWERS),
        van=van or ladder["van"],
        tot=totEnMet or ladder["totEnMet"],
        fouten=fault,
    )


async def _both(visit: SignedIn, first: str, last: str) -> list[dict[str, object]]:
    return await all_of(
        visit.api.get("/laddercijfers", van=first, totEnMet=last),
        visit.api.get("/jimcijfers", van=first, totEnMet=last),
    )
