"""By itself, once a night: what may go is proposed, and what a person approved is removed."""

from datetime import datetime

from sqlalchemy import select

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import AMSTERDAM, now
from app.models import PurgeReport, PurgeState
from app.rights.as_eraser import as_eraser
from app.rights.purge import begin, perform, propose
from app.rights.queries import list_purges
from app.settings import Settings

_FIRST, _LAST = 2, 5  # hours in Amsterdam in which hardly anybody works


def purge_by_night(sessions: SessionMaker, settings: Settings, at: datetime | None = None) -> None:
    """Perform the purge that was approved; in the night, propose one if none was made today.

    Where the setting asks for no approval it is performed at once.
    """
    here = (at or now()).astimezone(AMSTERDAM)
    with session_for(sessions, SYSTEM) as session:
        approved = session.scalar(
            select(PurgeReport.id).where(
                PurgeReport.state.in_((PurgeState.APPROVED, PurgeState.RUNNING))
            )
        )
        last = next(iter(list_purges(session, size=1)), None)
    if approved is not None:
        perform(sessions, settings, approved)
    elif _FIRST <= here.hour < _LAST and (last is None or last.as_of < here.date()):
        if settings.purge_needs_approval:
            with session_for(sessions, SYSTEM) as session, as_eraser(session):
                propose(session, SYSTEM, here.date())
        elif (begun := begin(sessions, SYSTEM, here.date())) is not None:
            perform(sessions, settings, begun)
