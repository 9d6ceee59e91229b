"""The door of steps: begin with a family for a child, hold on, record a no, end."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.steps.schemas import AfterNo, EndIn, ExtendIn, NoIn, StepIn, StepList, StepOut
from app.steps.service import begin_step, end_step, extend_step, record_no
from app.steps.views import own_child, show_after_no, show_step, show_steps

router = APIRouter(prefix="/kinderen/{id}/stappen", tags=["stappen"], route_class=SecuredRoute)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
StepId = Annotated[UUID, Path(alias="stap", description="De stap.")]
_TAKEN: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Voor dit kind wordt niet gezocht of is al een gezin gevraagd, het gezin "
        "zei al nee, of het heeft geen plaats; of de Idempotency-Key is al gebruikt."
    }
}
_ENDED: dict[int | str, dict[str, Any]] = {409: {"description": "De stap is al geëindigd."}}


@router.post(
    "",
    status_code=201,
    operation_id="beginStap",
    summary="Leg vast dat een gezin is gevraagd",
    response_model=StepOut,
    responses=_TAKEN,
)
def begin(
    *,
    child: ChildId,
    wish: Annotated[StepIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Kind, gezin en plaats liggen vast in elke matchrun, tot een nee of tot de termijn om is."""

    def work() -> Answer:
        made = begin_step(session, actor=actor, registration_id=child, wish=wish)
        body = show_step(session, child, made).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{child}/stappen/{made}"})

    return once.perform(session, work)


@router.get("", operation_id="lijstStappen", summary="Bekijk de stappen voor een kind")
def list_all(child: ChildId, session: DbSession, actor: CurrentActor) -> StepList:
    """De nieuwste eerst."""
    with own_child(session, actor, child):
        return show_steps(session, child)


@router.get("/{stap}", operation_id="leesStap", summary="Lees een stap")
def read(*, child: ChildId, step: StepId, session: DbSession, actor: CurrentActor) -> StepOut:
    """Hoe het ervoor staat, wat nu kan, en wat er nog ontbreekt."""
    with own_child(session, actor, child):
        return show_step(session, child, step)


@router.post(
    "/{stap}/_verlengen", operation_id="verlengStap", summary="Verleng een stap", responses=_ENDED
)
def extend(
    *, child: ChildId, step: StepId, wish: Annotated[ExtendIn, Body()], session: DbSession
) -> StepOut:
    """Kies een andere laatste dag, ten hoogste 13 weken vooruit."""
    extend_step(session, registration_id=child, step_id=step, held_until=wish.held_until)
    return show_step(session, child, step)


@router.post(
    "/{stap}/_nee", operation_id="legNeeVast", summary="Leg een nee vast", responses=_ENDED
)
def refuse(
    *, child: ChildId, step: StepId, told: Annotated[NoIn, Body()], session: DbSession
) -> AfterNo:
    """De plaats komt vrij, het paar wordt niet meer voorgesteld, en het volgende gezin komt mee."""
    record_no(session, registration_id=child, step_id=step, told=told)
    return show_after_no(session, child, step)


@router.post(
    "/{stap}/_beeindigen",
    operation_id="beeindigStap",
    summary="Beëindig een stap zonder nee",
    responses=_ENDED,
)
def end(
    *, child: ChildId, step: StepId, told: Annotated[EndIn, Body()], session: DbSession
) -> StepOut:
    """De plaats komt vrij; het gezin kan later weer worden voorgesteld."""
    end_step(session, registration_id=child, step_id=step, reason=told.reason)
    return show_step(session, child, step)
