"""Registrations: one child's request for foster care."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedJson, SealedText
from app.kernel.words import (
    CareForm,
    OtherChildrenWish,
    Problem,
    Rhythm,
    SiblingWish,
    Urgency,
    VisitPlace,
)


class RegistrationState(StrEnum):
    """Where a registration stands (*stand*)."""

    SEARCHING = "zoekt"
    PLACED = "geplaatst"
    CLOSED = "gesloten"
    WITHDRAWN = "ingetrokken"


class WithdrawalReason(StrEnum):
    """Why the search for a child was ended without a placement (*intrekkingsreden*)."""

    STAYED_HOME = "thuis gebleven"
    OWN_NETWORK = "netwerk zonder pleegzorg"
    OTHER_CARE = "andere hulp"
    MOVED = "verhuisd"
    OTHER = "anders"


class Registration(HasId, Base):
    """A registration (*aanmelding*); a child has one active registration at a time.

    sibling_wish is what this registration says; the group holds what counts for all.
    end_unknown: why nobody knows yet until when the child may stay where it is (no leave_by).
    in_network_since: the child lives with its network family, where screening runs.
    field_digests: keyed, by Dutch name; they tell in which fields another file differs (None:
    stored before these were kept). owner_organisation: the referrer that registered the child by
    itself and may read and correct it; None when the intake did. follows_id: the registration that
    this one goes on from. first_registered_on, clock_from: what the waiting of before says, None
    where there was none (ADR 0036).
    """

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_child_id_active",
            "child_id",
            unique=True,
            postgresql_where=text("state = 'zoekt'"),
        ),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="postcode"),
        CheckConstraint("school_postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="school_postcode"),
        CheckConstraint("expected_months > 0", name="expected_months"),
        CheckConstraint("sdq_total BETWEEN 0 AND 40", name="sdq_total"),
        CheckConstraint("earlier_placements >= 0", name="earlier_placements"),
        CheckConstraint("earlier_breakdowns >= 0", name="earlier_breakdowns"),
        CheckConstraint("visits_per_month >= 0", name="visits_per_month"),
        CheckConstraint(
            "(sibling_group_id IS NULL) = (sibling_wish IS NULL)", name="sibling_wish_with_group"
        ),
        CheckConstraint("rhythm = 'voltijd' OR care_form = 'deeltijd'", name="rhythm_part_time"),
        CheckConstraint(
            "withdrawal_reason IS NULL OR state = 'ingetrokken'", name="reason_if_withdrawn"
        ),
    )

    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RegistrationState] = mapped_column(closed_list(RegistrationState, "state"))
    care_form: Mapped[CareForm] = mapped_column(closed_list(CareForm, "care_form"))
    urgency: Mapped[Urgency] = mapped_column(closed_list(Urgency, "urgency"))
    referrer: Mapped[str] = mapped_column(SealedText("registration.referrer"))
    legal_frame: Mapped[str] = mapped_column(SealedText("registration.legal_frame"))
    order_issued_on: Mapped[date | None]
    order_setting: Mapped[str | None] = mapped_column(SealedText("registration.order_setting"))
    postcode: Mapped[str]
    municipality: Mapped[str]
    staying_now: Mapped[str] = mapped_column(SealedText("registration.staying_now"))
    leave_by: Mapped[date | None]
    end_unknown: Mapped[str | None] = mapped_column(SealedText("registration.end_unknown"))
    registered_on: Mapped[date]
    needed_from: Mapped[date]
    expected_months: Mapped[int]
    school_postcode: Mapped[str | None]
    keep_school: Mapped[bool]
    sibling_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sibling_group.id"), index=True
    )
    sibling_wish: Mapped[SiblingWish | None] = mapped_column(
        closed_list(SiblingWish, "sibling_wish")
    )
    rhythm: Mapped[Rhythm] = mapped_column(
        closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME, server_default=Rhythm.FULL_TIME
    )
    sdq_total: Mapped[int | None]
    earlier_placements: Mapped[int]
    earlier_breakdowns: Mapped[int]
    residential_past: Mapped[bool]
    allergies: Mapped[list[str]] = mapped_column(ARRAY(Text))
    needs_smoke_free: Mapped[bool]
    needs_wheelchair: Mapped[bool]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    faith_wish: Mapped[str | None] = mapped_column(SealedText("registration.faith_wish"))
    visits_per_month: Mapped[float]
    visit_place: Mapped[VisitPlace] = mapped_column(closed_list(VisitPlace, "visit_place"))
    secret_placement: Mapped[bool]
    network_researched: Mapped[bool]
    network_family: Mapped[str | None]
    network_refused_reason: Mapped[str | None] = mapped_column(
        SealedText("registration.network_refused_reason")
    )
    in_network_since: Mapped[date | None]
    mentor: Mapped[str | None] = mapped_column(SealedText("registration.mentor"))
    other_children: Mapped[OtherChildrenWish] = mapped_column(
        closed_list(OtherChildrenWish, "other_children")
    )
    child_voice: Mapped[str] = mapped_column(SealedText("registration.child_voice"))
    prevention: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("registration.prevention"))
    split_reason: Mapped[str | None] = mapped_column(SealedText("registration.split_reason"))
    reunite_by: Mapped[date | None]
    big5: Mapped[dict[str, Any]] = mapped_column(JSONB)
    withdrawal_reason: Mapped[WithdrawalReason | None] = mapped_column(
        closed_list(WithdrawalReason, "withdrawal_reason")
    )
    withdrawn_at: Mapped[datetime | None]
    owner_organisation: Mapped[str | None] = mapped_column(index=True)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    first_registered_on: Mapped[date | None]
    clock_from: Mapped[date | None]
    content_hash: Mapped[str]
    field_digests: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    is_destroyed: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def waiting_since(self) -> date:
        """Return the day from which this child waits: its own, or what earlier waiting makes it."""
        return min(self.registered_on, self.clock_from or self.registered_on)


class RegistrationProblem(Base):
    """How severe one kind of problem is: 0 none, 1 light, 2 clear, 3 severe."""

    __tablename__ = "registration_problem"
    __table_args__ = (CheckConstraint("severity BETWEEN 0 AND 3", name="severity"),)

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    problem: Mapped[Problem] = mapped_column(closed_list(Problem, "problem"), primary_key=True)
    severity: Mapped[int]


class ExcludedArea(HasId, Base):
    """An area where the child may not live: a postcode with a radius in km (contact ban)."""

    __tablename__ = "excluded_area"
    __table_args__ = (
        CheckConstraint("radius_km > 0", name="radius_km"),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name="postcode"),
    )

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    postcode: Mapped[str]
    radius_km: Mapped[float]


class RecordedNo(HasId, Base):
    """A no of a family or its provider to one child: the pair is never proposed again."""

    __tablename__ = "recorded_no"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(SealedText("recorded_no.reason"))
