"""Places, and which families are missing, as a table to take along."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from app.screens.region.terms import STATES
from app.screens.sheets import Cell, Sheet, send_sheet
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
Day = Annotated[str | None, Query(max_length=10)]
Kind = Annotated[str, Path(pattern="^(csv|xlsx)$")]
HIDDEN = N_("niet genoemd")
_HEADINGS = (N_("Wat"), N_("Vorm"), N_("Leeftijd"), N_("Gemeente"), N_("Plekken"))
_CHILDREN = N_("Kinderen zonder gezin")
_PLACES, _SHORT = N_("plekken"), N_("tekort")
Board = Mapping[str, Any]


@router.get("/regio/plekken/plekken.{kind}")
async def places_file(visit: SignedIn, kind: Kind, van: Day = None, tot: Day = None) -> Response:
    """Send places and shortages by form, age and area; 400 for a period that cannot be."""
    board = await visit.api.get("/regiocijfers/plekken", van=van, totEnMet=tot)
    sheet = sheet_of(visit, board)
    return await send_sheet(visit, sheet, name="plekken", kind=kind, work="voerPlekkenUit")


def sheet_of(visit: Visit, board: Board) -> Sheet:
    """Return each figure of places and shortages; what is too small to tell says so in a word."""
    states = [visit.say(words).capitalize() for _, words in STATES]
    headings = [*map(visit.say, _HEADINGS), *states, visit.say(_CHILDREN)]
    return Sheet(headings, [*_places(visit, board), *_short(visit, board["tekorten"])])


def _places(visit: Visit, board: Board) -> Iterator[list[Cell]]:
    groups = [
        *(((visit.say(one["groep"]), "", ""), one) for one in board["naarVorm"]),
        *((("", one["groep"], ""), one) for one in board["naarLeeftijd"]),
        *((("", "", visit.say(one["groep"])), one) for one in board["naarGemeente"]),
        (("", "", ""), board["totaal"]),
    ]
    for names, one in groups:
        counts = (one[key] for key in ("plekken", *(key for key, _ in STATES)))
        yield [visit.say(_PLACES), *names, *(_told(visit, count) for count in counts), None]


def _short(visit: Visit, short: Board) -> Iterator[list[Cell]]:
    if short["peildatum"] is None:  # no run yet
        return
    groups = [
        *(((visit.say(g["vorm"]), g["leeftijd"], ""), g) for g in short["groepen"]),
        *((("", "", visit.say(g["groep"])), g) for g in short["naarGemeente"]),
        (("", "", ""), short),
    ]
    for names, one in groups:
        nothing = [None] * (1 + len(STATES))
        yield [visit.say(_SHORT), *names, *nothing, _told(visit, one["aantal"])]


def _told(visit: Visit, count: int | None) -> Cell:
    return visit.say(HIDDEN) if count is None else count
