"""The yearly report: a page to print, and its figures as CSV and Excel."""

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.kernel.clock import today_in_amsterdam
from app.screens.api import all_of
from app.screens.region.drawings import curves_drawn, months_drawn, parts_drawn, progress_drawn
from app.screens.region.export import as_workbook, is_past, rows_of
from app.screens.region.pages import Anew, recruitment_of, watched_of
from app.screens.region.terms import DOMAINS, STATES, STEPS
from app.screens.sheets import CSV_TYPE, XLSX_TYPE, Sheet, as_csv, download, note_sheet
from app.screens.visit import SignedIn, Visit

router = APIRouter()
FIRST_SHOWN = 2019


@router.get("/regio/jaarverslag")
async def newest_report(visit: SignedIn) -> Response:  # noqa: ARG001
    """Go to the year that runs."""
    return RedirectResponse(f"/regio/jaarverslag/{today_in_amsterdam().year}", 303)


@router.get("/regio/jaarverslag/{year:int}")
async def show_report(visit: SignedIn, year: int, opnieuw: Anew = None) -> Response:
    """Show the report of a year."""
    report, recruitment, watched = await _read(visit, year, anew=opnieuw)
    return visit.page(
        "region/jaarverslag.html",
        verslag=report,
        jaren=range(today_in_amsterdam().year, FIRST_SHOWN - 1, -1),
        standen=STATES,
        leefgebieden=DOMAINS,
        stappen=STEPS,
        werving=recruitment,
        volglijst=watched,
        verleden=is_past(report),
        mag_werving=visit.may("leesWervingsopdracht"),
        **_drawn(report, visit.language),
    )


async def _read(visit: Visit, year: int, *, anew: bool | None = None) -> Any:
    """Return the report, the recruitment brief of the last run, and the watch list in numbers.

    None for what there is not, or not to see.
    """
    report = visit.api.get(f"/jaarverslagen/{year}", opnieuw=anew)
    return await all_of(report, recruitment_of(visit), watched_of(visit))


def _drawn(report: Any, language: str) -> dict[str, Any]:
    placed, prevention = report["plaatsingen"], report["preventie"]
    return {
        "maanden": months_drawn(report["wachttijden"], language),
        "curve": curves_drawn(placed["afbreuk"], language),
        "lijnen": progress_drawn(report["zelfevaluatie"]["regio"]),
        "balken": {
            "treden": parts_drawn(placed["treden"], language, "begonnen"),
            "samen": parts_drawn(placed["broersZussen"], language),
            "afstand": parts_drawn(placed["afstand"]["groepen"], language),
            "school": parts_drawn(placed["school"], language),
            **{
                name: parts_drawn(prevention[name], language)
                for name in ("netwerkonderzoek", "jim", "zonderPlaatsingGeeindigd")
            },
        },
    }


@router.get("/regio/jaarverslag/{year:int}/jaarverslag.csv")
async def report_csv(visit: SignedIn, year: int) -> Response:
    """Send every figure of a year, one a line, for another program."""
    sheet = await _sheet(visit, year, "csv")
    return download(as_csv(sheet), CSV_TYPE, f"jaarverslag-{year}.csv")


@router.get("/regio/jaarverslag/{year:int}/jaarverslag.xlsx")
async def report_xlsx(visit: SignedIn, year: int) -> Response:
    """Send every figure of a year for Excel, a sheet for each part."""
    sheet = await _sheet(visit, year, "xlsx")
    content = await asyncio.to_thread(as_workbook, sheet)
    return download(content, XLSX_TYPE, f"jaarverslag-{year}.xlsx")


async def _sheet(visit: Visit, year: int, kind: str) -> Sheet:
    report, recruitment, watched = await _read(visit, year)
    sheet = rows_of(report, visit.language, recruitment, watched)
    await note_sheet(visit, sheet, name="jaarverslag", kind=kind, work="voerJaarverslagUit")
    return sheet
