"""By itself, once a night: respite for all who ask for it, and support for the watch list."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.jobs import make_queue
from app.kernel.actor import SYSTEM
from app.kernel.clock import AMSTERDAM, now
from app.models import AmbulatorySearch
from app.strain.ambulatory_asking import queue_search
from app.strain.respite import ask_nightly
from app.strain.respite_queries import asks_respite, has_nightly
from app.strain.rules import load_rules

# Never opened: the job goes in over the connection of the session.
_OUTBOX = make_queue("")
_ONE_AT_A_TIME = 2_026_1128_42


def ask_by_night(sessions: SessionMaker, at: datetime | None = None) -> None:
    """Ask for tonight's round, unless it was asked for or it is not yet that late."""
    here = (at or now()).astimezone(AMSTERDAM)
    first, last = load_rules().night
    if not first <= here.hour < last:
        return
    with session_for(sessions, SYSTEM) as session:
        # Looked at under the lock: what another worker has asked for meanwhile counts.
        is_mine = asks_respite(session) and _is_mine(session)
        if is_mine and not has_nightly(session, here.date()):
            ask_nightly(session, _OUTBOX, actor=SYSTEM, today=here.date())
    with session_for(sessions, SYSTEM) as session:
        if _is_mine(session) and session.get(AmbulatorySearch, here.date()) is None:
            session.add(AmbulatorySearch(day=here.date()))
            queue_search(session, _OUTBOX, actor=SYSTEM)


def _is_mine(session: Session) -> bool:
    """Return whether no other worker is asking right now."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))))
