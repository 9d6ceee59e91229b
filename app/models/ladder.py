"""Care settings with places, steps on the ladder, stays, and who of the network was asked."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedJson, SealedText
from app.kernel.ladder import (
    LadderReason,
    MentorResult,
    NetworkAnswer,
    NetworkPurpose,
    Relation,
    Rung,
    SettingKind,
)
from app.kernel.words import GenderPreference


class CareSetting(HasId, Base):
    """A gezinshuis, leefhuis or residential place (*zorgsetting*) under its provider's number.

    taken_elsewhere: places used by children whom this service does not know; stays that it does
    know come on top. available_from: None for now.
    """

    __tablename__ = "care_setting"
    __table_args__ = (
        UniqueConstraint("provider_id", "number"),
        CheckConstraint("0 <= min_age AND min_age <= max_age AND max_age <= 23", name="ages"),
        CheckConstraint(
            "0 <= taken_elsewhere AND taken_elsewhere <= places AND places <= 200", name="places"
        ),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="postcode"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str]
    kind: Mapped[SettingKind] = mapped_column(closed_list(SettingKind, "kind"))
    name: Mapped[str]
    postcode: Mapped[str]
    place_name: Mapped[str]
    min_age: Mapped[int]
    max_age: Mapped[int]
    gender: Mapped[GenderPreference] = mapped_column(closed_list(GenderPreference, "gender"))
    places: Mapped[int]
    taken_elsewhere: Mapped[int]
    available_from: Mapped[date | None]
    confirmed_on: Mapped[date]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class LadderStep(HasId, Base):
    """A step that a person took for a child (*laddertrede*); nothing of it is changed afterwards.

    why_not: by rung that is more like home, why that one was not taken.
    """

    __tablename__ = "ladder_step"
    __table_args__ = (
        CheckConstraint("reason <> 'anders' OR note IS NOT NULL", name="other_explained"),
        CheckConstraint(
            "(setting_id IS NOT NULL) = (rung IN ('gezinshuis', 'leefhuis', 'residentieel'))",
            name="setting_where_it_is_one",
        ),
        Index("ix_ladder_step_day", "day"),
    )

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    rung: Mapped[Rung] = mapped_column(closed_list(Rung, "rung"))
    setting_id: Mapped[UUID | None] = mapped_column(ForeignKey("care_setting.id"), index=True)
    day: Mapped[date]
    reason: Mapped[LadderReason] = mapped_column(closed_list(LadderReason, "reason"))
    note: Mapped[str | None] = mapped_column(SealedText("ladder_step.note"))
    why_not: Mapped[dict[str, Any]] = mapped_column(SealedJson("ladder_step.why_not"))
    actor: Mapped[str]
    role: Mapped[str]


class SettingStay(HasId, Base):
    """A stay in a care setting (*verblijf*): it takes a place until it ends."""

    __tablename__ = "setting_stay"
    __table_args__ = (
        CheckConstraint("until >= since", name="in_order"),
        CheckConstraint("(until IS NULL) = (end_reason IS NULL)", name="ended_whole"),
        Index(
            "uq_setting_stay_registration_id_running",
            "registration_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )

    setting_id: Mapped[UUID] = mapped_column(ForeignKey("care_setting.id"), index=True)
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    step_id: Mapped[UUID] = mapped_column(ForeignKey("ladder_step.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(SealedText("setting_stay.end_reason"))


class NetworkInquiry(HasId, Base):
    """Somebody of the network was asked (*netwerkvraag*): by kind of relation, never by name."""

    __tablename__ = "network_inquiry"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[NetworkPurpose] = mapped_column(closed_list(NetworkPurpose, "purpose"))
    relation: Mapped[Relation] = mapped_column(closed_list(Relation, "relation"))
    asked_on: Mapped[date]
    answer: Mapped[NetworkAnswer] = mapped_column(closed_list(NetworkAnswer, "answer"))
    note: Mapped[str | None] = mapped_column(SealedText("network_inquiry.note"))
    actor: Mapped[str]
    role: Mapped[str]


class MentorCase(HasId, Base):
    """A JIM beside a child (*JIM-traject*): from when, until when, and what came of it."""

    __tablename__ = "mentor_case"
    __table_args__ = (
        CheckConstraint("until >= since", name="in_order"),
        CheckConstraint("(result = 'loopt') = (until IS NULL)", name="ended_whole"),
        Index(
            "uq_mentor_case_registration_id_running",
            "registration_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    relation: Mapped[Relation] = mapped_column(closed_list(Relation, "relation"))
    since: Mapped[date]
    until: Mapped[date | None]
    result: Mapped[MentorResult] = mapped_column(closed_list(MentorResult, "result"))
    note: Mapped[str | None] = mapped_column(SealedText("mentor_case.note"))
    actor: Mapped[str]
    role: Mapped[str]
