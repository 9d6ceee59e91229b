"""The door of the figures."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.insight.queries import Period
from app.insight.schemas import RegionFigures
from app.insight.service import figures_of
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.reading_days import DayStyle, day

router = APIRouter(prefix="/regiocijfers", tags=["regio"], route_class=SecuredRoute)
# A number is no day, though pydantic would take it for one.
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
_YEAR = timedelta(days=365)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


@router.get("", operation_id="leesRegiocijfers", summary="Bekijk de regio in cijfers")
def read_figures(
    session: DbSession,
    first: Annotated[Day | None, Query(alias="van", description="Zonder: een jaar terug.")] = None,
    last: Annotated[Day | None, Query(alias="totEnMet", description="Zonder: vandaag.")] = None,
) -> RegionFigures:
    """Wachttijden, plaatsingen, tekorten en wat er van voorstellen werd; kleine aantallen niet."""
    today = today_in_amsterdam()
    until = last or today
    if not (_EARLIEST <= until <= _LATEST and _EARLIEST <= (first or until) <= _LATEST):
        raise InputRefused("van, totEnMet: geef een dag tussen 2000 en 2100.")
    begin = first or until - _YEAR
    if begin > until:
        raise InputRefused("van: ligt na totEnMet; geef een eerdere dag.")
    return figures_of(session, period=Period(begin, until), today=today)
