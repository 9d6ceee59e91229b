"""Weights learnt from the region's outcomes: each a proposal, and what people decided about it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Identity, false, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list


class WeightsVersion(HasId, Base):
    """A version of the weights (*weegfactoren*), as learnt; nothing of it ever changes.

    text: the weights file itself. learned_until: the peildatum. compared_with: the version that
    was in force. report: what was learnt; comparison: both versions on the same placements, None
    with too few outcomes for any check; counts: what did not count, and why. reranking: what the
    last run would have ranked differently, None until that is worked out.
    """

    __tablename__ = "weights_version"
    __table_args__ = (CheckConstraint("breakdowns <= placements", name="counts"),)

    version: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    learned_until: Mapped[date]
    placements: Mapped[int]
    breakdowns: Mapped[int]
    is_calibrated: Mapped[bool] = mapped_column(default=False, server_default=false())
    compared_with: Mapped[str]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    comparison: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    reranking: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class DecisionKind(StrEnum):
    """What a person decided about the score (*besluit*)."""

    ACCEPTED = "aanvaard"
    REJECTED = "afgewezen"
    ROLLED_BACK = "teruggedraaid"
    CHANCES_OFF = "kansen uitgezet"
    CHANCES_ON = "kansen aangezet"


class WeightsDecision(Base):
    """One decision of a person, with a reason; decisions are added and never changed.

    version: about which weights; None where it is about the chances as a whole. What is in force
    follows from all decisions in their order.
    """

    __tablename__ = "weights_decision"
    __table_args__ = (
        CheckConstraint(
            "(version IS NULL) = (kind IN ('kansen uitgezet', 'kansen aangezet'))",
            name="about_a_version",
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[DecisionKind] = mapped_column(closed_list(DecisionKind, "kind"))
    version: Mapped[str | None] = mapped_column(ForeignKey("weights_version.version"))
    reason: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
