"""One placement: what waits, how it went from the step that led to it until its end."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.clock import today_in_amsterdam
from app.screens.plaatsingen.asked import place, read_whole
from app.screens.plaatsingen.story import story_of
from app.screens.plaatsingen.words import EVERYTHING
from app.screens.visit import SignedIn, Visit

router = APIRouter()


@router.get("/plaatsingen/{placement_id:uuid}")
async def show_placement(visit: SignedIn, placement_id: UUID) -> Response:
    """Show a placement with its story."""
    found = await read_whole(visit, placement_id)
    return visit.page(
        "plaatsingen/plaatsing.html",
        plaatsing=found["plaatsing"],
        woont=await _who_lives_there(visit, found["plaatsing"]),
        evaluaties=found["evaluaties"],
        verhaal=story_of(found),
        woorden=EVERYTHING,
    )


async def _who_lives_there(visit: Visit, placement: dict[str, Any]) -> dict[str, Any] | None:
    """Return who the child is, for its provider; None before, after, or for others."""
    today = today_in_amsterdam().isoformat()
    runs = placement["van"] <= today and (placement["tot"] is None or placement["tot"] >= today)
    if not runs or not visit.may("leesKindVanPlaatsing"):
        return None
    found: dict[str, Any] = await visit.api.get(f"{place(placement['id'])}/kind")
    return found
