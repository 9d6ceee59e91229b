"""The doors of the ladder: look, take a step, end a stay; the own network; both in numbers."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import WHOLE_MONTHS, asked_days
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.ladder.figures import ladder_figures, mentor_figures
from app.ladder.network import begin_mentor, end_mentor, record_inquiry, show_network
from app.ladder.network_schemas import InquiryIn, MentorEndIn, MentorFigures, MentorIn, NetworkOut
from app.ladder.schemas import Day, EndStayIn, LadderFigures, LadderOut, StayOut, StepTakenIn
from app.ladder.taking import end_stay, take_step
from app.ladder.views import show_ladder, show_stay

router = APIRouter(route_class=SecuredRoute)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
StayId = Annotated[UUID, Path(alias="verblijf", description="Het verblijf.")]
CaseId = Annotated[UUID, Path(alias="traject", description="Het JIM-traject.")]
First = Annotated[
    Day | None, Query(alias="van", description=f"Zonder: een jaar terug. {WHOLE_MONTHS}")
]
Last = Annotated[
    Day | None, Query(alias="totEnMet", description=f"Zonder: vandaag. {WHOLE_MONTHS}")
]
_LADDER: list[Any] = ["ladder"]
_NETWORK: list[Any] = ["netwerk en JIM"]
_FULL: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Voor dit kind wordt niet gezocht en geen plaatsing ervan is geëindigd, het "
        "woont nog in een gezin of een instelling, of er is geen plaats die past; of de "
        "Idempotency-Key is al gebruikt."
    }
}
_ENDED: dict[int | str, dict[str, Any]] = {409: {"description": "Het is al beëindigd."}}
_RUNS: dict[int | str, dict[str, Any]] = {
    409: {"description": "Er loopt al een JIM-traject; of de Idempotency-Key is al gebruikt."}
}
_USED: dict[int | str, dict[str, Any]] = {
    409: {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."}
}


@router.get(
    "/kinderen/{id}/ladder",
    operation_id="leesLadder",
    summary="Bekijk trede voor trede waar een kind terecht kan",
    tags=_LADDER,
)
def read(child: ChildId, session: DbSession) -> LadderOut:
    """Welke trede een plaats heeft, waarom niet hoger, en wat de machtiging toestaat."""
    return show_ladder(session, child)


@router.post(
    "/kinderen/{id}/laddertreden",
    status_code=201,
    operation_id="zetLaddertrede",
    summary="Leg vast welke trede is gezet, en waarom niet hoger",
    tags=_LADDER,
    response_model=LadderOut,
    responses=_FULL,
)
def step(
    *,
    child: ChildId,
    told: Annotated[StepTakenIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """In een instelling begint een verblijf; het zoeken en de wachttijd lopen door.

    Thuis met steun beëindigt een verblijf in een instelling op de dag van de stap. Woont het kind
    nog in een gezin, leg dan eerst het einde van die plaatsing vast. Daarna kan ook op een
    aanmelding waarvoor niet meer wordt gezocht staan waar het kind heen ging.
    """

    def work() -> Answer:
        take_step(session, actor=actor, child_id=child, told=told)
        body = show_ladder(session, child).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{child}/ladder"})

    return once.perform(session, work)


@router.post(
    "/kinderen/{id}/verblijven/{verblijf}/_beeindig",
    operation_id="beeindigVerblijf",
    summary="Beëindig een verblijf in een instelling",
    tags=_LADDER,
    responses=_ENDED,
)
def end(
    *, child: ChildId, stay: StayId, told: Annotated[EndStayIn, Body()], session: DbSession
) -> StayOut:
    """De plaats is meteen vrij."""
    return show_stay(end_stay(session, ids=(child, stay), told=told))


@router.get(
    "/laddercijfers",
    operation_id="leesLaddercijfers",
    summary="Bekijk hoe vaak en waarom er treden zijn gezet",
    tags=_LADDER,
)
def read_figures(
    session: DbSession, actor: CurrentActor, first: First = None, last: Last = None
) -> LadderFigures:
    """Per trede, reden, vorm en leeftijd; minder dan vijf wordt niet verteld."""
    return ladder_figures(session, *asked_days(actor.role, first, last))


@router.get(
    "/kinderen/{id}/netwerk",
    operation_id="leesNetwerk",
    summary="Bekijk wie er in het netwerk is gevraagd, en JIM",
    tags=_NETWORK,
)
def read_network(child: ChildId, session: DbSession) -> NetworkOut:
    """De soort relatie, nooit een naam."""
    return show_network(session, child)


@router.post(
    "/kinderen/{id}/netwerkvragen",
    status_code=201,
    operation_id="legNetwerkvraagVast",
    summary="Leg vast dat iemand in het netwerk is gevraagd",
    tags=_NETWORK,
    response_model=NetworkOut,
    responses=_USED,
)
def ask(
    *,
    child: ChildId,
    told: Annotated[InquiryIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Voor een netwerkgezin, JIM of steun."""

    def work() -> Answer:
        record_inquiry(session, actor=actor, child_id=child, told=told)
        return _network(session, child)

    return once.perform(session, work)


@router.post(
    "/kinderen/{id}/jimtrajecten",
    status_code=201,
    operation_id="beginJim",
    summary="Leg vast dat een JIM is begonnen",
    tags=_NETWORK,
    response_model=NetworkOut,
    responses=_RUNS,
)
def begin_jim(
    *,
    child: ChildId,
    told: Annotated[MentorIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Een tegelijk; wat ervan kwam volgt bij het afronden."""

    def work() -> Answer:
        begin_mentor(session, actor=actor, child_id=child, told=told)
        return _network(session, child)

    return once.perform(session, work)


@router.post(
    "/kinderen/{id}/jimtrajecten/{traject}/_afronden",
    operation_id="rondJimAf",
    summary="Rond een JIM-traject af",
    tags=_NETWORK,
    responses=_ENDED,
)
def end_jim(
    *, child: ChildId, case: CaseId, told: Annotated[MentorEndIn, Body()], session: DbSession
) -> NetworkOut:
    """Thuis gebleven, of toch uit huis."""
    end_mentor(session, ids=(child, case), told=told)
    return show_network(session, child)


@router.get(
    "/jimcijfers",
    operation_id="leesJimcijfers",
    summary="Bekijk wat JIM-trajecten opleverden, met de aanname erbij",
    tags=_NETWORK,
)
def read_jim_figures(
    session: DbSession, actor: CurrentActor, first: First = None, last: Last = None
) -> MentorFigures:
    """Wat voorkomen is, is een schatting met een aanname; minder dan vijf wordt niet verteld."""
    return mentor_figures(session, *asked_days(actor.role, first, last))


def _network(session: DbSession, child: UUID) -> Answer:
    body = show_network(session, child).model_dump(mode="json")
    return Answer(201, body, {"Location": f"/v1/kinderen/{child}/netwerk"})
