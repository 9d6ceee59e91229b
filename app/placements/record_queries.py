"""The SELECTs on breakdown records and review moments."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import (
    BreakdownRecord,
    Placement,
    PlacementReview,
    Registration,
    ReviewFinding,
    ReviewVoice,
)
from app.placed.secret import home_is_secret
from app.placements.queries import today


def is_secret(session: Session, placement: Placement) -> bool:
    """Return whether the parents may not know where a child lives; read as the system."""
    return session.scalars(
        select(home_is_secret())
        .select_from(Registration)
        .where(Registration.id == placement.registration_id)
    ).one()


def records_of(session: Session, placement_id: UUID) -> list[BreakdownRecord]:
    """Return the breakdown records of a placement, the newest first."""
    which = BreakdownRecord.placement_id == placement_id
    return list(
        session.scalars(select(BreakdownRecord).where(which).order_by(BreakdownRecord.id.desc()))
    )


def find_record(session: Session, placement_id: UUID, id_: UUID) -> BreakdownRecord | None:
    """Return a breakdown record of a placement, or None."""
    which = (BreakdownRecord.id == id_, BreakdownRecord.placement_id == placement_id)
    return session.scalar(select(BreakdownRecord).where(*which))


def reviews_of(session: Session, placement_id: UUID) -> list[PlacementReview]:
    """Return the reviews of a placement, the first one first."""
    which = PlacementReview.placement_id == placement_id
    return list(
        session.scalars(
            select(PlacementReview)
            .where(which)
            .order_by(PlacementReview.ordinal)
            .execution_options(populate_existing=True)
        )
    )


def find_review(session: Session, placement_id: UUID, id_: UUID) -> PlacementReview | None:
    """Return a review of a placement, or None."""
    which = (PlacementReview.id == id_, PlacementReview.placement_id == placement_id)
    return session.scalar(
        select(PlacementReview).where(*which).execution_options(populate_existing=True)
    )


def open_review(session: Session, placement_id: UUID) -> PlacementReview | None:
    """Return the review of a placement that is not held yet, or None."""
    which = (PlacementReview.placement_id == placement_id, PlacementReview.held_on.is_(None))
    return session.scalar(select(PlacementReview).where(*which).with_for_update())


def voices_of(session: Session, review_ids: list[UUID]) -> dict[UUID, list[ReviewVoice]]:
    """Return who was heard at reviews, by review, child first."""
    rows = session.scalars(
        select(ReviewVoice)
        .where(among(ReviewVoice.review_id, review_ids))
        .order_by(ReviewVoice.who)
    )
    found: dict[UUID, list[ReviewVoice]] = defaultdict(list)
    for row in rows:
        found[row.review_id].append(row)
    return found


def findings_of(session: Session, review_ids: list[UUID]) -> dict[UUID, list[ReviewFinding]]:
    """Return the findings of reviews, by review, in the order told."""
    rows = session.scalars(
        select(ReviewFinding)
        .where(among(ReviewFinding.review_id, review_ids))
        .order_by(ReviewFinding.id)
    )
    found: dict[UUID, list[ReviewFinding]] = defaultdict(list)
    for row in rows:
        found[row.review_id].append(row)
    return found


def overdue_reviews(
    session: Session, *, after: tuple[date, UUID] | None, size: int
) -> list[tuple[PlacementReview, Placement]]:
    """Return overdue reviews of placements that run and the asker may see, the latest first."""
    statement = (
        select(PlacementReview, Placement)
        .join(Placement, Placement.id == PlacementReview.placement_id)
        .where(
            PlacementReview.held_on.is_(None),
            PlacementReview.due < today(),
            Placement.until.is_(None),
        )
        .order_by(PlacementReview.due, PlacementReview.id)
        .limit(size)
    )
    if after is not None:
        key = tuple_(PlacementReview.due, PlacementReview.id)
        statement = statement.where(key > after)
    return [(review, placement) for review, placement in session.execute(statement)]
