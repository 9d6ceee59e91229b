"""From stored breakdown records and reviews to what the door shows."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import NotFound
from app.models import BreakdownRecord, Placement, PlacementReview, ReviewFinding, ReviewVoice
from app.placements.record_queries import (
    find_record,
    find_review,
    findings_of,
    is_secret,
    records_of,
    reviews_of,
    voices_of,
)
from app.placements.schemas_record import (
    BreakdownList,
    BreakdownOut,
    OpenReview,
    ReviewFindingOut,
    ReviewList,
    ReviewOut,
    ReviewState,
    VoiceOut,
)
from app.placements.views import show_lines

_UNKNOWN_RECORD = "Dit verslag is er niet bij deze plaatsing: controleer de ids in het adres."
_UNKNOWN_REVIEW = "Deze evaluatie is er niet bij deze plaatsing: controleer de ids in het adres."
_RECORD = (
    "id", "kind", "day", "initiative", "reasons", "explanation", "tried", "tried_text", "actor",
)  # fmt: skip
_REVIEW = (
    "id", "ordinal", "due", "held_on", "problems", "contacts_per_month", "strain", "safety", "note",
    "actor",
)  # fmt: skip


def show_records(session: Session, placement: Placement) -> BreakdownList:
    """Return the breakdown records of a placement; read as the system."""
    hidden = is_secret(session, placement)
    found = records_of(session, placement.id)
    return BreakdownList(records=[_record(row, hidden=hidden) for row in found])


def show_record(session: Session, placement: Placement, id_: UUID) -> BreakdownOut:
    """Return one breakdown record; raises NotFound."""
    found = find_record(session, placement.id, id_)
    if found is None:
        raise NotFound(_UNKNOWN_RECORD)
    return _record(found, hidden=is_secret(session, placement))


def show_reviews(session: Session, placement: Placement) -> ReviewList:
    """Return the reviews of a placement, without one that its end made needless."""
    found = [row for row in reviews_of(session, placement.id) if _counts(row, placement)]
    return ReviewList(reviews=_reviews(session, placement, found))


def show_review(session: Session, placement: Placement, id_: UUID) -> ReviewOut:
    """Return one review; raises NotFound."""
    found = find_review(session, placement.id, id_)
    if found is None or not _counts(found, placement):
        raise NotFound(_UNKNOWN_REVIEW)
    return _reviews(session, placement, [found])[0]


def show_overdue(
    session: Session, found: list[tuple[PlacementReview, Placement]]
) -> list[OpenReview]:
    """Return overdue reviews with their placements."""
    today = today_in_amsterdam()
    lines = show_lines(session, [placement for _, placement in found])
    return [
        OpenReview(
            placement=line, ordinal=review.ordinal, due=review.due,
            days_late=(today - review.due).days,
        )
        for (review, _), line in zip(found, lines, strict=True)
    ]  # fmt: skip


def _counts(review: PlacementReview, placement: Placement) -> bool:
    if review.held_on is not None or placement.until is None:
        return True
    return review.due <= placement.until


def _state(review: PlacementReview, until: date | None) -> ReviewState:
    if review.held_on is not None:
        return ReviewState.HELD
    if until is not None:
        return ReviewState.MISSED
    is_late = review.due < today_in_amsterdam()
    return ReviewState.OVERDUE if is_late else ReviewState.PLANNED


def _reviews(
    session: Session, placement: Placement, found: list[PlacementReview]
) -> list[ReviewOut]:
    ids, hidden = [row.id for row in found], is_secret(session, placement)
    voices, findings = voices_of(session, ids), findings_of(session, ids)
    return [
        ReviewOut(
            **{name: getattr(row, name) for name in _REVIEW},
            state=_state(row, placement.until),
            voices=[_voice(voice, hidden=hidden) for voice in voices[row.id]],
            findings=[_finding(finding, hidden=hidden) for finding in findings[row.id]],
            is_secret=hidden,
        )
        for row in found
    ]


def _voice(row: ReviewVoice, *, hidden: bool) -> VoiceOut:
    return VoiceOut(who=row.who, heard=row.heard, why_not=row.why_not, is_secret=hidden)


def _finding(row: ReviewFinding, *, hidden: bool) -> ReviewFindingOut:
    return ReviewFindingOut(
        who=row.who, topic=row.topic, weight=row.weight, text=row.text, is_secret=hidden
    )


def _record(row: BreakdownRecord, *, hidden: bool) -> BreakdownOut:
    told = {name: getattr(row, name) for name in _RECORD}
    return BreakdownOut(**told, recorded_at=row.created_at, is_secret=hidden)
