"""Letting go of events that were kept long enough, and noting from where none are missing."""

from dataclasses import asdict
from datetime import timedelta
from itertools import takewhile

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import Event, EventHorizon
from app.notify.queries import Place, find_horizon, is_until, oldest_events

# In one transaction, so that nobody waits for long; the next sweep goes on.
MOST_AT_ONCE = 5000


def purge(sessions: SessionMaker, *, days: int) -> int:
    """Remove events of more than so many days ago, the oldest first; return how many.

    Always all that come before a place, which is noted: whoever reads on from before it is told.
    """
    with session_for(sessions, SYSTEM) as session:
        limit = now() - timedelta(days=days)
        # Nearly always there are none: one row is read to know it.
        if not any(event.recorded_at < limit for event in oldest_events(session, size=1)):
            return 0
        oldest = oldest_events(session, size=MOST_AT_ONCE)
        old = list(takewhile(lambda event: event.recorded_at < limit, oldest))
        place = Place(*old[-1][:3])
        _note(session, max(place, find_horizon(session)))
        session.execute(
            delete(Event).where(is_until(place)).execution_options(synchronize_session=False)
        )
        return len(old)


def _note(session: Session, place: Place) -> None:
    values = {"id": 1, "purged_at": now(), **asdict(place)}
    statement = insert(EventHorizon).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
