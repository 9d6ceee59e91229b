"""The door for a family's provider: what it is asked about a child, and its answer."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.kernel.clock import today_in_amsterdam
from app.settings import Settings, load_settings
from app.steps.answering import own_question, record_answer
from app.steps.provider_queries import asked_before, asked_now
from app.steps.provider_views import show_ended, show_lines, show_question
from app.steps.schemas_provider import (
    AnswerIn,
    AnswerOut,
    EndedList,
    FamilyQuestion,
    QuestionList,
)

router = APIRouter(prefix="/gezinsvragen", tags=["gezinsvragen"], route_class=SecuredRoute)

QuestionId = Annotated[UUID, Path(alias="id", description="De gezinsvraag.")]
OwnSettings = Annotated[Settings, Depends(load_settings)]
_NOT_ASKED: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "In deze fase wordt geen ja gevraagd, het staat er al, of het kind is "
        "geplaatst; of de Idempotency-Key is al gebruikt."
    }
}


@router.get("", operation_id="lijstGezinsvragen", summary="Bekijk wat er over uw gezinnen loopt")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> QuestionList:
    """De oudste eerst; `gevraagd` zegt waarop nu een antwoord wordt verwacht."""
    found = asked_now(session, after=id_after(cursor), size=size + 1, today=today_in_amsterdam())
    link_next(request, response, [str(asked.pair.id) for asked in found], size=size)
    return QuestionList(questions=show_lines(session, found[:size]))


@router.get(
    "/_afgerond", operation_id="lijstAfgerondeGezinsvragen",
    summary="Bekijk wat er van eerdere vragen kwam",
)  # fmt: skip
def list_ended(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> EndedList:
    """De nieuwste eerst: gezin, fase en uitkomst; over het kind staat er niets meer."""
    found = asked_before(
        session, before=id_after(cursor), size=size + 1, today=today_in_amsterdam()
    )
    link_next(request, response, [str(pair.id) for pair, _ in found], size=size)
    return EndedList(questions=[show_ended(pair, number) for pair, number in found[:size]])


@router.get(
    "/{id}", operation_id="leesGezinsvraag", summary="Lees een vraag over een gezin van u",
    response_model=FamilyQuestion,
)  # fmt: skip
def read(question: QuestionId, session: DbSession, settings: OwnSettings) -> JSONResponse:
    """Wat u van het kind ziet volgt de fase: profiel, verhaal, naam en school, BSN.

    Na een nee of een einde is de vraag er niet meer.
    """
    shown = show_question(session, own_question(session, question), settings)
    return JSONResponse(shown.model_dump(mode="json"))


@router.post(
    "/{id}/_antwoord", operation_id="beantwoordGezinsvraag",
    summary="Zeg ja, nee of stel een vraag", response_model=AnswerOut, responses=_NOT_ASKED,
)  # fmt: skip
def answer(
    *,
    question: QuestionId,
    told: Annotated[AnswerIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Tijdens de kennismaking is uw ja het akkoord voor de plaatsing (Jeugdwet 5.1)."""

    def work() -> Answer:
        made = record_answer(session, actor=actor, question_id=question, told=told)
        return Answer(200, made.model_dump(mode="json"))

    return once.perform(session, work)
