"""Gezinshuizen, leefhuizen and residential places as a table to take along."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from app.screens.ladder.words import GENDERS, KINDS
from app.screens.sheets import Cell, Sheet, send_sheet
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
MOST = 500
_COLUMNS = {
    "aanbieder": N_("Aanbieder"),
    "nummer": N_("Nummer"),
    "soort": N_("Soort"),
    "naam": N_("Naam"),
    "postcode": N_("Postcode"),
    "woonplaats": N_("Woonplaats"),
    "leeftijdVan": N_("Leeftijd van"),
    "leeftijdTotEnMet": N_("Leeftijd tot en met"),
    "voorkeurGeslacht": N_("Voor wie"),
    "plaatsenTotaal": N_("Plaatsen"),
    "plaatsenVrij": N_("Vrij"),
    "beschikbaarVanaf": N_("Beschikbaar vanaf"),
    "laatstBevestigd": N_("Bevestigd"),
}
_DAYS = frozenset({"beschikbaarVanaf", "laatstBevestigd"})


def narrowed(soort: str, vrij: str, leeftijd: str) -> dict[str, str]:
    """Return what the API is asked for these filters; what is none of its words asks for all."""
    return {
        "soort": soort if soort in dict(KINDS) else "",
        "vrij": "true" if vrij == "ja" else "",
        "leeftijd": leeftijd if leeftijd.isdecimal() and int(leeftijd) <= 23 else "",
    }


@router.get("/zorgsettingen/zorgsettingen.{kind}")
async def settings_file(
    *,
    visit: SignedIn,
    kind: Annotated[str, Path(pattern="^(csv|xlsx)$")],
    soort: str = "",
    vrij: str = "",
    leeftijd: str = "",
) -> Response:
    """Send every setting that the filters leave, with its places."""
    rows: list[dict[str, Any]] = []
    asked, cursor = narrowed(soort, vrij, leeftijd), None
    while True:
        page = await visit.api.page("/zorgsettingen", **asked, cursor=cursor, aantal=MOST)
        rows += page.data["zorgsettingen"]
        cursor = page.next_cursor
        if cursor is None:
            break
    sheet = sheet_of(visit, rows)
    return await send_sheet(
        visit, sheet, name="zorgsettingen", kind=kind, work="voerZorgsettingenUit"
    )


def sheet_of(visit: Visit, settings: Sequence[dict[str, Any]]) -> Sheet:
    """Return care settings as rows; what a role may not see has no column."""
    names = [name for name in _COLUMNS if any(name in one for one in settings)]
    words = {**dict(KINDS), **dict(GENDERS)}

    def cell(name: str, value: Any) -> Cell:
        if name in _DAYS and value:
            return date.fromisoformat(value)
        if name in ("soort", "voorkeurGeslacht") and value in words:
            return visit.say(words[value])
        return value if value is None or isinstance(value, int) else str(value)

    return Sheet(
        [visit.say(_COLUMNS[name]) for name in names],
        [[cell(name, one.get(name)) for name in names] for one in settings],
    )
