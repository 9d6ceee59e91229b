"""The imports' door: upload a file, follow it, read its report, confirm one that was held."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, id_after, link_next
from app.http.secured import SecuredRoute
from app.kernel.errors import InputRefused, NotFound
from app.models import ChangeKind, ImportBatch, ImportKind
from app.uploads.accept import Accepting, OwnSettings, accept_once
from app.uploads.queries import (
    code_of,
    codes_of,
    find_import,
    list_changes,
    list_findings,
    list_imports,
)
from app.uploads.receive import MEDIA_TYPES, Upload
from app.uploads.schemas import ChangeList, FindingList, ImportList, ImportOut
from app.uploads.service import UNKNOWN, confirm_import
from app.uploads.views import show_any_finding, show_change, show_import, show_summary

router = APIRouter(prefix="/imports", tags=["imports"], route_class=SecuredRoute)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "Het bestand zelf, hoogstens 256 MB.",
        "content": dict.fromkeys(MEDIA_TYPES, _BINARY),
    }
}
_REPEATED = {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."}
_TOO_LARGE = {"description": "Het bestand is groter dan 256 MB."}
_WRONG_TYPE = {"description": "Dit soort inhoud wordt hier niet gelezen."}
_NOT_HELD = {"description": "De import wacht niet (meer) op een bevestiging."}
_NO_SUCH = {"description": "Deze import bestaat niet."}
_NOT_OWN = {"description": "Deze aanbieder is niet die van u."}


@router.post(
    "",
    status_code=202,
    operation_id="biedBestandAan",
    summary="Bied een bestand aan",
    response_model=ImportOut,
    responses={404: _NOT_OWN, 409: _REPEATED, 413: _TOO_LARGE, 415: _WRONG_TYPE},
    openapi_extra=_BODY,
)
def upload(
    *,
    request: Request,
    received: Upload,
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    settings: OwnSettings,
) -> JSONResponse:
    """Het bestand wordt eerst bewaard en dan door een worker verwerkt, 500 regels per keer."""
    accepting = Accepting(session, actor, queue, settings)
    return accept_once(request, received, accepting)


@router.get("", operation_id="lijstImports", summary="Bekijk de imports")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    kind: Annotated[ImportKind | None, Query(alias="soort")] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> ImportList:
    """De nieuwste eerst."""
    rows = list_imports(session, kind=kind, before=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in rows], size=size)
    codes = codes_of(session, {row.provider_id for row in rows})
    return ImportList(
        imports=[
            show_summary(row, codes.get(row.provider_id) if row.provider_id else None)
            for row in rows[:size]
        ]
    )


@router.get(
    "/{id}", operation_id="leesImport", summary="Volg een import", responses={404: _NO_SUCH}
)
def read(id: UUID, session: DbSession) -> ImportOut:  # noqa: A002  (the name in the path)
    """Stand, voortgang, aantallen, en wat is geweigerd en waarom."""
    return show_import(session, _found(session, id))


@router.get(
    "/{id}/bevindingen",
    operation_id="lijstBevindingen",
    summary="Bekijk alle bevindingen van een import",
    responses={404: _NO_SUCH},
)
def read_findings(
    *,
    id: UUID,  # noqa: A002
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> FindingList:
    """Elke geweigerde regel en elke waarschuwing, in de volgorde van vinden."""
    batch = _found(session, id)
    rows = list_findings(session, batch.id, after=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in rows], size=size)
    return FindingList(findings=[show_any_finding(row) for row in rows[:size]])


@router.get(
    "/{id}/wijzigingen",
    operation_id="lijstWijzigingen",
    summary="Bekijk wat een import heeft gewijzigd",
    responses={404: _NO_SUCH},
)
def read_changes(
    *,
    id: UUID,  # noqa: A002
    request: Request,
    response: Response,
    session: DbSession,
    kind: Annotated[ChangeKind | None, Query(alias="soort")] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> ChangeList:
    """Elk gezin of elke aanmelding die anders is dan voor de import, en in welke velden."""
    batch = _found(session, id)
    after = _ordinal(cursor)
    rows = list_changes(session, batch.id, kind=kind, after=after, size=size + 1)
    link_next(request, response, [str(row.ordinal) for row in rows], size=size)
    provider = code_of(session, batch)
    return ChangeList(changes=[show_change(row, provider) for row in rows[:size]])


@router.post(
    "/{id}/_bevestig",
    status_code=202,
    operation_id="bevestigImport",
    summary="Laat een aangehouden import toch verwerken",
    responses={404: _NO_SUCH, 409: _NOT_HELD},
)
def confirm(
    *,
    id: UUID,  # noqa: A002
    response: Response,
    session: DbSession,
    queue: Queue,
) -> ImportOut:
    """Voor een export waarin meer dan 20% van de bekende gezinnen ontbreekt, en die toch klopt."""
    batch = confirm_import(session, queue=queue, import_id=id)
    response.headers["Location"] = f"/v1/imports/{batch.id}"
    return show_import(session, batch)


def _found(session: Session, import_id: UUID) -> ImportBatch:
    batch = find_import(session, import_id)
    if batch is None:
        raise NotFound(UNKNOWN)
    return batch


_FOREIGN_CURSOR = "cursor: deze is niet door ons gegeven; begin zonder cursor opnieuw."


def _ordinal(cursor: str | None) -> int:
    key = decode_cursor(cursor) or "0"
    if not re.fullmatch("[0-9]{1,9}", key):
        raise InputRefused(_FOREIGN_CURSOR)
    return int(key)
