"""Placements: which child lives with which family, from when to when, and how it ended."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm, Rhythm


class PlacementOrigin(StrEnum):
    """How a placement came about (*herkomst*)."""

    DECISION = "besluit"
    CRISIS = "crisis"
    TOLD = "gemeld"
    MOVED = "verplaatst"


class Placement(HasId, Base):
    """A placement (*plaatsing*). until: the last day; none while it runs.

    is_bridging: a crisis bed, from which the child is searched for and waits on. form: as it is
    now; as it was then: `app/placed/forms.py`. pair_id: the step that led to it. follows_id:
    the placement that the child moved from. allocation_number: iJw toewijzingsnummer. together:
    with brothers or sisters in this family at the start (or within two weeks); None without any.
    outside_ground and the yeses: as told of what did not come from a step (ADR 0066); so is
    choice_reason.
    no_follow_up_reason: why nobody searches on from a crisis family.
    """

    __tablename__ = "placement"
    __table_args__ = (
        Index(
            "uq_placement_registration_id_running",
            "registration_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
        CheckConstraint("until >= since", name="in_order"),
    )

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    is_bridging: Mapped[bool] = mapped_column(default=False, server_default=false())
    form: Mapped[CareForm] = mapped_column(closed_list(CareForm, "form"))
    rhythm: Mapped[Rhythm] = mapped_column(
        closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME, server_default=Rhythm.FULL_TIME
    )
    origin: Mapped[PlacementOrigin] = mapped_column(closed_list(PlacementOrigin, "origin"))
    pair_id: Mapped[UUID | None] = mapped_column(ForeignKey("begun_pair.id"), index=True)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement.id"), index=True)
    allocation_number: Mapped[str | None] = mapped_column(SealedText("placement.allocation_number"))
    together: Mapped[bool | None]
    split_reason: Mapped[str | None] = mapped_column(SealedText("placement.split_reason"))
    support_plan: Mapped[str | None] = mapped_column(SealedText("placement.support_plan"))
    no_support_reason: Mapped[str | None] = mapped_column(SealedText("placement.no_support_reason"))
    outside_ground: Mapped[OutsideGround | None] = mapped_column(
        closed_list(OutsideGround, "outside_ground")
    )
    provider_yes_on: Mapped[date | None]
    referrer_yes_on: Mapped[date | None]
    referrer: Mapped[str | None] = mapped_column(SealedText("placement.referrer"))
    choice_reason: Mapped[str | None] = mapped_column(SealedText("placement.choice_reason"))
    no_follow_up_reason: Mapped[str | None] = mapped_column(
        SealedText("placement.no_follow_up_reason")
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class PlacementBasis(Base):
    """What was known when a placement began, and the chance of breakdown that was stated then.

    facts: the columns of `plaatsingen-historie.csv` about child and family, by name, as written
    there; so that outcomes can be learnt from later. chance: 0..1 over horizon_months, by the
    weights of that day; None where no run had weighed the pair.
    """

    __tablename__ = "placement_basis"
    __table_args__ = (
        CheckConstraint(
            "0 <= chance_low AND chance_low <= chance AND chance <= chance_high "
            "AND chance_high <= 1",
            name="chances_in_order",
        ),
        CheckConstraint("(chance IS NULL) = (weights_version IS NULL)", name="chance_by_weights"),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True
    )
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    chance: Mapped[float | None]
    chance_low: Mapped[float | None]
    chance_high: Mapped[float | None]
    horizon_months: Mapped[int | None]
    weights_version: Mapped[str | None]
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class PlacementEnding(Base):
    """How a placement ended; the last day stands in the placement itself.

    label: what it counts as, by rule or, where the rule cannot say, by the person in judged_by.
    """

    __tablename__ = "placement_ending"
    __table_args__ = (
        CheckConstraint(
            "(judged_by IS NULL) = (judged_at IS NULL) "
            "AND (judged_by IS NULL) = (judged_reason IS NULL)",
            name="judged_whole",
        ),
    )

    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[EndCode] = mapped_column(closed_list(EndCode, "code"))
    went_to: Mapped[WentTo] = mapped_column(closed_list(WentTo, "went_to"))
    label: Mapped[EndLabel] = mapped_column(closed_list(EndLabel, "label"), index=True)
    note: Mapped[str | None] = mapped_column(
        SealedText("placement_ending.note", owner="placement_id")
    )
    actor: Mapped[str]
    role: Mapped[str]
    judged_by: Mapped[str | None]
    judged_at: Mapped[datetime | None]
    judged_reason: Mapped[str | None] = mapped_column(
        SealedText("placement_ending.judged_reason", owner="placement_id")
    )
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
