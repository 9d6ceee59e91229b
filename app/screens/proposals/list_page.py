"""The ranked proposals of the newest run for a child: first choice, alternatives, why none."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.proposals.cards import cards_of, codes_on_map, map_of
from app.screens.proposals.reading import (
    NO_AREAS,
    key_of,
    read_about,
    read_areas,
    read_families,
)
from app.screens.visit import SignedIn

router = APIRouter()
WithMap = Annotated[str, Query(alias="kaart", max_length=5)]


@router.get("/kinderen/{child_id}/voorstellen")
async def list_page(visit: SignedIn, child_id: UUID, with_map: WithMap = "") -> Response:
    """Show every family that the newest run has for a child; with `kaart` also where they live.

    The map comes by itself after the page: it asks for every family, and the list need not wait.
    """
    about = await read_about(visit, str(child_id))
    if not with_map:
        cards = cards_of(about, {}, NO_AREAS)
        can_map = bool(cards) and about.child is not None and not about.is_secret
        return visit.page(
            "proposals/lijst.html", over=about, kaarten=cards, kaart=None, kan_kaart=can_map
        )
    families = await read_families(visit, [key_of(option) for _, option in about.options()])
    tiles = visit.people.settings.map_tiles
    # Tiles show what lies around; a plain map does so with the other areas.
    areas = await read_areas(visit, codes_on_map(about, families), around=not tiles)
    cards = cards_of(about, families, areas)
    drawing = map_of(about, cards, areas, tiles)
    return visit.page(
        "proposals/lijst.html", over=about, kaarten=cards, kaart=drawing, kan_kaart=False
    )
