"""Ambulatory support for placements under strain: what there is, and what fits which placement."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list


class AmbulatorySupport(HasId, Base):
    """Help at home that a provider has (*ambulante hulp*), under the provider's own number.

    municipalities: where it comes, none named for the whole region. signs: of SignalKind, what it
    is for. places: free now, as the provider says; waiting_weeks: before a new family begins.
    """

    __tablename__ = "ambulatory_support"
    __table_args__ = (
        UniqueConstraint("provider_id", "number"),
        CheckConstraint("cardinality(signs) >= 1", name="signs"),
        CheckConstraint("places BETWEEN 0 AND 500", name="places"),
        CheckConstraint("waiting_weeks BETWEEN 0 AND 104", name="waiting_weeks"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str]
    name: Mapped[str]
    municipalities: Mapped[list[str]] = mapped_column(ARRAY(Text))
    signs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    places: Mapped[int]
    waiting_weeks: Mapped[int]
    confirmed_on: Mapped[date]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AmbulatoryLine(HasId, Base):
    """Support that fits a placement on the watch list (*hulpvoorstel*): advice until it is offered.

    rank: 1 fits best. reasons: sentences. offer_id: once somebody offered it.
    """

    __tablename__ = "ambulatory_line"
    __table_args__ = (
        Index(
            "uq_ambulatory_line_placement_id_support_id_open",
            "placement_id",
            "support_id",
            unique=True,
            postgresql_where=text("offer_id IS NULL"),
        ),
        CheckConstraint("rank >= 1", name="rank"),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    support_id: Mapped[UUID] = mapped_column(ForeignKey("ambulatory_support.id"), index=True)
    found_on: Mapped[date]
    rank: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSONB, default=list)
    offer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("support_offer.id", ondelete="SET NULL"), index=True
    )


class LookResult(StrEnum):
    """What came of looking for support for one placement (*uitkomst*)."""

    FOUND = "gevonden"
    NOTHING = "niets past"
    HAS_HELP = "heeft al hulp"
    NOT_STRAINED = "niet op de volglijst"


class AmbulatoryLook(Base):
    """The last time that the service looked for support for a placement, and what came of it."""

    __tablename__ = "ambulatory_look"

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True
    )
    looked_at: Mapped[datetime]
    result: Mapped[LookResult] = mapped_column(closed_list(LookResult, "result"))


class AmbulatorySearch(Base):
    """A night in which the service looked for all on the watch list by itself."""

    __tablename__ = "ambulatory_search"

    day: Mapped[date] = mapped_column(primary_key=True)
