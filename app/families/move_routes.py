"""The door for families that go to another provider, and for the history of that."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse

from app.families.move_queries import moves_of, provider_codes
from app.families.move_schemas import FamilyMoveIn, FamilyMoveList
from app.families.queries import find_family
from app.families.routes import FamilyNumber
from app.families.transfer import Transfer, transfer_family
from app.families.upsert import UNKNOWN_FAMILY
from app.families.views import show_move
from app.http.deps import CurrentActor, DbSession
from app.http.in_path import ProviderInPath
from app.http.once import Answer, IdempotentRequest
from app.http.retired import note_retired
from app.http.secured import SecuredRoute
from app.kernel.addresses import number_in_path
from app.kernel.errors import NotFound
from app.providers import find_provider

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)


@router.post(
    "/{aanbieder}/{nummer}/_overdragen",
    operation_id="draagPleeggezinOver",
    summary="Draag een pleeggezin over aan een andere aanbieder",
    response_model=FamilyMoveList,
    responses={409: {"description": "Het nieuwe nummer is al in gebruik."}},
)
def transfer(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    told: Annotated[FamilyMoveIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Het gezin houdt zijn geschiedenis; de verklaring van geen bezwaar vervalt."""

    def work() -> Answer:
        wish = Transfer(
            provider, number, told.provider, told.number, on_day=told.on_day, reason=told.reason
        )
        family = transfer_family(session, actor=actor, transfer=wish)
        codes = provider_codes(session)
        moves = [show_move(move, codes) for move in moves_of(session, family.id)]
        number_now = number_in_path(family.reference)
        address = f"/v1/pleeggezinnen/{codes[family.provider_id]}/{number_now}"
        body = FamilyMoveList(moves=moves).model_dump(mode="json")
        return Answer(200, body, {"Content-Location": address})

    return once.perform(session, work)


@router.get(
    "/{aanbieder}/{nummer}/overgangen",
    operation_id="lijstOvergangen",
    summary="Bekijk bij welke aanbieders een pleeggezin is geweest",
)
def read_moves(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    session: DbSession,
    request: Request,
    response: Response,
) -> FamilyMoveList:
    """De oudste overgang eerst; leeg voor een gezin dat altijd bij deze aanbieder was."""
    named = find_provider(session, provider)
    found = find_family(session, named.provider, number) if named else None
    if found is None:
        raise NotFound(UNKNOWN_FAMILY)
    note_retired(response.headers, request, named)
    codes = provider_codes(session)
    return FamilyMoveList(
        moves=[show_move(move, codes) for move in moves_of(session, found.family.id)]
    )
