"""Taking back something harmless: a moment later, by who did it, and by nobody else."""

from datetime import datetime, timedelta

from app.kernel.actor import Actor
from app.kernel.clock import now

UNDO_WITHIN = timedelta(minutes=5)


def may_undo(actor: Actor, *, by: str | None, at: datetime | None) -> bool:
    """Return whether what somebody did at a moment can still be taken back by an actor."""
    return by == actor.name and at is not None and now() - at <= UNDO_WITHIN
