"""The door of the fairness board."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import EARLIEST, WHOLE_MONTHS, asked_days
from app.http.secured import SecuredRoute
from app.kernel.clock import today_in_amsterdam
from app.kernel.reading_days import DayStyle, day
from app.outcomes.fair_schemas import FairnessOut
from app.outcomes.fairness import show_fairness

router = APIRouter(prefix="/eerlijkheid", tags=["weegfactoren"], route_class=SecuredRoute)
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
_THREE_YEARS = timedelta(days=1096)


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
    begin, until = asked_days(actor.role, first, last, back=_THREE_YEARS)
    begin = max(begin, EARLIEST)
    return show_fairness(session, first=begin, last=until, today=today)
