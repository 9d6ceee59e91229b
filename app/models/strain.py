"""Placements under strain: signals, support that was offered, and rounds that look for respite."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.strain import Helped, SignalKind, SupportKind, TakenUp, WeekendNeed


class RoundState(StrEnum):
    """Where a round that looks for respite stands (*stand*)."""

    WAITING = "wacht"
    DONE = "klaar"
    FAILED = "mislukt"


class StrainSignal(HasId, Base):
    """What somebody saw of a placement (*signaal*); open until it is settled with a reason.

    respite_need: in which weekends respite is asked for with it; None where it is not.
    """

    __tablename__ = "strain_signal"
    __table_args__ = (
        CheckConstraint("kind <> 'anders' OR note IS NOT NULL", name="other_explained"),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL) "
            "AND (settled_at IS NULL) = (settled_reason IS NULL)",
            name="settled_whole",
        ),
        Index(
            "ix_strain_signal_placement_id_open",
            "placement_id",
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    day: Mapped[date]
    kind: Mapped[SignalKind] = mapped_column(closed_list(SignalKind, "kind"))
    note: Mapped[str | None] = mapped_column(SealedText("strain_signal.note"))
    respite_need: Mapped[WeekendNeed | None] = mapped_column(
        closed_list(WeekendNeed, "respite_need")
    )
    actor: Mapped[str]
    role: Mapped[str]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    settled_reason: Mapped[str | None] = mapped_column(SealedText("strain_signal.settled_reason"))


class RespiteRound(HasId, Base):
    """One search for respite families (*respijtronde*): what was asked, and how it was proved.

    starts_on, until: the weekends it is for. radius_km: how far from the present foster family.
    is_nightly: asked for by the service itself, once a day.
    """

    __tablename__ = "respite_round"
    __table_args__ = (
        CheckConstraint("until > starts_on", name="in_order"),
        CheckConstraint("radius_km > 0", name="radius_km"),
        Index(
            "uq_respite_round_snapshot_day_nightly",
            "snapshot_day",
            unique=True,
            postgresql_where=text("is_nightly"),
        ),
    )

    state: Mapped[RoundState] = mapped_column(
        closed_list(RoundState, "state"), default=RoundState.WAITING
    )
    is_nightly: Mapped[bool] = mapped_column(default=False, server_default=false())
    snapshot_day: Mapped[date]
    starts_on: Mapped[date]
    until: Mapped[date]
    radius_km: Mapped[float]
    actor: Mapped[str]
    failure: Mapped[str | None]
    policy_version: Mapped[str | None]
    policy_text: Mapped[str | None]
    solver: Mapped[str | None]
    proof: Mapped[str | None]
    goals: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    finished_at: Mapped[datetime | None]


class RespiteLine(HasId, Base):
    """One placement in a round: what it asks, and the family proposed or why there is none.

    asked_since: since when its strain is known; who waits longest goes first. rhythms: the
    weekends in which the child would come, in one bed. reasons: sentences. offer_id: what came of
    it once somebody accepted.
    """

    __tablename__ = "respite_line"
    __table_args__ = (
        UniqueConstraint("round_id", "placement_id"),
        CheckConstraint(
            "(family_id IS NULL) = (place_id IS NULL) AND (family_id IS NULL) = (rhythms IS NULL)",
            name="proposed_whole",
        ),
    )

    round_id: Mapped[UUID] = mapped_column(ForeignKey("respite_round.id", ondelete="CASCADE"))
    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    need: Mapped[WeekendNeed] = mapped_column(closed_list(WeekendNeed, "need"))
    asked_since: Mapped[date]
    family_id: Mapped[UUID | None] = mapped_column(ForeignKey("family.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True)
    rhythms: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    km: Mapped[float | None]
    reasons: Mapped[list[str]] = mapped_column(JSONB, default=list)
    why_not: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_offer.id"), index=True)


class SupportOffer(HasId, Base):
    """What was offered so that a placement holds (*steunaanbod*), and whether it helped.

    taken_reason: why it was not taken up. family_id: of respite, the family where the child goes.
    ambulatory_id: of ambulatory support, which one the service found.
    """

    __tablename__ = "support_offer"
    __table_args__ = (
        CheckConstraint("kind <> 'anders' OR note IS NOT NULL", name="other_explained"),
        CheckConstraint("taken_up <> 'nee' OR taken_reason IS NOT NULL", name="no_explained"),
        CheckConstraint("until >= since", name="in_order"),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[SupportKind] = mapped_column(closed_list(SupportKind, "kind"))
    note: Mapped[str | None] = mapped_column(SealedText("support_offer.note"))
    offered_on: Mapped[date]
    taken_up: Mapped[TakenUp] = mapped_column(closed_list(TakenUp, "taken_up"))
    taken_reason: Mapped[str | None] = mapped_column(SealedText("support_offer.taken_reason"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    helped: Mapped[Helped] = mapped_column(closed_list(Helped, "helped"))
    helped_note: Mapped[str | None] = mapped_column(SealedText("support_offer.helped_note"))
    family_id: Mapped[UUID | None] = mapped_column(ForeignKey("family.id"), index=True)
    ambulatory_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("ambulatory_support.id"), index=True
    )
    actor: Mapped[str]
    role: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RespitePlace(Base):
    """A use of a place that a respite offer holds; it ends with the offer."""

    __tablename__ = "respite_place"

    offer_id: Mapped[UUID] = mapped_column(
        ForeignKey("support_offer.id", ondelete="CASCADE"), primary_key=True
    )
    occupation_id: Mapped[UUID] = mapped_column(
        ForeignKey("occupation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
