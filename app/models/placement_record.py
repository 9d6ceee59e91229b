"""What is recorded of a placement: changes, judgements of its end, breakdowns, review moments."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedJson, SealedText
from app.kernel.endings import EndLabel
from app.kernel.holding import (
    BreakdownKind,
    Heard,
    Initiative,
    PlacementAct,
    Safety,
    Topic,
    Voice,
    Weight,
)


class PlacementChange(HasId, Base):
    """One act on a placement (*wijziging*): what, from which day, who and why. Never changed.

    told: by Dutch name of the field what it was and what it became, as words.
    """

    __tablename__ = "placement_change"

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    act: Mapped[PlacementAct] = mapped_column(closed_list(PlacementAct, "act"))
    on_day: Mapped[date]
    told: Mapped[dict[str, Any]] = mapped_column(SealedJson("placement_change.told"))
    reason: Mapped[str | None] = mapped_column(SealedText("placement_change.reason"))
    actor: Mapped[str]
    role: Mapped[str]


class EndingJudgement(HasId, Base):
    """What somebody judged an end to count as (*beoordeling*); the newest one holds."""

    __tablename__ = "ending_judgement"

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement_ending.placement_id", ondelete="CASCADE"), index=True
    )
    label: Mapped[EndLabel] = mapped_column(closed_list(EndLabel, "label"))
    reason: Mapped[str] = mapped_column(SealedText("ending_judgement.reason"))
    actor: Mapped[str]
    role: Mapped[str]


class BreakdownRecord(HasId, Base):
    """Our own record of a breakdown, or of what nearly became one (*afbreukverslag*).

    reasons: of BreakdownReason; tried: of Tried. explanation: where a reason is another one.
    """

    __tablename__ = "breakdown_record"
    __table_args__ = (
        CheckConstraint("cardinality(reasons) >= 1", name="reasons"),
        CheckConstraint("explanation IS NOT NULL OR NOT 'anders' = ANY(reasons)", name="explained"),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[BreakdownKind] = mapped_column(closed_list(BreakdownKind, "kind"))
    day: Mapped[date]
    initiative: Mapped[Initiative] = mapped_column(closed_list(Initiative, "initiative"))
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    explanation: Mapped[str | None] = mapped_column(SealedText("breakdown_record.explanation"))
    tried: Mapped[list[str]] = mapped_column(ARRAY(Text))
    tried_text: Mapped[str | None] = mapped_column(SealedText("breakdown_record.tried_text"))
    actor: Mapped[str]
    role: Mapped[str]


class PlacementReview(HasId, Base):
    """A review moment (*evaluatie*): due by the rule, held or not yet.

    A running placement has one that is not held. problems: 0..3 as now; contacts_per_month: with
    help, for child or family; strain: of the carers, 1 (light) to 5 (too heavy).
    """

    __tablename__ = "placement_review"
    __table_args__ = (
        UniqueConstraint("placement_id", "ordinal"),
        Index(
            "uq_placement_review_placement_id_open",
            "placement_id",
            unique=True,
            postgresql_where=text("held_on IS NULL"),
        ),
        Index("ix_placement_review_due_open", "due", postgresql_where=text("held_on IS NULL")),
        CheckConstraint("problems BETWEEN 0 AND 3", name="problems"),
        CheckConstraint("strain BETWEEN 1 AND 5", name="strain"),
        CheckConstraint("contacts_per_month >= 0", name="contacts"),
        CheckConstraint("(held_on IS NULL) = (actor IS NULL)", name="held_by_someone"),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    due: Mapped[date]
    held_on: Mapped[date | None]
    problems: Mapped[int | None]
    contacts_per_month: Mapped[float | None]
    strain: Mapped[int | None]
    safety: Mapped[Safety | None] = mapped_column(closed_list(Safety, "safety"))
    note: Mapped[str | None] = mapped_column(SealedText("placement_review.note"))
    actor: Mapped[str | None]
    role: Mapped[str | None]
    recorded_at: Mapped[datetime | None]


class ReviewVoice(Base):
    """Whether child, carers and parents were each heard at a review, and why not."""

    __tablename__ = "review_voice"
    __table_args__ = (CheckConstraint("(heard = 'ja') = (why_not IS NULL)", name="why_not"),)

    review_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement_review.id", ondelete="CASCADE"), primary_key=True
    )
    who: Mapped[Voice] = mapped_column(closed_list(Voice, "who"), primary_key=True)
    heard: Mapped[Heard] = mapped_column(closed_list(Heard, "heard"))
    why_not: Mapped[str | None] = mapped_column(
        SealedText("review_voice.why_not", owner="review_id")
    )


class ReviewFinding(HasId, Base):
    """One finding of a review (*bevinding*): whose, about what, how it stands, in words."""

    __tablename__ = "review_finding"

    review_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement_review.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[Voice] = mapped_column(closed_list(Voice, "who"))
    topic: Mapped[Topic] = mapped_column(closed_list(Topic, "topic"))
    weight: Mapped[Weight] = mapped_column(closed_list(Weight, "weight"))
    text: Mapped[str | None] = mapped_column(SealedText("review_finding.text"))
