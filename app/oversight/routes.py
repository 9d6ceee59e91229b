"""The door of the log: for the auditor, who saw and changed what."""

from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app.http.deps import DbSession
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.kernel.errors import InputRefused
from app.oversight.filters import wanted_lines
from app.oversight.queries import LogFilter, log_lines
from app.oversight.schemas import LogLine, LogPage

router = APIRouter(prefix="/logboek", tags=["logboek"], route_class=SecuredRoute)
JOINT_ACCESS = "gezamenlijke toegang"
_LARGEST = 2**63 - 1


@router.get("", operation_id="zoekInLogboek", summary="Bekijk wie wat zag en wijzigde")
def search_log(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    wanted: Annotated[LogFilter, Depends(wanted_lines)],
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> LogPage:
    """De nieuwste regel eerst. Ook dit zoeken staat er zelf in."""
    rows = log_lines(session, wanted, before=_before(cursor), size=size + 1)
    link_next(request, response, [str(line.id) for line, _ in rows], size=size)
    told = _summaries(request.app)
    return LogPage(lines=[_line(line, provider, told) for line, provider in rows[:size]])


def _line(line: Any, provider: str | None, told: dict[str, str]) -> LogLine:
    return LogLine(
        at=line.at,
        operation=line.operation,
        description=told.get(line.operation, line.operation),
        actor=line.actor,
        role=line.role,
        provider=provider,
        organisation=line.organisation,
        subject=line.subject,
        reference=line.reference,
        outcome=line.outcome,
        request_id=line.request_id,
        client=line.client,
        purpose=line.purpose,
        responsible=provider or line.organisation or JOINT_ACCESS,
        trace_id=line.trace_id,
    )


@lru_cache(maxsize=4)
def _summaries(app: Any) -> dict[str, str]:
    """Return what each operation does, in the words of the contract."""
    return {
        given["operationId"]: given["summary"]
        for item in app.openapi()["paths"].values()
        for given in item.values()
        if isinstance(given, dict) and "operationId" in given
    }


def _before(cursor: str | None) -> int | None:
    key = decode_cursor(cursor)
    if key is None:
        return None
    if not (key.isascii() and key.isdecimal() and 0 < int(key[:20]) <= _LARGEST):
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.")
    return int(key)
