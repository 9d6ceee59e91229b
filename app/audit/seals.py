"""A seal: what it is worked out from, and every SELECT of seals and of the lines under them."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, undefer

from app.audit.canonical import compact, instant
from app.models import AuditCheck, AuditEvent, AuditSeal

VERSION = "pleegzorg-zegel-1"
# What the first seal follows.
BEGIN = "0" * 64
_PAGE = 200
# Who adds a line holds this lock from before its number is drawn until its transaction ends.
_ADDING = """
    SELECT DISTINCT virtualtransaction FROM pg_locks
     WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND relation = 'audit_event'::regclass AND pid IS DISTINCT FROM pg_backend_pid()
"""


def digest_of(seal: AuditSeal) -> str:
    """Return the SHA-256 over all that a seal says, in hexadecimal."""
    told = compact([
        VERSION, seal.number, seal.first_id, seal.last_id, seal.count, instant(seal.newest_at),
        seal.rows_digest, seal.previous, instant(seal.sealed_at), seal.key_id,
    ])  # fmt: skip
    return hashlib.sha256(told.encode()).hexdigest()


def newest_seal(session: Session) -> AuditSeal | None:
    """Return the last seal of the chain."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)).first()


def seals_after(session: Session, number: int, *, size: int) -> Sequence[AuditSeal]:
    """Return the next seals of the chain, without their marks."""
    statement = select(AuditSeal).where(AuditSeal.number > number).order_by(AuditSeal.number)
    return session.scalars(statement.limit(size)).all()


def all_seals(session: Session) -> Iterator[AuditSeal]:
    """Give the seals of the chain in order, without their marks; a page at a time in memory."""
    number = -(2**62)
    while page := seals_after(session, number, size=_PAGE):
        yield from page
        number = page[-1].number
        session.expunge_all()


def newest_seals(session: Session, *, size: int) -> Sequence[AuditSeal]:
    """Return the last seals, the newest first."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(size)).all()


def seal_with_marks(session: Session, number: int) -> AuditSeal:
    """Return a seal with the marks of its lines."""
    statement = select(AuditSeal).where(AuditSeal.number == number)
    return session.scalars(
        statement.options(undefer(AuditSeal.marks)).execution_options(populate_existing=True)
    ).one()


def newest_line(session: Session) -> int:
    """Return the number of the last line that is there, 0 without any."""
    return session.scalar(select(func.max(AuditEvent.id))) or 0


def lines_after(session: Session, number: int) -> tuple[int, datetime | None]:
    """Return how many lines come after one, and when the first of them was written."""
    statement = select(func.count(), func.min(AuditEvent.at)).where(AuditEvent.id > number)
    count, oldest = session.execute(statement).one()
    return count, oldest


def last_check(session: Session) -> AuditCheck | None:
    """Return how verifying went the last time."""
    return session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()


def adding_now(session: Session) -> set[Any]:
    """Return the transactions that are adding lines at this moment."""
    return set(session.scalars(text(_ADDING)))
