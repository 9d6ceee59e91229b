"""The reports of the desk: who still looks for a bed, whose file is awaited, what is done."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.kernel.clock import now
from app.screens.api import Answer, all_of
from app.screens.crisis.words import EVERYTHING
from app.screens.visit import SignedIn

router = APIRouter()
_REPORTS = "/crisismeldingen"
_DONE = ("dossier gekoppeld", "gesloten")


@router.get("/crisis")
async def show_desk(visit: SignedIn) -> Response:
    """Show what is open: who has no bed, whom a bed parts, whose file is awaited; late ones first.

    Whose file is awaited stands there alone, with what else it waits for.
    """
    searching, found, parted = await all_of(
        _all(visit, stand="zoekt bed"),
        _all(visit, stand="bed gevonden"),
        _all(visit, stand="dossier gekoppeld", herenigenNu=True),
    )
    awaited = sorted(found, key=lambda report: str(report["dossierUiterlijk"]))
    together = sorted(parted, key=lambda report: str(report["herenigenVoor"]))
    return visit.page(
        "crisis/balie.html", zoekt=searching, gevonden=awaited, uiteen=together,
        woorden=EVERYTHING, nu=now(),
    )  # fmt: skip


@router.get("/crisis/afgerond")
async def show_done(
    visit: SignedIn,
    state: Annotated[str, Query(alias="stand", max_length=40)] = _DONE[0],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Show what is done, the newest first."""
    chosen = state if state in _DONE else _DONE[0]
    page: Answer = await visit.api.page(_REPORTS, stand=chosen, cursor=cursor, aantal=50)
    return visit.page(
        "crisis/afgerond.html",
        stand=chosen,
        standen=_DONE,
        meldingen=page.data["crisismeldingen"],
        verder=page.next_cursor,
        woorden=EVERYTHING,
    )


async def _all(visit: SignedIn, **asked: object) -> list[dict[str, object]]:
    """Return every report that is asked: of those that wait nobody is left to a next page."""
    rows: list[dict[str, object]] = []
    cursor = None
    while True:
        page = await visit.api.page(_REPORTS, **asked, cursor=cursor, aantal=500)
        rows += page.data["crisismeldingen"]
        cursor = page.next_cursor
        if cursor is None:
            return rows
