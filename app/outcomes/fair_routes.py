"""The door of the fairness board."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import WHOLE_MONTHS, in_whole_months
from app.http.secured import SecuredRoute
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.reading_days import DayStyle, day
from app.outcomes.fair_schemas import FairnessOut
from app.outcomes.fairness import show_fairness

router = APIRouter(prefix="/eerlijkheid", tags=["weegfactoren"], route_class=SecuredRoute)
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
_THREE_YEARS = timedelta(days=1096)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


@router.get("", operation_id="leesEerlijkheid", summary="Bekijk of groepen gelijk worden behandeld")
def read(
    session: DbSession,
    actor: CurrentActor,
    first: Annotated[
        Day | None,
        Query(alias="van", description=f"Aangemeld sinds; zonder: drie jaar terug. {WHOLE_MONTHS}"),
    ] = None,
    last: Annotated[
        Day | None,
        Query(
            alias="totEnMet",
            description=f"Aangemeld tot en met; zonder: vandaag. {WHOLE_MONTHS}",
        ),
    ] = None,
) -> FairnessOut:
    """Wachten, opties, kans, geplaatst, nee en afgebroken per groep; kleine groepen niet."""
    today = today_in_amsterdam()
    until = last or today
    if not (_EARLIEST <= until <= _LATEST and _EARLIEST <= (first or until) <= _LATEST):
        raise InputRefused("van, totEnMet: geef een dag tussen 2000 en 2100.")
    begin = first or max(until - _THREE_YEARS, _EARLIEST)
    if begin > until:
        raise InputRefused("van: ligt na totEnMet; geef een eerdere dag.")
    begin, until = in_whole_months(actor.role, begin, until, today=today)
    return show_fairness(session, first=begin, last=until, today=today)
