"""The door of breakdown records and review moments."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.kernel.errors import InputRefused
from app.placements.acting import allowed_on, own_placement
from app.placements.record_queries import overdue_reviews
from app.placements.record_views import (
    show_overdue,
    show_record,
    show_records,
    show_review,
    show_reviews,
)
from app.placements.recording import record_breakdown, record_review
from app.placements.routes import PlacementId
from app.placements.schemas_record import (
    BreakdownIn,
    BreakdownList,
    BreakdownOut,
    OpenReviewList,
    ReviewIn,
    ReviewList,
    ReviewOut,
)

router = APIRouter(tags=["plaatsingen"], route_class=SecuredRoute)

RecordId = Annotated[UUID, Path(alias="verslag", description="Het afbreukverslag.")]
ReviewId = Annotated[UUID, Path(alias="evaluatie", description="De evaluatie.")]
_BRIDGING: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Dit is een crisisbed; dat heeft een eigen weg. Of de Idempotency-Key is al "
        "gebruikt."
    }
}


@router.get(
    "/plaatsingen/{plaatsing}/afbreukverslagen", operation_id="lijstAfbreukverslagen",
    summary="Bekijk de afbreukverslagen van een plaatsing",
)  # fmt: skip
def list_records(placement: PlacementId, session: DbSession) -> BreakdownList:
    """De nieuwste eerst; ook wat bijna afbrak."""
    with allowed_on(session, placement):
        return show_records(session, own_placement(session, placement))


@router.post(
    "/plaatsingen/{plaatsing}/afbreukverslagen", status_code=201, operation_id="legAfbreukVast",
    summary="Leg vast dat een plaatsing afbrak, of bijna", response_model=BreakdownOut,
    responses=_BRIDGING,
)  # fmt: skip
def add_record(
    *,
    placement: PlacementId,
    told: Annotated[BreakdownIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Wie het initiatief nam, waarom, en wat is geprobeerd. Het einde zelf legt u apart vast."""

    def work() -> Answer:
        with allowed_on(session, placement):
            made = record_breakdown(session, actor=actor, placement_id=placement, told=told)
            shown = show_record(session, own_placement(session, placement), made)
        where = {"Location": f"/v1/plaatsingen/{placement}/afbreukverslagen/{made}"}
        return Answer(201, shown.model_dump(mode="json"), where)

    return once.perform(session, work)


@router.get(
    "/plaatsingen/{plaatsing}/afbreukverslagen/{verslag}", operation_id="leesAfbreukverslag",
    summary="Lees een afbreukverslag",
)  # fmt: skip
def read_record(placement: PlacementId, record: RecordId, session: DbSession) -> BreakdownOut:
    """Zoals het is vastgelegd; het verandert niet meer."""
    with allowed_on(session, placement):
        return show_record(session, own_placement(session, placement), record)


@router.get(
    "/plaatsingen/{plaatsing}/evaluaties", operation_id="lijstEvaluaties",
    summary="Bekijk de evaluaties van een plaatsing",
)  # fmt: skip
def list_reviews(placement: PlacementId, session: DbSession) -> ReviewList:
    """De eerste eerst, met de volgende die is gepland en wat gemist is."""
    with allowed_on(session, placement):
        return show_reviews(session, own_placement(session, placement))


@router.post(
    "/plaatsingen/{plaatsing}/evaluaties", status_code=201, operation_id="legEvaluatieVast",
    summary="Leg een evaluatie vast die is gehouden", response_model=ReviewOut,
    responses=_BRIDGING,
)  # fmt: skip
def add_review(
    *,
    placement: PlacementId,
    told: Annotated[ReviewIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Kind, pleegouders en ouders elk gehoord, of waarom niet. De volgende wordt gepland."""

    def work() -> Answer:
        with allowed_on(session, placement):
            made = record_review(session, actor=actor, placement_id=placement, told=told)
            shown = show_review(session, own_placement(session, placement), made)
        where = {"Location": f"/v1/plaatsingen/{placement}/evaluaties/{made}"}
        return Answer(201, shown.model_dump(mode="json"), where)

    return once.perform(session, work)


@router.get(
    "/plaatsingen/{plaatsing}/evaluaties/{evaluatie}", operation_id="leesEvaluatie",
    summary="Lees een evaluatie",
)  # fmt: skip
def read_review(placement: PlacementId, review: ReviewId, session: DbSession) -> ReviewOut:
    """Wie is gehoord, wat zij zeiden en hoe het ging."""
    with allowed_on(session, placement):
        return show_review(session, own_placement(session, placement), review)


@router.get(
    "/evaluaties-open", operation_id="lijstEvaluatiesOpen",
    summary="Bekijk de evaluaties die te laat zijn",
)  # fmt: skip
def list_overdue(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> OpenReviewList:
    """Wat het langst ligt eerst; alleen van plaatsingen die lopen."""
    found = overdue_reviews(session, after=_after(cursor), size=size + 1)
    keys = [f"{review.due}/{review.id}" for review, _ in found]
    link_next(request, response, keys, size=size)
    return OpenReviewList(reviews=show_overdue(session, found[:size]))


def _after(cursor: str | None) -> tuple[date, UUID] | None:
    key = decode_cursor(cursor)
    if key is None:
        return None
    day, _, id_ = key.partition("/")
    try:
        return date.fromisoformat(day), UUID(id_)
    except ValueError as error:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.") from error
