"""The door of the waiting list."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.deps import CurrentActor, DbSession
from app.http.paging import DEFAULT_SIZE, Cursor, Size, link_next
from app.http.secured import SecuredRoute
from app.intake.schemas_waiting import WaitingList
from app.intake.waiting import list_waiting
from app.intake.waiting_queries import Order, WaitingFilter
from app.kernel.clock import today_in_amsterdam
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency

router = APIRouter(prefix="/wachtlijst", tags=["wachtlijst"], route_class=SecuredRoute)

MOST_DAYS = 10_000


def _wanted(
    *,
    stage: Annotated[Stage | None, Query(alias="stand")] = None,
    urgency: Annotated[Urgency | None, Query(alias="urgentie")] = None,
    care_form: Annotated[CareForm | None, Query(alias="vorm")] = None,
    at_least_days: Annotated[int | None, Query(alias="minstensDagen", ge=0, le=MOST_DAYS)] = None,
) -> WaitingFilter:
    return WaitingFilter(stage, urgency, care_form, at_least_days)


@router.get("", operation_id="leesWachtlijst", summary="Bekijk wie wacht en sinds wanneer")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    wanted: Annotated[WaitingFilter, Depends(_wanted)],
    order: Annotated[Order, Query(alias="sorteer")] = Order.URGENCY,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> WaitingList:
    """Eén klok per kind, vanaf de eerste aanmelding; ook wie nog in een concept staat wacht."""
    lines, keys = list_waiting(
        session,
        wanted,
        actor=actor,
        order=order,
        today=today_in_amsterdam(),
        cursor=cursor,
        size=size,
    )
    link_next(request, response, keys, size=size)
    return WaitingList(children=lines)
