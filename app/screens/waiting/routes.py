"""Who waits: the list, its filters, its export."""

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.clock import today_in_amsterdam
from app.log.events import Event
from app.log.write import log
from app.screens.api import Answer, Refused, all_of
from app.screens.registrations.choices import CARE_FORMS, SIBLING_WISHES, STAGES, URGENCIES
from app.screens.sheets import CSV_TYPE, XLSX_TYPE, Sheet, as_csv, as_xlsx, download, note_export
from app.screens.visit import SignedIn
from app.screens.waiting.asked import COLUMNS, Asked
from app.screens.waiting.export import sheet_of

router = APIRouter()
PAGE, MOST = 50, 500
WAITING_STAGES = tuple(one for one in STAGES if one[0] in ("concept", "compleet", "zoekt"))
_PROPOSED = tuple(one for one in STAGES if one[0] == "voorgesteld")


@router.get("/wachtlijst", name="waiting_list")
async def waiting_list(visit: SignedIn) -> Response:
    """Show who waits, as the address asks it."""
    asked = Asked.of(visit.request.query_params)
    figures, (found, wrong) = await all_of(
        visit.api.get("/wachtlijst/cijfers"), _found(visit, asked)
    )
    return visit.page(
        "waiting/lijst.html",
        status=400 if wrong else 200,
        gevraagd=asked,
        kolommen=[c for c in COLUMNS if c[0] != "opties" or figures["weinigOpties"] is not None],
        cijfers=figures,
        kinderen=found.data["wachtenden"],
        totaal=found.data["totaal"],
        volgende=found.next_cursor,
        fout=wrong,
        vandaag=today_in_amsterdam().isoformat(),
        **lists(),
    )


def lists() -> dict[str, Any]:
    """Return the closed lists by which a list is narrowed and told."""
    return {
        "vormen": CARE_FORMS,
        "urgenties": URGENCIES,
        "standen": (*WAITING_STAGES, *_PROPOSED),
        "wensen": SIBLING_WISHES,
    }


async def _found(visit: SignedIn, asked: Asked) -> tuple[Answer, str | None]:
    """Return a page of the list, and what is wrong with what was asked, if anything is."""
    try:
        page = await visit.api.page(
            "/wachtlijst", **asked.query(), cursor=asked.cursor, aantal=PAGE
        )
    except Refused as error:
        if error.status != 400:
            raise
        return Answer(200, {"wachtenden": [], "totaal": 0}), error.detail
    return page, None


@router.get("/wachtlijst/wachtlijst.csv", name="waiting_csv")
async def export_csv(visit: SignedIn) -> Response:
    """Send the whole list as it is asked, for a spreadsheet or another program."""
    sheet = await _sheet(visit, "csv")
    return download(as_csv(sheet), CSV_TYPE, "wachtlijst.csv")


@router.get("/wachtlijst/wachtlijst.xlsx", name="waiting_xlsx")
async def export_xlsx(visit: SignedIn) -> Response:
    """Send the whole list as it is asked, for Excel."""
    sheet = await _sheet(visit, "xlsx")
    return download(
        await asyncio.to_thread(as_xlsx, sheet, "Wachtlijst"), XLSX_TYPE, "wachtlijst.xlsx"
    )


async def _sheet(visit: SignedIn, kind: str) -> Sheet:
    asked, rows, cursor = Asked.of(visit.request.query_params), [], None
    while True:
        page = await visit.api.page("/wachtlijst", **asked.query(), cursor=cursor, aantal=MOST)
        rows += page.data["wachtenden"]
        cursor = page.next_cursor
        if cursor is None:
            break
    person = visit.person
    roles = sorted(role.value for role in person.identity.roles) if person else []
    log(Event.WAITING_LIST_EXPORTED, format=kind, rows=len(rows), roles=",".join(roles))
    # The pages of the list stand in the log as looked at; that they left as a file stands here.
    await asyncio.to_thread(note_export, visit, "voerWachtlijstUit")
    return sheet_of(rows, visit.language)
