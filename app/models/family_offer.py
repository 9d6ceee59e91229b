"""What a family offers and who lives there: forms, places, willingness, housemates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
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
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("family_id", "ordinal"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
    )

    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    rhythm: Mapped[Rhythm] = mapped_column(closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME)
    is_offered: Mapped[bool] = mapped_column(default=True)


class Occupation(HasId, Base):
    """A place in use: by a registered child, or by one that only its provider knows.

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
