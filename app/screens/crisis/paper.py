"""The list for on paper: every crisis bed with its numbers, for when the network is down."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.crisis.words import EVERYTHING
from app.screens.visit import SignedIn

router = APIRouter()


@router.get("/crisis/lijst")
async def show_list(visit: SignedIn) -> Response:
    """Show the list, with the minute at which it was made."""
    shown = await visit.api.get("/crisislijst")
    ages = {(family["leeftijdVan"], family["leeftijdTotEnMet"]) for family in shown["gezinnen"]}
    return visit.page("crisis/lijst.html", lijst=shown, leeftijden=ages, woorden=EVERYTHING)
