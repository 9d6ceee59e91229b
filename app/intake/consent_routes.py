"""The door of consents that are taken back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.intake.schemas_legal import ConsentWithdrawalIn, ConsentWithdrawalMade
from app.intake.withdrawing import withdraw_consent

router = APIRouter(
    prefix="/kinderen/{id:uuid}/juridisch-kader", tags=["kinderen"], route_class=SecuredRoute
)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
_MADE: dict[int | str, dict[str, Any]] = {
    201: {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}},
    409: {
        "description": "Er is geen toestemming om in te trekken, of de Idempotency-Key is al "
        "gebruikt."
    },
}


@router.post(
    "/intrekkingen",
    status_code=201,
    operation_id="trekToestemmingIn",
    summary="Leg vast dat een toestemming is ingetrokken",
    response_model=ConsentWithdrawalMade,
    responses=_MADE,
)
def withdraw(
    *,
    child: ChildId,
    wish: Annotated[ConsentWithdrawalIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    if_match: IfMatch = None,
) -> JSONResponse:
    """Het hiaat is er dan weer; een plaatsing die loopt gaat door, en haar aanbieder hoort het."""

    def work() -> Answer:
        made, version = withdraw_consent(
            session, actor=actor, registration_id=child, wish=wish, if_match=if_match
        )
        headers = {"Location": f"/v1/kinderen/{child}/juridisch-kader", "ETag": etag_of(version)}
        return Answer(201, made.model_dump(mode="json"), headers)

    return once.perform(session, work)
