"""Pairs that people have begun: from the first call to a family until a no or the hold's end."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.kernel.words import Rhythm
from app.models.slots import slot_indexes


class BegunState(StrEnum):
    """How it stands with a pair that was begun (*stand*)."""

    RUNNING = "loopt"
    NO = "nee"
    EXPIRED = "verlopen"


class NoBy(StrEnum):
    """Who said no (*door*); an objection of parents or child is weighed, it is no such no."""

    FAMILY = "gezin"
    PROVIDER = "aanbieder"


class BegunPair(HasId, Base):
    """A child and a family that people are busy with (*al in gang*): fixed input to every run.

    place_id: the place that is held meanwhile, in the child's rhythm; none for a request, where a
    brother or sister lives already and there is no free place. held_until: the last day on which
    it counts.
    """

    __tablename__ = "begun_pair"
    __table_args__ = (
        Index(
            "uq_begun_pair_registration_id_running",
            "registration_id",
            unique=True,
            postgresql_where=text("state = 'loopt'"),
        ),
        *slot_indexes("uq_begun_pair_place_id_running", "place_id", when="state = 'loopt'"),
        CheckConstraint("(place_id IS NULL) = is_request", name="place_unless_request"),
        CheckConstraint("held_until >= begun_on", name="in_order"),
        CheckConstraint("(state = 'loopt') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'nee') = (no_by IS NOT NULL)", name="no_by_someone"),
        CheckConstraint("state = 'loopt' OR reason IS NOT NULL", name="reason_of_end"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    rhythm: Mapped[Rhythm] = mapped_column(closed_list(Rhythm, "rhythm"))
    is_request: Mapped[bool]
    state: Mapped[BegunState] = mapped_column(
        closed_list(BegunState, "state"), default=BegunState.RUNNING
    )
    begun_on: Mapped[date]
    held_until: Mapped[date]
    ended_at: Mapped[datetime | None]
    no_by: Mapped[NoBy | None] = mapped_column(closed_list(NoBy, "no_by"))
    reason: Mapped[str | None]
    actor: Mapped[str]
