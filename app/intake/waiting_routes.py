"""The door of the waiting list."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.deps import CurrentActor, DbSession
from app.http.paging import DEFAULT_SIZE, Cursor, Size, link_next
from app.http.secured import SecuredRoute
from app.intake.schemas_waiting import WaitingFigures, WaitingList
from app.intake.waiting import list_waiting, tell_figures
from app.intake.waiting_queries import WaitingFilter
from app.intake.waiting_table import Order
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency

router = APIRouter(prefix="/wachtlijst", tags=["wachtlijst"], route_class=SecuredRoute)

MOST_DAYS = 10_000
OLDEST = 23
MOST_OPTIONS = 100


Days = Annotated[int | None, Query(alias="minstensDagen", ge=0, le=MOST_DAYS)]
MinAge = Annotated[int | None, Query(alias="leeftijdVan", ge=0, le=OLDEST)]
MaxAge = Annotated[int | None, Query(alias="leeftijdTotEnMet", ge=0, le=OLDEST)]
Municipality = Annotated[str | None, Query(alias="gemeente", max_length=200, pattern=r"^[^\x00]*$")]
Options = Annotated[
    int | None,
    Query(alias="hoogstensOpties", ge=0, le=MOST_OPTIONS, description="2: minder dan drie."),
]
HasSiblings = Annotated[bool | None, Query(alias="metBroersZussen")]
Backwards = Annotated[bool, Query(alias="omgekeerd", description="De laatste eerst.")]


def _wanted(
    *,
    stage: Annotated[Stage | None, Query(alias="stand")] = None,
    urgency: Annotated[Urgency | None, Query(alias="urgentie")] = None,
    care_form: Annotated[CareForm | None, Query(alias="vorm")] = None,
    at_least_days: Days = None,
    municipality: Municipality = None,
    min_age: MinAge = None,
    max_age: MaxAge = None,
    at_most_options: Options = None,
    has_siblings: HasSiblings = None,
) -> WaitingFilter:
    return WaitingFilter(
        stage=stage,
        urgency=urgency,
        care_form=care_form,
        at_least_days=at_least_days,
        municipality=municipality,
        min_age=min_age,
        max_age=max_age,
        at_most_options=at_most_options,
        has_siblings=has_siblings,
    )


@router.get("", operation_id="leesWachtlijst", summary="Bekijk wie wacht en sinds wanneer")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    wanted: Annotated[WaitingFilter, Depends(_wanted)],
    order: Annotated[Order, Query(alias="sorteer")] = Order.URGENCY,
    backwards: Backwards = False,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> WaitingList:
    """Eén klok per kind, vanaf de eerste aanmelding; ook wie nog in een concept staat wacht."""
    lines, keys, total = list_waiting(
        session,
        wanted,
        actor=actor,
        order=order,
        backwards=backwards,
        cursor=cursor,
        size=size,
    )
    link_next(request, response, keys, size=size)
    return WaitingList(total=total, children=lines)


@router.get(
    "/cijfers", operation_id="leesWachtlijstcijfers", summary="Lees hoeveel kinderen wachten"
)
def read_figures(session: DbSession, actor: CurrentActor) -> WaitingFigures:
    """Over de hele wachtlijst, met wat daarvan dringend is of weinig opties heeft."""
    return tell_figures(session, actor)
