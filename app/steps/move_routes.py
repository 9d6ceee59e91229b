"""The door of methodical matching: take a step further, yeses, objections, history."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.going_on import FollowUpsHere
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.steps.answering import explain
from app.steps.consenting import record_referrers_yes
from app.steps.moving import move_step
from app.steps.objecting import decide_objection, record_objection
from app.steps.routes import ChildId, StepId
from app.steps.schemas import StepOut
from app.steps.schemas_moves import (
    ConsentIn,
    ExplanationIn,
    MoveIn,
    ObjectionIn,
    ObjectionOut,
    OutcomeIn,
    StepHistory,
)
from app.steps.views import own_child, show_history, show_objection, show_step

router = APIRouter(prefix="/kinderen/{id}/stappen", tags=["stappen"], route_class=SecuredRoute)

ObjectionId = Annotated[UUID, Path(alias="bezwaar", description="Het bezwaar.")]
_Refused = dict[int | str, dict[str, Any]]
_NOT_OPEN: _Refused = {
    409: {
        "description": "Deze fase staat niet open, er moet eerst iets worden vastgelegd, de plaats "
        "is bezet, of de stap is geëindigd; de melding zegt wat wel kan."
    }
}
_NOT_ASKED: _Refused = {
    409: {
        "description": "Het akkoord wordt nu niet gevraagd, staat er al, of is niet aan het "
        "aanmeldpunt; of de stap is geëindigd, of de Idempotency-Key is al gebruikt."
    }
}
_ENDED: _Refused = {409: {"description": "De stap is al geëindigd."}}
_OBJECTED: _Refused = {
    409: {
        "description": "De stap is al geëindigd, of de Idempotency-Key is al gebruikt.",
    }
}
_DECIDED: _Refused = {
    409: {
        "description": "Het bezwaar is al afgerond, de stap is geëindigd, of het bezwaar houdt de "
        "plaatsing tegen."
    }
}


@router.post(
    "/{stap}/_volgende", operation_id="zetStapVerder", summary="Zet een stap verder",
    response_model=StepOut, responses=_NOT_OPEN,
)  # fmt: skip
def move(
    *,
    child: ChildId,
    step: StepId,
    wish: Annotated[MoveIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    follow_ups: FollowUpsHere,
) -> JSONResponse:
    """Leg vast wat wie het voorlag ervan vindt. De fase 'plaatsing' plaatst het kind."""

    def work() -> Answer:
        move_step(
            session, actor=actor, registration_id=child, step_id=step, wish=wish,
            follow_ups=follow_ups,
        )  # fmt: skip
        return Answer(200, show_step(session, child, step).model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/{stap}/_akkoord", operation_id="geefAkkoord", summary="Leg het akkoord van de verwijzer vast",
    response_model=StepOut, responses=_NOT_ASKED,
)  # fmt: skip
def consent(
    *,
    child: ChildId,
    step: StepId,
    told: Annotated[ConsentIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De verwijzer geeft zelf akkoord; meldde het aanmeldpunt het kind aan, dan legt dat het vast.

    Het andere akkoord, van de aanbieder, komt van de aanbieder zelf (zie gezinsvragen).
    """

    def work() -> Answer:
        record_referrers_yes(session, actor=actor, registration_id=child, step_id=step, told=told)
        with own_child(session, actor, child):
            return Answer(200, show_step(session, child, step).model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/{stap}/_uitleg", operation_id="geefUitleg", summary="Antwoord op een vraag van de aanbieder",
    responses=_ENDED,
)  # fmt: skip
def tell(
    *,
    child: ChildId,
    step: StepId,
    told: Annotated[ExplanationIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> StepHistory:
    """De aanbieder leest dit bij de gezinsvraag; voor de kennismaking zonder de naam van het kind.

    U krijgt terug wat er van deze stap is vastgelegd.
    """
    explain(session, actor=actor, registration_id=child, step_id=step, text=told.text)
    return show_history(session, child, step)


@router.get(
    "/{stap}/geschiedenis", operation_id="leesStapGeschiedenis",
    summary="Lees wat van een stap is vastgelegd",
)  # fmt: skip
def history(child: ChildId, step: StepId, session: DbSession) -> StepHistory:
    """Wie wat zei en wanneer: overgangen, berichten, akkoorden en bezwaren."""
    return show_history(session, child, step)


@router.post(
    "/{stap}/bezwaren", status_code=201, operation_id="legBezwaarVast",
    summary="Leg een bezwaar van ouders of kind vast", response_model=ObjectionOut,
    responses=_OBJECTED,
)  # fmt: skip
def object_to(
    *,
    child: ChildId,
    step: StepId,
    told: Annotated[ObjectionIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Het juridisch kader bepaalt het gewicht; zolang het openstaat gaat de stap niet verder."""

    def work() -> Answer:
        made = record_objection(
            session, actor=actor, registration_id=child, step_id=step, told=told
        )
        body = show_objection(session, child, step, made).model_dump(mode="json")
        where = f"/v1/kinderen/{child}/stappen/{step}/bezwaren/{made}"
        return Answer(201, body, {"Location": where})

    return once.perform(session, work)


@router.get("/{stap}/bezwaren/{bezwaar}", operation_id="leesBezwaar", summary="Lees een bezwaar")
def read_objection(
    *, child: ChildId, step: StepId, objection: ObjectionId, session: DbSession
) -> ObjectionOut:
    """Met zijn gewicht, en wat ervan werd."""
    return show_objection(session, child, step, objection)


@router.post(
    "/{stap}/bezwaren/{bezwaar}/_afronden", operation_id="rondBezwaarAf",
    summary="Leg vast wat van een bezwaar werd", responses=_DECIDED,
)  # fmt: skip
def decide(
    *,
    child: ChildId,
    step: StepId,
    objection: ObjectionId,
    told: Annotated[OutcomeIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> ObjectionOut:
    """Een veto kan worden ingetrokken of de stap stoppen; een ander bezwaar mag ook doorgaan."""
    decide_objection(
        session,
        actor=actor,
        registration_id=child,
        step_id=step,
        objection_id=objection,
        told=told,
    )
    return show_objection(session, child, step, objection)
