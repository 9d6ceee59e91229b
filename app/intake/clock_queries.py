"""The SELECTs on earlier registrations of a child, for the clock of its waiting."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.clock import AMSTERDAM
from app.kernel.stages import Stage
from app.models import Placement, Registration, StageChange


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement, from its first to its last day; until: None while it runs.

    is_bridging: a crisis bed, in which a child goes on waiting.
    """

    since: date
    until: date | None
    is_bridging: bool = False


def earlier_registrations(
    session: Session, child_ids: Collection[UUID]
) -> list[tuple[Registration, date | None]]:
    """Return the registrations of children, each with the day on which it was closed, if it was."""
    closed = (
        select(func.max(StageChange.at))
        .where(StageChange.registration_id == Registration.id, StageChange.to_stage == Stage.CLOSED)
        .correlate(Registration)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Registration, closed).where(among(Registration.child_id, child_ids))
    )
    return [(row, at.astimezone(AMSTERDAM).date() if at else None) for row, at in rows]


def stays_of(session: Session, registration_ids: Collection[UUID]) -> dict[UUID, list[Stay]]:
    """Return the placements of registrations, by registration."""
    rows = session.execute(
        select(
            Placement.registration_id, Placement.since, Placement.until, Placement.is_bridging
        ).where(among(Placement.registration_id, registration_ids))
    )
    found: dict[UUID, list[Stay]] = defaultdict(list)
    for registration_id, since, until, is_bridging in rows:
        found[registration_id].append(Stay(since, until, is_bridging))
    return found
