"""The door for many families in one call: stored as they came, worked off as an upload is."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.secured import SecuredRoute
from app.uploads.accept import Accepting, OwnSettings, accept_once
from app.uploads.receive import Bulk
from app.uploads.schemas import ImportOut

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)

# No constraints on a member: each is judged by itself, when it is worked off.
_FAMILY: dict[str, Any] = {
    "description": "Een heel gezin, met de velden van bewaarPleeggezin en zijn nummer erbij.",
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "Hoogstens 10.000 gezinnen: een lijst, of één gezin per regel.",
        "content": {
            "application/json": {"schema": {"type": "array", "items": _FAMILY}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "/_bulk",
    status_code=202,
    operation_id="bewaarPleeggezinnen",
    summary="Maak of wijzig veel pleeggezinnen in één keer",
    response_model=ImportOut,
    responses={
        404: {"description": "Deze aanbieder is niet die van u."},
        409: {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."},
        413: {"description": "De inhoud is groter dan 256 MB."},
        415: {"description": "Dit soort inhoud wordt hier niet gelezen."},
    },
    openapi_extra=_BODY,
)
def put_many(
    *,
    request: Request,
    received: Bulk,
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    settings: OwnSettings,
) -> JSONResponse:
    """Wordt bewaard en dan verwerkt, 500 per keer; volg de import voor het verslag per gezin.

    Een fout in het ene gezin houdt de andere niet tegen. Een gezin dat ouder is dan wat al bekend
    is, wordt geweigerd; hetzelfde nog eens sturen verandert niets.
    """
    return accept_once(request, received, Accepting(session, actor, queue, settings))
