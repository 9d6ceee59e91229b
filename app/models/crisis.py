"""The crisis desk: reports of the night, calls to families, and the numbers to call."""

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
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.words import Gender


class CrisisState(StrEnum):
    """How it stands with a report of a crisis (*stand*)."""

    SEARCHING = "zoekt bed"
    FOUND = "bed gevonden"
    LINKED = "dossier gekoppeld"
    CLOSED = "gesloten"


class CallOutcome(StrEnum):
    """What a call brought (*uitkomst*)."""

    YES = "ja"
    NO = "nee"
    NO_ANSWER = "geen gehoor"


class CrisisReport(HasId, Base):
    """A child for whom a bed is needed tonight (*crisismelding*): six fields, no name, no BSN.

    siblings: those who must come along, each `leeftijd` and `geslacht`. postcode: where they are
    now. file_due: the last day on which the rest of the file must be there, once there is a bed.
    reunite_by: where the bed was not for all of them. registration_id: of the child itself, or of
    the first brother or sister who was linked. released_because: why beds were given back, each
    time.
    """

    __tablename__ = "crisis_report"
    __table_args__ = (
        CheckConstraint("age BETWEEN 0 AND 20", name="age"),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="postcode"),
        CheckConstraint(
            "CASE state WHEN 'dossier gekoppeld' THEN registration_id IS NOT NULL "
            "WHEN 'bed gevonden' THEN true ELSE registration_id IS NULL END",
            name="linked",
        ),
        CheckConstraint("(state = 'gesloten') = (closed_because IS NOT NULL)", name="closed"),
    )

    age: Mapped[int]
    gender: Mapped[Gender] = mapped_column(closed_list(Gender, "gender"))
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    siblings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    postcode: Mapped[str]
    call_back: Mapped[str] = mapped_column(SealedText("crisis_report.call_back"))
    state: Mapped[CrisisState] = mapped_column(
        closed_list(CrisisState, "state"), default=CrisisState.SEARCHING
    )
    file_due: Mapped[date | None]
    reunite_by: Mapped[date | None]
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"))
    released_because: Mapped[str | None] = mapped_column(
        SealedText("crisis_report.released_because")
    )
    closed_because: Mapped[str | None] = mapped_column(SealedText("crisis_report.closed_because"))
    actor: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CrisisChild(HasId, Base):
    """Which registered child is which one of a crisis report; never changed afterwards.

    ordinal: 0 for the child of the report, 1 and on for its siblings in their order.
    differs_because: why it is that one though age or gender is another.
    """

    __tablename__ = "crisis_child"
    __table_args__ = (
        UniqueConstraint("report_id", "ordinal"),
        CheckConstraint("ordinal >= 0", name="ordinal"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("crisis_report.id"))
    ordinal: Mapped[int]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    differs_because: Mapped[str | None] = mapped_column(SealedText("crisis_child.differs_because"))
    actor: Mapped[str]


class CrisisCall(HasId, Base):
    """A call to a family for a report; nothing of it is changed or removed afterwards.

    beds: how many were locked by a yes.
    """

    __tablename__ = "crisis_call"
    __table_args__ = (
        CheckConstraint("(outcome = 'ja') = (beds > 0)", name="beds_if_yes"),
        Index("ix_crisis_call_report_id", "report_id"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("crisis_report.id"))
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    outcome: Mapped[CallOutcome] = mapped_column(closed_list(CallOutcome, "outcome"))
    beds: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    note: Mapped[str] = mapped_column(SealedText("crisis_call.note"))
    actor: Mapped[str]


class DutyNumber(Base):
    """Where a provider can be called at night (*bereikbaarheidsdienst*)."""

    __tablename__ = "duty_number"

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    phone: Mapped[str] = mapped_column(SealedText("duty_number.phone", owner="provider_id"))
    remark: Mapped[str] = mapped_column(SealedText("duty_number.remark", owner="provider_id"))
    updated_at: Mapped[datetime]


class FamilyPhone(Base):
    """Where a family can be called."""

    __tablename__ = "family_phone"

    family_id: Mapped[UUID] = mapped_column(
        ForeignKey("family.id", ondelete="CASCADE"), primary_key=True
    )
    phone: Mapped[str] = mapped_column(SealedText("family_phone.phone", owner="family_id"))
    updated_at: Mapped[datetime]
