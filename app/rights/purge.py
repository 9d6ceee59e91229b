"""Purging what was kept long enough: first only counted, then removed in small steps.

Each step is a transaction: what is removed stays removed and stands in the report, so that a purge
that was killed goes on where it was. Of two at once the second waits, and finds less to do.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM, Actor
from app.kernel.clock import AMSTERDAM, now
from app.kernel.errors import Conflict, NotFound
from app.models import PurgeReport, PurgeState
from app.rights.as_eraser import as_eraser
from app.rights.due import ELSEWHERE, classes, due_of
from app.rights.queries import open_purge
from app.rights.removing import remove
from app.rights.terms import FILE, WITHDRAWN, Term, load_terms
from app.settings import Settings

MOST_COUNTED = 100_000
BATCH = 500
# A file is many rows in many tables.
_BATCHES = {FILE: 1, WITHDRAWN: 1, "concept": 5, "matchruns": 20}
_LOCK = 2_026_1129_53
_FORGET = "pleegzorg_audit_forget"
_HAS_FUNCTION = "SELECT EXISTS (SELECT FROM pg_proc WHERE proname = :name)"
Told = dict[str, Any]


def count_due(session: Session, today: date, *, with_keys: bool = False) -> dict[str, Told]:
    """Return by class how many things may go, and how old the oldest is; nothing is changed.

    with_keys: also our own ids of them. Done as the eraser, who sees all that it would remove.
    """
    told = {}
    with as_eraser(session):
        for term in classes():
            found = due_of(session, term, today=today, most=MOST_COUNTED)
            if not found:
                continue
            oldest = found[0].since.astimezone(AMSTERDAM).date()
            told[term.name] = {"aantal": len(found), "oudste": oldest.isoformat()}
            if with_keys:
                told[term.name]["ids"] = [_key(due.key) for due in found]
    return told


def _key(key: Any) -> str:
    # Of an answer the key may be anything that somebody chose; of a session its id.
    return str(key[-1] if isinstance(key, tuple) else key)


def propose(session: Session, actor: Actor, today: date) -> PurgeReport | None:
    """Store what is to go, for a person to approve; None where nothing is, or one is open."""
    if open_purge(session) is not None:
        return None
    due = count_due(session, today)
    if not due:
        return None
    row = PurgeReport(state=PurgeState.PROPOSED, as_of=today, due=due, actor=actor.name)
    session.add(row)
    session.flush()
    return row


def approve(session: Session, actor: Actor, purge_id: UUID) -> PurgeReport:
    """Let the worker perform a purge; raises NotFound, Conflict where it was approved already."""
    row = session.scalar(select(PurgeReport).where(PurgeReport.id == purge_id).with_for_update())
    if row is None:
        raise NotFound("Deze opschoning is er niet: controleer het id.")
    if row.state is not PurgeState.PROPOSED:
        raise Conflict(f"stand: deze opschoning is al {row.state.value}.")
    row.state, row.approved_by, row.approved_at = PurgeState.APPROVED, actor.name, now()
    session.flush()
    return row


def begin(sessions: SessionMaker, actor: Actor, today: date) -> UUID | None:
    """Begin a purge that somebody asked for in so many words, or go on with the one there is."""
    with session_for(sessions, SYSTEM) as session, as_eraser(session):
        _one_at_a_time(session)
        row = open_purge(session)
        if row is None:
            row = propose(session, actor, today)
        if row is None:
            return None
        if row.state is PurgeState.PROPOSED:
            row.state, row.approved_by, row.approved_at = PurgeState.APPROVED, actor.name, now()
            session.flush()
        return row.id


def perform(sessions: SessionMaker, settings: Settings, purge_id: UUID) -> Told:
    """Remove everything of an approved purge, step by step; return its report."""
    for term in classes():
        while _step(sessions, settings, purge_id, term):
            pass
    return _finish(sessions, purge_id)


def _step(sessions: SessionMaker, settings: Settings, purge_id: UUID, term: Term) -> int:
    """Remove one batch of a class, and note it; return how many things went."""
    if term.name in ELSEWHERE:
        return 0
    with session_for(sessions, SYSTEM) as session:
        _one_at_a_time(session)
        with as_eraser(session):
            row = _running(session, purge_id)
            if row is None:
                return 0
            most = _BATCHES.get(term.name, BATCH)
            due = due_of(session, term, today=row.as_of, most=most)
        if not due:
            return 0
        counts = remove(session, term.name, due, settings)
        with as_eraser(session):
            session.refresh(row)
            row.state = PurgeState.RUNNING
            row.removed = _more(row.removed, term.name, len(due), counts)
    return len(due)


def _running(session: Session, purge_id: UUID) -> PurgeReport | None:
    row = session.get(PurgeReport, purge_id, populate_existing=True)
    may_go_on = (PurgeState.APPROVED, PurgeState.RUNNING)
    return row if row is not None and row.state in may_go_on else None


def _more(removed: Told, name: str, things: int, counts: dict[str, int]) -> Told:
    before = removed.get(name, {"aantal": 0, "tabellen": {}})
    tables = dict(before["tabellen"])
    for table, count in counts.items():
        tables[table] = tables.get(table, 0) + count
    done = {table: count for table, count in sorted(tables.items()) if count}
    return removed | {name: {"aantal": before["aantal"] + things, "tabellen": done}}


def _finish(sessions: SessionMaker, purge_id: UUID) -> Told:
    with session_for(sessions, SYSTEM) as session:
        _one_at_a_time(session)
        with as_eraser(session):
            row = _running(session, purge_id)
        if row is None:
            return {}
        forgotten = _forget_log(session, row.as_of)
        note_work(session, "schoonOp", client=WORKER_CLIENT, about=("opschoning", str(purge_id)))
        with as_eraser(session):
            session.refresh(row)
            row.removed = row.removed | {"logboek": forgotten}
            row.state, row.finished_at = PurgeState.DONE, now()
        return row.removed


def _forget_log(session: Session, today: date) -> Told:
    """Let the log forget its oldest sealed lines, where it can do so; it does that by itself."""
    limit = load_terms().classes["logboek"].limit(today)
    if not session.scalar(text(_HAS_FUNCTION), {"name": _FORGET}):
        return {"overgeslagen": "het logboek kan nog geen oude regels vergeten"}
    # As whoever works here: the function itself is let in, and nobody else.
    found = session.scalar(text(f"SELECT {_FORGET}(:before)"), {"before": limit})
    return {"aantal": int(found or 0), "tabellen": {"audit_event": int(found or 0)}}


def _one_at_a_time(session: Session) -> None:
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
