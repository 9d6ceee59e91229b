"""Telling the database why a step is taken; the history of a registration keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session


@contextmanager
def because(session: Session, reason: str) -> Iterator[None]:
    """Let the history of what is written inside say a reason; flushes at the end."""
    _say(session, reason)
    yield
    session.flush()
    _say(session, "")


def _say(session: Session, reason: str) -> None:
    # true(): until the end of the transaction.
    session.execute(select(func.set_config("pleegzorg.reason", reason, true())))
