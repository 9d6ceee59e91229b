"""The period that a question about figures names in its address."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator

from app.http.deps import CurrentActor
from app.http.figure_period import WHOLE_MONTHS, in_whole_months
from app.insight.periods import Period
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.reading_days import DayStyle, day

# A number is no day, though pydantic would take it for one.
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
_YEAR = timedelta(days=365)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)
_MOST_YEARS = 10


def asked_period(
    actor: CurrentActor,
    first: Annotated[
        Day | None, Query(alias="van", description=f"Zonder: een jaar terug. {WHOLE_MONTHS}")
    ] = None,
    last: Annotated[
        Day | None, Query(alias="totEnMet", description=f"Zonder: vandaag. {WHOLE_MONTHS}")
    ] = None,
) -> Period:
    """Return the period that is counted; raises InputRefused for one that cannot be."""
    today = today_in_amsterdam()
    until = last or today
    if not (_EARLIEST <= until <= _LATEST and _EARLIEST <= (first or until) <= _LATEST):
        raise InputRefused("van, totEnMet: geef een dag tussen 2000 en 2100.")
    begin = first or until - _YEAR
    if begin > until:
        raise InputRefused("van: ligt na totEnMet; geef een eerdere dag.")
    return Period(*in_whole_months(actor.role, begin, until, today=today))


def asked_months(period: Annotated[Period, Depends(asked_period)]) -> Period:
    """Return the period, where it is not too many months to show; raises InputRefused."""
    if period.last.year - period.first.year > _MOST_YEARS:
        raise InputRefused(f"van: per maand kan hoogstens {_MOST_YEARS} jaar; kies een latere dag.")
    return period


AskedPeriod = Annotated[Period, Depends(asked_period)]
AskedMonths = Annotated[Period, Depends(asked_months)]
