"""Match runs and their proposals, with all that is needed to show a ranking again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedUse
from app.kernel.words import Rhythm
from app.models.slots import slot_indexes


class RunState(StrEnum):
    """Where a match run stands."""

    WAITING = "wacht"
    RUNNING = "loopt"
    DONE = "klaar"
    FAILED = "mislukt"
    REPLACED = "vervangen"


# One region now; the column is there so that a second one needs no new table.
REGION = "amsterdam"


class ProposalRole(StrEnum):
    """What a proposal is for its child."""

    PROPOSED = "voorstel"
    ALTERNATIVE = "alternatief"
    TO_DISCUSS = "te bespreken"
    UNDERWAY = "al in gang"


class MatchRun(HasId, Base):
    """One run of the engine: its inputs, versions, goals and proof.

    problem holds the whole frozen input (compressed NumPy archive), so that any ranking can be
    shown again; it contains no name and no BSN, and is sealed, for it tells what children
    believe. JSON, not JSONB: nobody searches in it, and the order of its fields stays as written.
    attempt counts the workers that have begun it: only the last one may write. weights_text: the
    weights asked for, None for those that ship; is_calibrated: whether a region's outcomes bear
    out its chances as numbers. failure also says why a run was replaced. published: proposals
    given with the request, by the child's number; None for those of the region's last finished
    run. tradeoffs: what its choices cost; None for a run from before this was kept.
    """

    __tablename__ = "match_run"
    __table_args__ = (
        Index(
            "uq_match_run_region_waiting",
            "region",
            unique=True,
            postgresql_where=text("state = 'wacht'"),
        ),
    )

    region: Mapped[str] = mapped_column(default=REGION, server_default=REGION)
    attempt: Mapped[int] = mapped_column(default=0, server_default="0")
    replaced_by: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id"))
    state: Mapped[RunState] = mapped_column(closed_list(RunState, "state"))
    actor: Mapped[str]
    snapshot_day: Mapped[date]
    policy_name: Mapped[str]
    policy_version: Mapped[str]
    policy_text: Mapped[str]
    weights_version: Mapped[str | None]
    weights_text: Mapped[str | None]
    is_calibrated: Mapped[bool] = mapped_column(default=False, server_default=false())
    code_version: Mapped[str]
    seed: Mapped[int]
    published: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))
    failure: Mapped[str | None]
    solver: Mapped[str | None]
    proof: Mapped[str | None]
    goals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    seconds: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    tradeoffs: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    problem: Mapped[bytes | None] = mapped_column(
        deferred=True, info=SealedUse("matchrun", "id").info()
    )
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class RunProgress(Base):
    """How far a run is, in a row of its own: written while the run's own rows are not yet there.

    share: from 0 to 1, an estimate.
    """

    __tablename__ = "run_progress"
    __table_args__ = (CheckConstraint("share BETWEEN 0 AND 1", name="share"),)

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("match_run.id", ondelete="CASCADE"), primary_key=True
    )
    attempt: Mapped[int]
    step: Mapped[str]
    share: Mapped[float]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RunCallList(Base):
    """Whom to call about a run (*bellijst*), and what a yes brings, as far as that is worked out.

    calls: positions in the run's own problem, rules and figures, so that nobody is in it by name or
    number; None while nobody is chosen yet. A call without its gain is still to be worked out,
    where not is_done. tries: how often what is in hand was begun; seconds: what all of it took.
    """

    __tablename__ = "run_call_list"

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("match_run.id", ondelete="CASCADE"), primary_key=True
    )
    calls: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    is_done: Mapped[bool] = mapped_column(default=False, server_default=false())
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    seconds: Mapped[float] = mapped_column(default=0.0, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Proposal(HasId, Base):
    """A proposal (*matchvoorstel*): advice, never a decision.

    place_id only for the role `voorstel`: within a run no place is proposed twice at the same
    time. is_request (*verzoek*): a placed sibling's family is asked without a free place.
    needs_support: the policy accepts its chance only with a support plan. since: the day on which
    people began, for what is `al in gang`. possible: of the role `voorstel`, how many families no
    hard rule refuses the child; None for a run from before this was kept.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("run_id", "registration_id", "role", "rank"),
        *slot_indexes(
            "uq_proposal_run_id_place_id", "run_id", "place_id", when="place_id IS NOT NULL"
        ),
        Index(
            "uq_proposal_run_id_registration_id_first",
            "run_id",
            "registration_id",
            unique=True,
            postgresql_where=text("role = 'voorstel'"),
        ),
        CheckConstraint("rank >= 1", name="rank"),
        CheckConstraint(
            "(role = 'voorstel' AND NOT is_request) = (place_id IS NOT NULL)",
            name="place_if_proposed",
        ),
        CheckConstraint("(role = 'al in gang') = (since IS NOT NULL)", name="since_if_underway"),
        CheckConstraint(
            "0 <= chance_low AND chance_low <= chance AND chance <= chance_high "
            "AND chance_high <= 1",
            name="chances_in_order",
        ),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"))
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    family_id: Mapped[UUID] = mapped_column(ForeignKey("family.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    role: Mapped[ProposalRole] = mapped_column(closed_list(ProposalRole, "role"))
    rank: Mapped[int]
    rhythm: Mapped[Rhythm] = mapped_column(
        closed_list(Rhythm, "rhythm"), default=Rhythm.FULL_TIME, server_default=Rhythm.FULL_TIME
    )
    is_request: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    needs_support: Mapped[bool] = mapped_column(default=False, server_default=false())
    since: Mapped[date | None]
    chance: Mapped[float]
    chance_low: Mapped[float]
    chance_high: Mapped[float]
    km: Mapped[float | None]
    possible: Mapped[int | None]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Unplaced(Base):
    """A waiting child without a proposal in a run, and why not; possible: as of a proposal."""

    __tablename__ = "unplaced"

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("match_run.id", ondelete="CASCADE"), primary_key=True
    )
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    why_not: Mapped[dict[str, Any]] = mapped_column(JSON)
    possible: Mapped[int | None]
