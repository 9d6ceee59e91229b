"""The door of the fairness board."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import WHOLE_MONTHS
from app.http.ready_answers import Anew, ready_answer
from app.http.secured import SecuredRoute
from app.kernel.clock import today_in_amsterdam
from app.kernel.reading_days import DayStyle, day
from app.models import KeptBoardName
from app.outcomes.fair_ready import days_of_fairness
from app.outcomes.fair_schemas import FairnessOut
from app.outcomes.fairness import show_fairness

router = APIRouter(prefix="/eerlijkheid", tags=["weegfactoren"], route_class=SecuredRoute)
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]


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
    *,
    anew: Anew = False,
) -> FairnessOut:
    """Wachten, opties, kans, geplaatst, nee en afgebroken per groep; kleine groepen niet."""
    days = days_of_fairness(actor.role, first, last)
    ready = ready_answer(session, KeptBoardName.FAIRNESS, FairnessOut, days, anew=anew)
    if ready is not None:
        return ready
    return show_fairness(session, first=days[0], last=days[1], today=today_in_amsterdam())
