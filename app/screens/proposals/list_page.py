"""The ranked proposals of the newest run for a child: first choice, alternatives, why none."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.screens.proposals.cards import cards_of, codes_on_map, map_of
from app.screens.proposals.reading import key_of, read_about, read_areas, read_families
from app.screens.visit import SignedIn

router = APIRouter()


@router.get("/kinderen/{child_id}/voorstellen")
async def list_page(visit: SignedIn, child_id: UUID) -> Response:
    """Show every family that the newest run has for a child."""
    about = await read_about(visit, str(child_id))
    families = await read_families(visit, [key_of(option) for _, option in about.options()])
    tiles = visit.people.settings.map_tiles
    # Tiles show what lies around; a plain map does so with the other areas.
    areas = await read_areas(visit, codes_on_map(about, families), around=not tiles)
    cards = cards_of(about, families, areas)
    drawing = map_of(about, cards, areas, tiles)
    return visit.page("proposals/lijst.html", over=about, kaarten=cards, kaart=drawing)
