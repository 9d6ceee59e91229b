"""Telling of runs and families in tests, and waiting until it may be heard."""

from time import monotonic, sleep
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.kernel.actor import SYSTEM
from app.kernel.ids import new_id
from app.models import Provider
from app.notify.queries import Place, Wanted, has_events, settled_until

# Tests beside this one hold their transactions open, and so does a busy service.
PATIENCE = 120.0


def provider_id(database: Database, code: str = "spirit") -> UUID:
    """Return the id of a provider."""
    with session_for(database.sessions, SYSTEM) as session:
        return session.scalars(select(Provider.id).where(Provider.code == code)).one()


def tell_run(session: Session) -> UUID:
    """Tell of a run that finished, to staff; return its id."""
    run = new_id()
    emit(session, Occurrence.RUN_FINISHED, run=run)
    return run


def tell_family(database: Database, number: str, code: str = "spirit") -> None:
    """Tell of a family that is new, in a transaction of its own."""
    fields: dict[str, Any] = {"provider": code, "family": number}
    owner = provider_id(database, code)
    with session_for(database.sessions, SYSTEM) as session:
        emit(session, Occurrence.FAMILY_ADDED, provider_id=owner, **fields)


def now_in(database: Database) -> Place:
    """Return the place after which comes what is told from now on."""
    with session_for(database.sessions, SYSTEM) as session:
        return settled_until(session)


def wait_until_settled(database: Database) -> None:
    """Wait for the transactions of others on this server, as a reader of the feed would."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        with session_for(database.sessions, SYSTEM) as session:
            if not has_events(session, Wanted(), after=settled_until(session)):
                return
        sleep(0.05)
    raise AssertionError("another transaction stayed open")
