"""Recording a breakdown and a review that was held; the next review is planned by the rule."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.endings import EndLabel, label_of
from app.kernel.errors import InputRefused
from app.kernel.holding import BreakdownKind
from app.models import (
    BreakdownRecord,
    Placement,
    PlacementReview,
    ReviewFinding,
    ReviewVoice,
)
from app.placed.beginning import plan_review
from app.placed.queries import next_ordinal
from app.placed.reviewing import review_rule
from app.placements.acting import locked, refuse_day, tell_placement
from app.placements.queries import ending_of
from app.placements.record_queries import open_review
from app.placements.schemas_record import BreakdownIn, ReviewIn


def record_breakdown(
    session: Session, *, actor: Actor, placement_id: UUID, told: BreakdownIn
) -> UUID:
    """Store a breakdown record; raises NotFound, Conflict for a crisis bed, InputRefused."""
    placement, _ = locked(session, placement_id)
    refuse_day("dag", told.day, placement.since)
    record = BreakdownRecord(
        placement_id=placement.id,
        kind=told.kind,
        day=told.day,
        initiative=told.initiative,
        reasons=list(dict.fromkeys(reason.value for reason in told.reasons)),
        explanation=told.explanation,
        tried=list(dict.fromkeys(each.value for each in told.tried)),
        tried_text=told.tried_text,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(record)
    session.flush()
    tell_placement(session, Occurrence.BREAKDOWN_RECORDED, placement)
    if told.kind is BreakdownKind.BROKE:
        _doubt_ending(session, placement)
    return record.id


def _doubt_ending(session: Session, placement: Placement) -> None:
    """Let an end that counts as another thing wait for a person; what was judged stays readable."""
    ending = ending_of(session, placement.id)
    if ending is None or ending.label in (EndLabel.BROKEN, EndLabel.REVIEW):
        return
    ending.label = label_of(ending.code, ending.went_to, has_record=True)
    ending.judged_by = ending.judged_at = ending.judged_reason = None
    session.flush()
    tell_placement(session, Occurrence.PLACEMENT_CHANGED, placement)


def record_review(session: Session, *, actor: Actor, placement_id: UUID, told: ReviewIn) -> UUID:
    """Store a review that was held, in the one that was planned, and plan the next.

    Raises NotFound, Conflict for a crisis bed; InputRefused for a day outside the placement.
    """
    placement, _ = locked(session, placement_id)
    refuse_day("gehoudenOp", told.held_on, placement.since)
    review = open_review(session, placement.id) or _unplanned(session, placement, told)
    review.held_on, review.recorded_at = told.held_on, now()
    review.problems, review.strain = told.problems, told.strain
    review.contacts_per_month = float(told.contacts_per_month)
    review.safety, review.note = told.safety, told.note
    review.actor, review.role = actor.name, actor.role.value
    session.flush()
    _add_said(session, review, told)
    if placement.until is None:
        plan_review(session, placement, review_rule().next_due(told.held_on))
    elif told.held_on > placement.until:
        raise InputRefused("gehoudenOp: ligt na de laatste dag van de plaatsing.")
    session.flush()
    tell_placement(session, Occurrence.PLACEMENT_REVIEWED, placement)
    return review.id


def _unplanned(session: Session, placement: Placement, told: ReviewIn) -> PlacementReview:
    review = PlacementReview(
        placement_id=placement.id, ordinal=next_ordinal(session, placement.id), due=told.held_on
    )
    session.add(review)
    return review


def _add_said(session: Session, review: PlacementReview, told: ReviewIn) -> None:
    session.add_all(
        [
            ReviewVoice(
                review_id=review.id, who=voice.who, heard=voice.heard, why_not=voice.why_not
            )
            for voice in told.voices
        ]
    )
    session.add_all(
        [
            ReviewFinding(
                review_id=review.id, who=finding.who, topic=finding.topic, weight=finding.weight,
                text=finding.text,
            )
            for finding in told.findings
        ]
    )  # fmt: skip
    session.flush()
