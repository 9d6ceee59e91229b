"""Telling the database why a step is taken; the history of a registration keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.db.keyring import current_ring
from app.db.sealing import seal_text

_USE = "stage_change.reason"


@contextmanager
def because(session: Session, reason: str, *, of: UUID) -> Iterator[None]:
    """Let the history of what is written inside say a reason; flushes at the end.

    of: the registration or draft whose history it is; sealed for another, it cannot be read.
    """
    _say(session, seal_text(current_ring(), reason.encode(), use=_USE, owner=str(of)))
    yield
    session.flush()
    _say(session, "")


def _say(session: Session, reason: str) -> None:
    # true(): until the end of the transaction.
    session.execute(select(func.set_config("pleegzorg.reason", reason, true())))
