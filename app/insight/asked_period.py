"""The period that a question about figures names in its address."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator

from app.http.deps import CurrentActor
from app.http.figure_period import WHOLE_MONTHS, asked_days
from app.insight.periods import Period
from app.kernel.errors import InputRefused
from app.kernel.reading_days import DayStyle, day

# A number is no day, though pydantic would take it for one.
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
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
    return Period(*asked_days(actor.role, first, last))


def asked_months(period: Annotated[Period, Depends(asked_period)]) -> Period:
    """Return the period, where it is not too many months to show; raises InputRefused."""
    if period.last.year - period.first.year > _MOST_YEARS:
        raise InputRefused(f"van: per maand kan hoogstens {_MOST_YEARS} jaar; kies een latere dag.")
    return period


AskedPeriod = Annotated[Period, Depends(asked_period)]
AskedMonths = Annotated[Period, Depends(asked_months)]
