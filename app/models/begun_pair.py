"""Pairs that people have begun: from the first call to a family until a no, an end, a placement."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.phases import DeclineReason, NoBy, Phase
from app.kernel.words import Rhythm
from app.models.slots import slot_indexes


class BegunState(StrEnum):
    """How it stands with a pair that was begun (*stand*)."""

    RUNNING = "loopt"
    NO = "nee"
    EXPIRED = "verlopen"
    PLACED = "geplaatst"


class BegunPair(HasId, Base):
    """A child and a family that people are busy with (*al in gang*): fixed input to every run.

    place_id: the place that is held meanwhile, in the child's rhythm; none for a request, where a
    brother or sister lives already and there is no free place. held_until: the last day on which it
    counts; lapse_told: the last day of which it was told that it is over. phase: how far people
    are. run_id: the child's last finished run when it was begun; choice_reason: why this family,
    where that run did not come to it first. support_plan, or no_support_reason: only where the
    match asked for one. split_reason: why brothers and sisters who wish to be together go to
    different families.
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
        CheckConstraint("(state = 'geplaatst') = (phase = 'plaatsing')", name="placed_in_phase"),
        CheckConstraint("decline_reason IS NULL OR state = 'nee'", name="declined"),
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
    lapse_told: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    no_by: Mapped[NoBy | None] = mapped_column(closed_list(NoBy, "no_by"))
    reason: Mapped[str | None] = mapped_column(SealedText("begun_pair.reason"))
    phase: Mapped[Phase] = mapped_column(
        closed_list(Phase, "phase"), default=Phase.PROPOSED, server_default=Phase.PROPOSED
    )
    decline_reason: Mapped[DeclineReason | None] = mapped_column(
        closed_list(DeclineReason, "decline_reason")
    )
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id"))
    is_first_choice: Mapped[bool] = mapped_column(default=False, server_default=false())
    choice_reason: Mapped[str | None] = mapped_column(SealedText("begun_pair.choice_reason"))
    support_plan: Mapped[str | None] = mapped_column(SealedText("begun_pair.support_plan"))
    no_support_reason: Mapped[str | None] = mapped_column(
        SealedText("begun_pair.no_support_reason")
    )
    split_reason: Mapped[str | None] = mapped_column(SealedText("begun_pair.split_reason"))
    actor: Mapped[str]


def holds_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether a pair still holds its place on a day: nobody may have ended what ran out."""
    return and_(BegunPair.state == BegunState.RUNNING, BegunPair.held_until >= day)
