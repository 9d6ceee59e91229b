"""Seeing a file in need that one's role does not show: why, until when, and what was said of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText


class EmergencyOccasion(StrEnum):
    """What made it necessary (*aanleiding*)."""

    UNSAFE = "acute onveiligheid"
    MEDICAL = "medische nood"
    MISSING = "vermissing"
    NO_BED = "plaats voor vannacht"
    OTHER = "anders"


class EmergencyJudgement(StrEnum):
    """What a coordinator or an auditor said of it afterwards (*oordeel*)."""

    RIGHT = "terecht"
    WRONG = "onterecht"


class EmergencyAccess(HasId, Base):
    """Leave for one person to see one child's file for a short time (*noodtoegang*).

    reason: typed, so it stands here and never in the log. organisation and provider_id: of whoever
    opened it. until: when it ends by itself; closed_at: when it was ended before that.
    """

    __tablename__ = "emergency_access"
    __table_args__ = (
        CheckConstraint("until > created_at", name="until"),
        CheckConstraint("until <= created_at + interval '8 hours'", name="short"),
        CheckConstraint("num_nulls(judgement, judged_at, judged_by) IN (0, 3)", name="judged"),
        Index("ix_emergency_access_registration_id", "registration_id"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    actor: Mapped[str]
    role: Mapped[str]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    organisation: Mapped[str | None]
    occasion: Mapped[EmergencyOccasion] = mapped_column(closed_list(EmergencyOccasion, "occasion"))
    reason: Mapped[str] = mapped_column(SealedText("emergency_access.reason"))
    until: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    judgement: Mapped[EmergencyJudgement | None] = mapped_column(
        closed_list(EmergencyJudgement, "judgement")
    )
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str | None]
    judged_because: Mapped[str | None] = mapped_column(
        SealedText("emergency_access.judged_because")
    )
