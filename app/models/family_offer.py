"""What a family offers and who lives there: forms, places, willingness, housemates."""

from datetime import date, datetime
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
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.kernel.words import CareForm, HousemateRole, Problem, Rhythm, Willingness
from app.models.slots import slot_indexes

_OPEN = "released_at IS NULL"


class FamilyForm(Base):
    """A form of care that a family offers."""

    __tablename__ = "family_form"

    family_id: Mapped[UUID] = mapped_column(
        ForeignKey("family.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[CareForm] = mapped_column(closed_list(CareForm, "form"), primary_key=True)


class FamilyWillingness(Base):
    """A family's answer on one kind of problem; no row means: not asked."""

    __tablename__ = "family_willingness"

    family_id: Mapped[UUID] = mapped_column(
        ForeignKey("family.id", ondelete="CASCADE"), primary_key=True
    )
    problem: Mapped[Problem] = mapped_column(closed_list(Problem, "problem"), primary_key=True)
    answer: Mapped[Willingness] = mapped_column(closed_list(Willingness, "answer"))


class Housemate(HasId, Base):
    """A carer or a child in the home; only the birth year is known."""

    __tablename__ = "housemate"
    __table_args__ = (CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year"),)

    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    role: Mapped[HousemateRole] = mapped_column(closed_list(HousemateRole, "role"))
    birth_year: Mapped[int]


class Place(HasId, Base):
    """A place (*plaats*): one bed of a family. Never given twice; see Occupation.

    A place that the provider no longer offers stays as a row: runs of the past point to it.
    forms: for which of the family's forms it is, None for all. available_from, available_until:
    of this place alone, beside those of the family.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("family_id", "ordinal"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
        CheckConstraint("available_from <= available_until", name="availability_in_order"),
        CheckConstraint(
            "forms <@ ARRAY['crisis','hulpverlening','opvoeding','deeltijd']::text[] "
            "AND cardinality(forms) >= 1",
            name="forms",
        ),
    )

    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    rhythm: Mapped[Rhythm] = mapped_column(closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME)
    is_offered: Mapped[bool] = mapped_column(default=True)
    forms: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]


class Occupation(HasId, Base):
    """A place in use: by a registered child, or by one that only its provider knows.

    from_outside: by a child that was placed from outside the region, as its provider tells.
    crisis_report_id: locked by a yes in the night, for a child whose file is still to come.

    The partial unique indexes, one a rhythm, keep a place from being given twice at the same time,
    whatever Python does.
    """

    __tablename__ = "occupation"
    __table_args__ = (
        *slot_indexes("uq_occupation_place_id_open", "place_id", when=_OPEN),
        Index("ix_occupation_place_id_open", "place_id", postgresql_where=text(_OPEN)),
        CheckConstraint("released_at >= since", name="in_order"),
    )

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    rhythm: Mapped[Rhythm] = mapped_column(
        closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME, server_default=Rhythm.FULL_TIME
    )
    crisis_report_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("crisis_report.id"), index=True
    )
    since: Mapped[datetime]
    released_at: Mapped[datetime | None]
    from_outside: Mapped[bool] = mapped_column(default=False, server_default=false())

    def release(self, moment: datetime) -> None:
        """Let the place go; never before it was taken, though a clock went back meanwhile."""
        self.released_at = max(moment, self.since)
