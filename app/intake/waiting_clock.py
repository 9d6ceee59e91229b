"""One clock for the waiting of a child, from its first registration on (ADR 0036).

It goes on through a draft, a withdrawal, a bridging bed and a match that failed, when the next
registration comes within 30 days; while a child lives in a family that is no bridging bed it stands
still.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.clock_queries import Stay, earlier_registrations, stays_of
from app.kernel.clock import AMSTERDAM
from app.kernel.words import CareForm
from app.models import Registration

# A judgement, not a figure from research: long enough to write a new one after a breakdown.
GOES_ON_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A new registration whose clock is asked; child_id: None for a child that is new here."""

    registration_id: UUID
    child_id: UUID | None
    registered_on: date
    follows_id: UUID | None = None
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """first: the first day of registration; since: from when the days count. None: its own day."""

    first: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A registration of before, its placements, and when it was closed."""

    registration: Registration
    stays: tuple[Stay, ...]
    closed_on: date | None

    def ended_on(self) -> date | None:
        """Return when it ended, None while its placement runs or it is searched for."""
        if self.registration.withdrawn_at is not None:
            return self.registration.withdrawn_at.astimezone(AMSTERDAM).date()
        if any(stay.until is None for stay in self.stays):
            return None
        ends = [stay.until for stay in self.stays if stay.until is not None]
        return max(ends, default=self.closed_on)

    def days_at_rest(self, until: date) -> timedelta:
        """Return how long the clock stood still: days in a family that was no bridging bed."""
        if self.registration.care_form is CareForm.CRISIS:
            return timedelta()
        homes = [stay for stay in self.stays if not stay.is_bridging]
        lived = (min(stay.until or until, until) - stay.since for stay in homes)
        return sum((max(time, timedelta()) for time in lived), timedelta())


def find_clocks(session: Session, waiting: Sequence[Waiting]) -> dict[UUID, Clock]:
    """Return the clock of each new registration."""
    children = {one.child_id for one in waiting if one.child_id is not None}
    earlier = _earlier(session, children) if children else {}
    return {
        one.registration_id: clock_of(one, earlier.get(one.child_id, ()) if one.child_id else ())
        for one in waiting
    }


def clock_of(one: Waiting, earlier: Iterable[Earlier]) -> Clock:
    """Return the clock of a new registration after those of before."""
    begun = min(one.registered_on, one.started_on or one.registered_on)
    before = [past for past in earlier if _goes_on(one, past, begun)]
    if not before:
        return Clock(first=one.started_on, since=one.started_on)
    last = max(before, key=lambda past: past.registration.id)
    row = last.registration
    first = min(row.registered_on, row.first_registered_on or row.registered_on)
    return Clock(first=first, since=row.waiting_since + last.days_at_rest(begun))


def _goes_on(one: Waiting, past: Earlier, begun: date) -> bool:
    if past.registration.id == one.follows_id:
        return True
    ended = past.ended_on()
    return ended is not None and ended >= begun - GOES_ON_WITHIN


def _earlier(session: Session, children: Collection[UUID]) -> dict[UUID, list[Earlier]]:
    rows = earlier_registrations(session, children)
    stays = stays_of(session, [row.id for row, _ in rows])
    found: dict[UUID, list[Earlier]] = defaultdict(list)
    for row, closed_on in rows:
        found[row.child_id].append(Earlier(row, tuple(stays[row.id]), closed_on))
    return found
