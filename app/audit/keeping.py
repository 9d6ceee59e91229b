"""By itself, in every worker: sealing each round, and proving the chain once a day."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.keys import known_keys, load_seal_key
from app.audit.sealing import seal_lines
from app.audit.seals import last_check
from app.audit.verifying import Verified, note_check, verify_chain
from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.log.events import Event
from app.log.write import log
from app.settings import Settings

EVERY = timedelta(days=1)
_ONE_AT_A_TIME = 2_026_1129_51


def keep_log(sessions: SessionMaker, settings: Settings) -> None:
    """Seal what can be sealed, and verify where that was not done for a day."""
    seal_lines(sessions, load_seal_key(settings))
    with session_for(sessions, SYSTEM) as session:
        if not (_is_due(session) and _is_mine(session)):
            return
        found = verify_chain(session, known_keys(settings))
        note_check(session, found)
    _tell(found)


def _is_due(session: Session) -> bool:
    last = last_check(session)
    return last is None or last.at < now() - EVERY


def _is_mine(session: Session) -> bool:
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))))


def _tell(found: Verified) -> None:
    broken = found.broken
    if broken is not None:
        log(Event.AUDIT_BROKEN, seal=broken.seal, line=broken.line, why=broken.why)
    log(
        Event.AUDIT_VERIFIED,
        seals=found.seals,
        lines=found.lines,
        unsealed=found.unsealed,
        is_whole=broken is None,
    )
