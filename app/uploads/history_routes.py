"""The door for placements of before the service: a file without anybody's identity."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.secured import SecuredRoute
from app.uploads.accept import Accepting, OwnSettings, accept_once
from app.uploads.receive import HISTORY_MEDIA_TYPES, HistoryFile
from app.uploads.schemas import ImportOut

router = APIRouter(prefix="/plaatsingshistorie", tags=["imports"], route_class=SecuredRoute)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "plaatsingen-historie.csv, hoogstens 256 MB.",
        "content": dict.fromkeys(HISTORY_MEDIA_TYPES, _BINARY),
    }
}


@router.post(
    "",
    status_code=202,
    operation_id="biedHistorieAan",
    summary="Bied plaatsingen van eerder aan",
    response_model=ImportOut,
    responses={
        409: {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."},
        413: {"description": "Het bestand is groter dan 256 MB."},
        415: {"description": "Dit soort inhoud wordt hier niet gelezen."},
    },
    openapi_extra=_BODY,
)
def upload(
    *,
    request: Request,
    received: HistoryFile,
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    settings: OwnSettings,
) -> JSONResponse:
    """Zonder naam of nummer van een kind. Een regel met een bekend nummer vervangt de vorige.

    Wordt bewaard en dan door een worker verwerkt; volg de import voor wat is geweigerd en waarom.
    """
    return accept_once(request, received, Accepting(session, actor, queue, settings))
