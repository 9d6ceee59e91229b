"""The doors of respite rounds: ask one, follow it, accept what it proposes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.strain.respite import accept_proposal, ask_round
from app.strain.respite_queries import list_rounds
from app.strain.round_schemas import AcceptIn, RoundIn, RoundListOut, RoundOut
from app.strain.schemas import SupportOut
from app.strain.views import show_offer, show_round, show_round_line

router = APIRouter(prefix="/respijtrondes", tags=["respijt"], route_class=SecuredRoute)

RoundId = Annotated[UUID, Path(alias="id", description="De respijtronde.")]
PlacementId = Annotated[UUID, Path(alias="plaatsing", description="De plaatsing.")]
_NOBODY: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Niemand vraagt om respijt, of een plaatsing heeft het al; of de "
        "Idempotency-Key is al gebruikt."
    }
}
_TAKEN: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Er is geen voorstel, het is al aangenomen, de plaats is intussen vergeven, "
        "of in dat gezin is intussen een kind met wie dit kind apart moet blijven; of de "
        "Idempotency-Key is al gebruikt."
    }
}


@router.post(
    "",
    status_code=202,
    operation_id="vraagRespijtrondeAan",
    summary="Zoek respijtgezinnen voor plaatsingen onder spanning",
    response_model=RoundOut,
    responses=_NOBODY,
)
def start(
    *,
    wish: Annotated[RoundIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    once: IdempotentRequest,
) -> JSONResponse:
    """Een worker lost hem op; zonder plaatsingen voor wie er op de volglijst om vraagt."""

    def work() -> Answer:
        made = ask_round(session, queue, actor=actor, wish=wish)
        body = show_round(session, made.id).model_dump(mode="json")
        return Answer(202, body, {"Location": f"/v1/respijtrondes/{made.id}"})

    return once.perform(session, work)


@router.get("", operation_id="lijstRespijtrondes", summary="Bekijk de respijtrondes")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> RoundListOut:
    """De nieuwste eerst; 's nachts vraagt de dienst er vanzelf een."""
    found = list_rounds(session, before=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.round.id) for row in found], size=size)
    return RoundListOut(rounds=[show_round_line(row) for row in found[:size]])


@router.get("/{id}", operation_id="leesRespijtronde", summary="Lees een respijtronde")
def read(round_id: RoundId, session: DbSession) -> RoundOut:
    """Per plaatsing een gezin met weekenden en redenen, of waarom er geen is."""
    return show_round(session, round_id)


@router.post(
    "/{id}/voorstellen/{plaatsing}/_aannemen",
    status_code=201,
    operation_id="neemRespijtvoorstelAan",
    summary="Neem een respijtvoorstel aan",
    response_model=SupportOut,
    responses=_TAKEN,
)
def accept(
    *,
    round_id: RoundId,
    placement: PlacementId,
    told: Annotated[AcceptIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De plaats ligt vast in die weekenden, en het respijt staat bij de steun van de plaatsing."""

    def work() -> Answer:
        made = accept_proposal(
            session, actor=actor, round_id=round_id, placement_id=placement, told=told
        )
        body = show_offer(session, made).model_dump(mode="json")
        path = f"/v1/plaatsingen/{placement}/steunaanbod/{made.id}"
        return Answer(201, body, {"Location": path})

    return once.perform(session, work)
