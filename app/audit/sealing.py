"""Sealing the log: batches of lines that can no longer change, each chained to the one before.

Lines get their numbers in another order than their transactions end. A number is sealed only when
every transaction that was adding lines when it was seen has ended: no smaller number can come any
more (the way in which CREATE INDEX CONCURRENTLY waits). Nobody who adds a line waits for this.
"""

import hashlib
from dataclasses import dataclass
from time import monotonic, sleep

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.canonical import marks_of, select_lines
from app.audit.keys import SealKey, key_id
from app.audit.seals import BEGIN, adding_now, digest_of, newest_line, newest_seal
from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.log.events import Event
from app.log.write import log
from app.models import AuditSeal

BATCH = 5000  # lines a seal at most: what verifying holds in memory
_ONE_AT_A_TIME = 2_026_1129_50
_PAUSE = 0.02  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one round did. is_behind: lines were left for the next round."""

    seals: int
    lines: int
    is_behind: bool


def seal_lines(
    sessions: SessionMaker, key: SealKey, *, patience: float = 2.0, batch: int = BATCH
) -> Sealed:
    """Seal what can no longer change; each batch is one transaction.

    patience: for how many seconds to wait for transactions that are adding lines; after that this
    round seals nothing and the next one looks again. Two at once: one of them does nothing.
    """
    with session_for(sessions, SYSTEM) as session:
        settled = _settled(session, patience)
    if settled is None:
        return Sealed(0, 0, is_behind=True)
    seals = lines = 0
    while True:
        with session_for(sessions, SYSTEM) as session:
            if not _is_mine(session):
                return Sealed(seals, lines, is_behind=True)
            made = _seal_next(session, key, upto=settled, batch=batch)
        if made is None:
            return Sealed(seals, lines, is_behind=False)
        log(Event.AUDIT_SEALED, seal=made.number, lines=made.count, digest=made.digest)
        seals, lines = seals + 1, lines + made.count


def _settled(session: Session, patience: float) -> int | None:
    """Return the last number below which no line can come any more, None if that took too long."""
    newest = newest_line(session)
    waiting = adding_now(session)
    until = monotonic() + patience
    while waiting:
        if monotonic() > until:
            return None
        sleep(_PAUSE)
        waiting &= adding_now(session)
    return newest


def _is_mine(session: Session) -> bool:
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))))


def _seal_next(session: Session, key: SealKey, *, upto: int, batch: int) -> AuditSeal | None:
    before = newest_seal(session)
    first = before.last_id + 1 if before else 1
    rows = session.execute(select_lines(first, upto).limit(batch)).all()
    if not rows:
        return None
    marks = marks_of(rows)
    seal = AuditSeal(
        number=before.number + 1 if before else 1,
        first_id=first,
        last_id=rows[-1][0],
        count=len(rows),
        newest_at=max(row[1] for row in rows),
        rows_digest=hashlib.sha256(marks).hexdigest(),
        previous=before.digest if before else BEGIN,
        sealed_at=now(),
        key_id=key_id(key.public),
        marks=marks,
    )
    seal.digest = digest_of(seal)
    seal.signature = key.sign(seal.digest)
    session.add(seal)
    session.flush()
    return seal
