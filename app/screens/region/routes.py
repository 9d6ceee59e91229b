"""The region in figures, for who manages it."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.region import pages, report, survey, survey_file, tables
from app.screens.region.views import drawn
from app.screens.visit import SignedIn

router = APIRouter()
for room in (pages, report, survey, survey_file, tables):
    router.include_router(room.router)
Day = Annotated[str | None, Query(max_length=10)]


@router.get("/regio")
async def show_region(
    visit: SignedIn, van: Day = None, tot: Day = None, opnieuw: pages.Anew = None
) -> Response:
    """Show the figures of a period; of the last year where none is chosen."""
    wrong = None
    try:
        figures = await visit.api.get("/regiocijfers", van=van, totEnMet=tot, opnieuw=opnieuw)
    except Refused as error:
        if error.status != 400:
            raise
        wrong = fields_of(error)
        figures = await visit.api.get("/regiocijfers")
    return visit.page(
        "region/regio.html",
        status=400 if wrong else 200,
        cijfers=figures,
        tekening=drawn(figures, visit.language),
        fouten=wrong,
    )
