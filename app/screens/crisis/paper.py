"""The list for on paper: every crisis bed with its numbers, for when the network is down."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.crisis.words import BY_FLAG, EVERYTHING
from app.screens.visit import SignedIn

router = APIRouter()


A_SCREEN = 100  # families; more than a region has on most nights


@router.get("/crisis/lijst")
async def show_list(
    visit: SignedIn,
    alles: str | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Show the list, with the minute at which it was made; a long one in parts, whole for paper."""
    query = {} if alles else {"aantal": A_SCREEN, "cursor": cursor}
    answer = await visit.api.page("/crisislijst", **query)
    shown = answer.data
    ages = {(family["leeftijdVan"], family["leeftijdTotEnMet"]) for family in shown["gezinnen"]}
    return visit.page(
        "crisis/lijst.html",
        lijst=shown,
        leeftijden=ages,
        samen_aantallen={family["kinderenSamen"] for family in shown["gezinnen"]},
        niet_bij=_not_with,
        woorden=EVERYTHING,
        is_deel=bool(cursor or answer.next_cursor),
        volgende=answer.next_cursor,
    )


def _not_with(family: dict[str, Any]) -> list[str]:
    """Return for what a family is not called: flags first, then what no flag asks about."""
    others = (word.replace("_", " ") for word in family["nietBij"] if word not in BY_FLAG)
    return [*family["nietBijVeiligheid"], *others]
