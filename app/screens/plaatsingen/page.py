"""One placement: what waits, how it went from the step that led to it until its end."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.plaatsingen.asked import read_whole
from app.screens.plaatsingen.story import story_of
from app.screens.plaatsingen.words import EVERYTHING
from app.screens.visit import SignedIn

router = APIRouter()


@router.get("/plaatsingen/{placement_id:uuid}")
async def show_placement(visit: SignedIn, placement_id: UUID) -> Response:
    """Show a placement with its story."""
    found = await read_whole(visit, placement_id)
    return visit.page(
        "plaatsingen/plaatsing.html",
        plaatsing=found["plaatsing"],
        evaluaties=found["evaluaties"],
        verhaal=story_of(found),
        woorden=EVERYTHING,
    )
