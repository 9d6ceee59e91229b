"""The end of a step, by whatever ends it, and telling how it goes with one.

A step ends by people or by its term, and also because nobody searches for its child any more:
whoever ends the search ends what runs for it, so that family and provider wait for nobody.
"""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.because import because
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.kernel.clock import now
from app.models import BegunPair, BegunState
from app.placed.queries import running_steps

_TOLD = {
    BegunState.NO: Occurrence.STEP_REFUSED,
    BegunState.EXPIRED: Occurrence.STEP_ENDED,
    BegunState.PLACED: Occurrence.STEP_PLACED,
}


def tell_step(session: Session, occurrence: Occurrence, pair: BegunPair, **more: Any) -> None:
    """Emit an event about a step, to the family's provider and to staff."""
    child, step = pair.registration_id, pair.id
    tell_of_family(session, occurrence, pair.family_id, child=child, step=step, **more)


def end_pair(session: Session, pair: BegunPair, state: BegunState, reason: str) -> None:
    """Let a pair end now: what it held is free, and whoever listens is told."""
    pair.state, pair.reason, pair.ended_at = state, reason, now()
    if state is not BegunState.PLACED:
        # The database tells from it that the child waits again; why, sealed for the child's
        # history. Not flushed before the reason is said.
        with session.no_autoflush, because(session, reason, of=pair.registration_id):
            pass
    more = {"by": pair.no_by} if state is BegunState.NO else {}
    tell_step(session, _TOLD[state], pair, **more)


def end_running(session: Session, registration_id: UUID, *, became: str, reason: str) -> None:
    """End what runs for a child that nobody searches for any more; nothing may be.

    After its registration says so, or its history would tell that the search went on in between.
    """
    by = session.info["actor"].role.value
    for pair in running_steps(session, registration_id):
        why = f"De aanmelding is {became} door {by}: {reason}"
        end_pair(session, pair, BegunState.EXPIRED, why)
    session.flush()
