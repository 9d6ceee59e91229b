"""What people record on a begun pair: moves, answers, yeses, objections; added, never changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedList, SealedText
from app.kernel.phases import (
    Agreement,
    ConsentBy,
    DeclineReason,
    LegalWeight,
    MessageKind,
    NoBy,
    ObjectionOutcome,
    Phase,
)


class StepMove(HasId, Base):
    """A pair went from one phase to the next: who said so, and what those said whom it was put to.

    condition: only with an agreement on one.
    """

    __tablename__ = "step_move"
    __table_args__ = (
        CheckConstraint(
            "(agreement = 'onder voorwaarde') = (condition IS NOT NULL)", name="condition"
        ),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("begun_pair.id"), index=True)
    from_phase: Mapped[Phase] = mapped_column(closed_list(Phase, "from_phase"))
    to_phase: Mapped[Phase] = mapped_column(closed_list(Phase, "to_phase"))
    agreement: Mapped[Agreement] = mapped_column(closed_list(Agreement, "agreement"))
    condition: Mapped[str | None] = mapped_column(SealedText("step_move.condition"))
    pros: Mapped[list[str]] = mapped_column(SealedList("step_move.pros"))
    cons: Mapped[list[str]] = mapped_column(SealedList("step_move.cons"))
    doubts: Mapped[list[str]] = mapped_column(SealedList("step_move.doubts"))
    actor: Mapped[str]
    role: Mapped[str]


class StepMessage(HasId, Base):
    """What a family's provider answered, asked or was told about a pair (*bericht*)."""

    __tablename__ = "step_message"
    __table_args__ = (
        CheckConstraint("(kind = 'nee') = (decline_reason IS NOT NULL)", name="reason_of_no"),
        CheckConstraint("kind IN ('ja', 'nee') OR text IS NOT NULL", name="text"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("begun_pair.id"), index=True)
    phase: Mapped[Phase] = mapped_column(closed_list(Phase, "phase"))
    kind: Mapped[MessageKind] = mapped_column(closed_list(MessageKind, "kind"))
    decline_reason: Mapped[DeclineReason | None] = mapped_column(
        closed_list(DeclineReason, "decline_reason")
    )
    text: Mapped[str | None] = mapped_column(SealedText("step_message.text"))
    actor: Mapped[str]
    role: Mapped[str]


class StepConsent(HasId, Base):
    """One of the two yeses that a placement needs (*akkoord*).

    organisation: the provider's code, or the name of the referrer. actor: who recorded it.
    """

    __tablename__ = "step_consent"
    __table_args__ = (UniqueConstraint("pair_id", "by"),)

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("begun_pair.id"))
    by: Mapped[ConsentBy] = mapped_column(closed_list(ConsentBy, "by"))
    organisation: Mapped[str] = mapped_column(SealedText("step_consent.organisation"))
    given_on: Mapped[date]
    actor: Mapped[str]
    role: Mapped[str]


class StepObjection(HasId, Base):
    """An objection of parents or child (*bezwaar*), with the weight that the law gives it then."""

    __tablename__ = "step_objection"
    __table_args__ = (
        CheckConstraint("by IN ('ouders', 'kind')", name="of_parents_or_child"),
        CheckConstraint(
            "(outcome IS NULL) = (outcome_reason IS NULL) "
            "AND (outcome IS NULL) = (decided_by IS NULL) "
            "AND (outcome IS NULL) = (decided_at IS NULL)",
            name="decided",
        ),
        CheckConstraint("weight <> 'veto' OR outcome <> 'doorgaan'", name="no_way_past_a_veto"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("begun_pair.id"), index=True)
    by: Mapped[NoBy] = mapped_column(closed_list(NoBy, "by"))
    text: Mapped[str] = mapped_column(SealedText("step_objection.text"))
    legal_frame: Mapped[str] = mapped_column(SealedText("step_objection.legal_frame"))
    weight: Mapped[LegalWeight] = mapped_column(closed_list(LegalWeight, "weight"))
    actor: Mapped[str]
    role: Mapped[str]
    outcome: Mapped[ObjectionOutcome | None] = mapped_column(
        closed_list(ObjectionOutcome, "outcome")
    )
    outcome_reason: Mapped[str | None] = mapped_column(SealedText("step_objection.outcome_reason"))
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
