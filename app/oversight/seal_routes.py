"""The door of the seals, and the log as a file: for the auditor."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from app.audit.exporting import export_csv, rows_of
from app.audit.keys import load_seal_key
from app.audit.seals import last_check, lines_after, newest_seals
from app.db.session import SessionMaker, session_for
from app.http.deps import CurrentActor, DbSession
from app.http.secured import SecuredRoute
from app.kernel.actor import Actor
from app.models import AuditCheck, AuditSeal
from app.oversight.filters import wanted_lines
from app.oversight.queries import LogFilter, clauses_of
from app.oversight.schemas import CheckOut, SealOut, SealState
from app.settings import load_settings

router = APIRouter(prefix="/logboek", tags=["logboek"], route_class=SecuredRoute)
CSV = "text/csv; charset=utf-8"


@router.get("/zegels", operation_id="leesZegels", summary="Lees hoe het logboek is verzegeld")
def read_seals(
    *, session: DbSession, size: Annotated[int, Query(alias="aantal", ge=1, le=100)] = 10
) -> SealState:
    """De laatste zegels, wat nog niet is verzegeld, en hoe de laatste controle ging.

    Bewaar een zegel buiten deze dienst: alleen daarmee blijkt dat er later niets is afgeknipt.
    """
    seals = newest_seals(session, size=size)
    unsealed, oldest = lines_after(session, seals[0].last_id if seals else 0)
    return SealState(
        seals=[_seal(seal) for seal in seals],
        unsealed=unsealed,
        oldest=oldest,
        check=_check(last_check(session)),
        public_key=load_seal_key(load_settings()).public.hex(),
    )


@router.get(
    "/_export",
    operation_id="exporteerLogboek",
    summary="Neem het logboek mee als bestand",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "CSV met puntkomma's, de oudste regel eerst.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    },
)
def export(
    *,
    request: Request,
    session: DbSession,  # noqa: ARG001  (notes that this was taken along, before it is)
    actor: CurrentActor,
    wanted: Annotated[LogFilter, Depends(wanted_lines)],
) -> StreamingResponse:
    """Dezelfde keuze als bij zoeken; geen cel is een formule.

    Met de zegels erbij, om elders te controleren: `pleegzorg audit export`.
    """
    headers = {"Content-Disposition": 'attachment; filename="logboek.csv"'}
    parts = _parts(request.app.state.sessions, actor, wanted)
    return StreamingResponse(parts, media_type=CSV, headers=headers)


def _parts(sessions: SessionMaker, actor: Actor, wanted: LogFilter) -> Iterator[str]:
    # A session of its own: the one of the request has ended before the first part goes out.
    with session_for(sessions, actor) as session:
        yield from export_csv(session, rows_of(clauses_of(wanted)))


def _seal(seal: AuditSeal) -> SealOut:
    return SealOut(
        number=seal.number,
        first=seal.first_id,
        last=seal.last_id,
        count=seal.count,
        sealed_at=seal.sealed_at,
        newest_at=seal.newest_at,
        key=seal.key_id,
        digest=seal.digest,
    )


def _check(check: AuditCheck | None) -> CheckOut | None:
    if check is None:
        return None
    return CheckOut(
        at=check.at,
        seals=check.seals,
        lines=check.lines,
        is_whole=check.is_whole,
        broken_seal=check.broken_seal,
        broken_line=check.broken_line,
        why=check.why,
    )
