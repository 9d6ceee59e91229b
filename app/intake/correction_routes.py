"""The door of disputed facts."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.intake.corrections import amend_fact, list_corrections
from app.intake.schemas_correction import CorrectionIn, CorrectionList, CorrectionMade
from app.settings import Settings, load_settings

router = APIRouter(
    prefix="/kinderen/{id:uuid}/correcties", tags=["kinderen"], route_class=SecuredRoute
)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
OwnSettings = Annotated[Settings, Depends(load_settings)]


@router.post(
    "",
    status_code=201,
    operation_id="corrigeerKind",
    summary="Corrigeer een betwist gegeven",
    response_model=CorrectionMade,
)
def amend(
    *,
    child: ChildId,
    wish: Annotated[CorrectionIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> JSONResponse:
    """De oude waarde blijft bewaard; voorstellen van voor de correctie zijn dan verouderd."""

    def work() -> Answer:
        made, version = amend_fact(
            session,
            actor=actor,
            registration_id=child,
            wish=wish,
            if_match=if_match,
            settings=settings,
        )
        headers = {"Location": f"/v1/kinderen/{child}/correcties", "ETag": etag_of(version)}
        body: Any = CorrectionMade(id=made, field=wish.field).model_dump(mode="json")
        return Answer(201, body, headers)

    return once.perform(session, work)


@router.get("", operation_id="lijstCorrecties", summary="Bekijk wat is gecorrigeerd")
def list_all(
    child: ChildId, session: DbSession, settings: OwnSettings, response: Response
) -> CorrectionList:
    """Wat er stond, wie dat betwistte en waarom; de ETag is die van de aanmelding."""
    found, version = list_corrections(session, child, settings)
    response.headers["ETag"] = etag_of(version)
    return CorrectionList(corrections=found)
