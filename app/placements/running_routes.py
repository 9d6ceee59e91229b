"""The door for a file of placements that ran before the service began."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.going_on import FollowUpsHere
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.kernel.errors import InputRefused, WrongMediaType
from app.placements.running_import import import_running
from app.placements.running_schemas import RunningOut

router = APIRouter(prefix="/lopende-plaatsingen", tags=["plaatsingen"], route_class=SecuredRoute)

_KINDS = ("text/csv", "application/octet-stream")
_NAME = r"^[0-9A-Za-zÀ-ÿ_][0-9A-Za-zÀ-ÿ_ .()+\-]{0,119}$"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "plaatsingen-lopend.csv, hoogstens 200 rijen en 1 MB.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _KINDS},
    }
}


async def _content(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise WrongMediaType(
            "Content-Type: dit soort inhoud wordt hier niet gelezen; stuur het bestand met "
            "text/csv."
        )
    found = await request.body()
    if not found:
        raise InputRefused("body: is leeg; stuur het bestand zelf mee.")
    return found


@router.post(
    "",
    status_code=201,
    operation_id="biedLopendePlaatsingenAan",
    summary="Neem plaatsingen over die al liepen voor de dienst begon",
    response_model=RunningOut,
    responses={
        409: {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."},
        413: {"description": "Het bestand is groter dan 1 MB."},
        415: {"description": "Dit soort inhoud wordt hier niet gelezen."},
    },
    openapi_extra=_BODY,
)
def take_in(
    *,
    content: Annotated[bytes, Depends(_content)],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    follow_ups: FollowUpsHere,
    file: Annotated[
        str, Query(alias="bestandsnaam", pattern=_NAME, examples=["plaatsingen-lopend.csv"])
    ] = "plaatsingen-lopend.csv",
) -> JSONResponse:
    """Elke rij is een melding met de grond `overgenomen` of `eigen netwerk`, en slaagt of niet.

    Wat al gemeld was blijft zoals het is. Het verslag blijft te lezen bij de imports.
    """

    def work() -> Answer:
        made = import_running(
            session, actor=actor, content=content, name=file, follow_ups=follow_ups
        )
        where = {"Location": f"/v1/imports/{made.import_id}"}
        return Answer(201, made.model_dump(mode="json"), where)

    return once.perform(session, work)
