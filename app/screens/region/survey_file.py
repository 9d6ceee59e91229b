"""What municipalities answered, as a table to take along: one form, or all of a year."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from app.screens.api import all_of
from app.screens.moments import day_of
from app.screens.sheets import (
    CSV_TYPE,
    XLSX_TYPE,
    Cell,
    Sheet,
    as_csv,
    as_xlsx,
    download,
    note_sheet,
)
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
PLACE = "/regio/zelfevaluaties"
Kind = Annotated[str, Path(pattern="^(csv|xlsx)$")]
Asked = Annotated[int | None, Query(alias="jaar", ge=2000, le=2100)]
# Not who typed an answer: that stays in the service, a file goes on to others.
_HEADINGS = (
    N_("Gemeentecode"), N_("Gemeente"), N_("Jaar"), N_("Stand"), N_("Vragenlijst"), N_("Thema"),
    N_("Voortgang van het thema"), N_("Nummer"), N_("Vraag"), N_("Antwoord"), N_("Toelichting"),
    N_("Gegeven door"), N_("Gegeven op"), N_("Versie"),
)  # fmt: skip
_ITSELF, _FOR_IT = N_("de gemeente"), N_("de regio, namens de gemeente")
Told = Mapping[str, Any]


@router.get(PLACE + "/{code}/{year:int}/zelfevaluatie.{kind}")
async def form_file(visit: SignedIn, code: str, year: int, kind: Kind) -> Response:
    """Send what a municipality answered in a year."""
    asked, form = await all_of(
        visit.api.get("/zelfevaluaties/vragen"), visit.api.get(f"/zelfevaluaties/{code}/{year}")
    )
    return await _send(visit, asked, [form], name=f"zelfevaluatie-{code}-{year}", kind=kind)


@router.get(PLACE + "/zelfevaluaties.{kind}")
async def forms_file(visit: SignedIn, kind: Kind, year: Asked = None) -> Response:
    """Send every form that may be seen, of one year where that is asked; drafts say that they are.

    What a municipality gets here is its own years: the list that it is told has no other.
    """
    asked, progress = await all_of(
        visit.api.get("/zelfevaluaties/vragen"), visit.api.get("/zelfevaluaties")
    )
    forms = await all_of(
        *(
            visit.api.get(f"/zelfevaluaties/{one['gemeente']}/{told['jaar']}")
            for one in progress["gemeenten"]
            for told in one["jaren"]
            if year in (None, told["jaar"])
        )
    )
    name = f"zelfevaluaties-{year}" if year else "zelfevaluaties"
    return await _send(visit, asked, forms, name=name, kind=kind)


async def _send(visit: Visit, asked: Told, forms: list[Told], *, name: str, kind: str) -> Response:
    rows = [row for form in forms for row in _rows(visit, asked, form)]
    sheet = Sheet([visit.say(heading) for heading in _HEADINGS], rows)
    # Under one name in the log, whatever the file is called: its table has few of them.
    await note_sheet(visit, sheet, name="zelfevaluatie", kind=kind, work="voerZelfevaluatieUit")
    if kind == "csv":
        return download(as_csv(sheet), CSV_TYPE, f"{name}.csv")
    content = await asyncio.to_thread(as_xlsx, sheet, name.capitalize())
    return download(content, XLSX_TYPE, f"{name}.xlsx")


def _rows(visit: Visit, asked: Told, form: Told) -> Iterator[list[Cell]]:
    """Yield a row for each question, also for one that was not answered."""
    given = {one["vraag"]: one for one in form["antwoorden"]}
    about = [form["gemeente"], form["naam"], form["jaar"], form["stand"], form["vragenlijst"]]
    for theme, progress in zip(asked["themas"], form["themas"], strict=True):
        for question in theme["vragen"]:
            told = given.get(question["nummer"])
            yield [
                *about, theme["thema"], progress["aandeel"], question["nummer"], question["vraag"],
                *_answered(visit, told),
            ]  # fmt: skip


def _answered(visit: Visit, told: Told | None) -> list[Cell]:
    if told is None:
        return [None] * 5
    by = visit.say(_ITSELF if told["rol"] == "gemeente" else _FOR_IT)
    note = told["toelichting"]
    return [", ".join(told["antwoorden"]), note, by, day_of(told["op"]), told["versie"]]
