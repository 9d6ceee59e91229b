"""The SELECTs on the children of a report who were linked."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Child, CrisisChild, CrisisReport, Placement, PlacementOrigin


class Linked(NamedTuple):
    """A linked child; placement_id: where it lives, or lived, in the bed of the night."""

    child: CrisisChild
    placement_id: UUID | None


def linked_ordinals(session: Session, report_id: UUID) -> set[int]:
    """Return which children of a report were linked."""
    which = CrisisChild.report_id == report_id
    return set(session.scalars(select(CrisisChild.ordinal).where(which)))


def linked_children(session: Session, report_id: UUID) -> list[Linked]:
    """Return the linked children of a report, its own child first."""
    # The first one since the report: who went home may come to a crisis bed again.
    stay = (
        select(Placement.id)
        .where(
            Placement.registration_id == CrisisChild.registration_id,
            Placement.origin == PlacementOrigin.CRISIS,
            Placement.created_at >= CrisisReport.created_at,
        )
        .order_by(Placement.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(CrisisChild, stay)
        .join(CrisisReport, CrisisReport.id == CrisisChild.report_id)
        .where(CrisisChild.report_id == report_id)
        .order_by(CrisisChild.ordinal)
    )
    return [Linked._make(row) for row in rows]


def child_row(session: Session, child_id: UUID) -> Child:
    """Return a child that is there."""
    return session.get_one(Child, child_id)
