"""The rows of the fairness board: each child of a period, and each family that was asked for it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Date, Subquery, false, func, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, defer, undefer

from app.db.bulk import among
from app.kernel.endings import EndLabel
from app.kernel.words import Problem
from app.models import (
    BegunPair,
    BegunState,
    Child,
    Family,
    MatchRun,
    Placement,
    PlacementBasis,
    PlacementEnding,
    Proposal,
    ProposalRole,
    Provider,
    Registration,
    RegistrationProblem,
    RunState,
    Unplaced,
)
from app.placed.taken_over import stated_at_start, was_taken_over

_SINCE = func.least(Registration.registered_on, Registration.clock_from, type_=Date)
_OPTIONS = (ProposalRole.PROPOSED, ProposalRole.ALTERNATIVE)
_ENDED = (BegunState.NO, BegunState.PLACED, BegunState.EXPIRED)


class ChildRow(NamedTuple):
    """A registration with its first placement that is no bridge; None where there is none.

    chance: None too where a run after the first day stated it. is_taken_over: the placement ran
    before the service was told of it.
    """

    registration: UUID
    since: date
    withdrawn_on: Any
    born_on: date
    gender: str
    form: str
    municipality: str
    languages: list[str]
    wheelchair: bool
    siblings: UUID | None
    lvb: int | None
    placed_on: date | None
    until: date | None
    provider: str | None
    label: EndLabel | None
    chance: float | None
    horizon: int | None
    weights_version: str | None
    is_taken_over: bool = False


def children_between(session: Session, first: date, last: date) -> list[ChildRow]:
    """Return the children who were registered in a period, by id."""
    placed = _first_placements()
    rows = session.execute(
        select(
            Registration.id,
            _SINCE,
            Registration.withdrawn_at,
            Child.born_on,
            Child.gender,
            Registration.care_form,
            Registration.municipality,
            Registration.languages,
            Registration.needs_wheelchair,
            Registration.sibling_group_id,
            RegistrationProblem.severity,
            placed.c.since,
            placed.c.until,
            Provider.name,
            PlacementEnding.label,
            stated_at_start(PlacementBasis.chance, placed.c.since),
            PlacementBasis.horizon_months,
            PlacementBasis.weights_version,
            func.coalesce(was_taken_over(placed.c), false()),
        )
        .join(Child, Child.id == Registration.child_id)
        .outerjoin(
            RegistrationProblem,
            (RegistrationProblem.registration_id == Registration.id)
            & (RegistrationProblem.problem == Problem.LEARNING_DISABILITY),
        )
        .outerjoin(placed, placed.c.registration_id == Registration.id)
        .outerjoin(Provider, Provider.id == placed.c.provider_id)
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == placed.c.id)
        .outerjoin(PlacementBasis, PlacementBasis.placement_id == placed.c.id)
        .outerjoin(MatchRun, MatchRun.id == PlacementBasis.run_id)
        # What is left of a destroyed file says x, without a disability, alone: of nobody.
        .where(Registration.registered_on.between(first, last), ~Registration.is_destroyed)
        .order_by(Registration.id)
    )
    return [ChildRow._make(row) for row in rows]


def _first_placements() -> Subquery:
    return (
        select(Placement)
        .where(~Placement.is_bridging)
        .ext(distinct_on(Placement.registration_id))
        .order_by(Placement.registration_id, Placement.since, Placement.id)
        .subquery()
    )


def asked_for(session: Session, first: date, last: date) -> Sequence[Any]:
    """Return registration, provider and state of each step of those children that has ended."""
    return session.execute(
        select(BegunPair.registration_id, Provider.name, BegunPair.state)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .join(Family, Family.id == BegunPair.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Registration.registered_on.between(first, last), BegunPair.state.in_(_ENDED))
    ).all()


def possible_of(session: Session, children: Collection[UUID]) -> dict[UUID, int]:
    """Return how many families no hard rule refused each child, by the last run that kept it."""
    kept = union_all(
        *(
            select(row.registration_id, row.run_id, row.possible).where(
                row.possible.is_not(None), among(row.registration_id, children)
            )
            for row in (Proposal, Unplaced)
        )
    ).subquery()
    newest = (
        select(kept.c.registration_id, kept.c.possible)
        .ext(distinct_on(kept.c.registration_id))
        .order_by(kept.c.registration_id, kept.c.run_id.desc())
    )
    return dict(session.execute(newest).all())


def named_of(session: Session, children: Collection[UUID]) -> dict[UUID, int]:
    """Return how many families the last run named for each child that took part in one.

    A proposal and at most five others: only for runs from before `possible` was kept.
    """
    told = (
        select(Proposal.registration_id, Proposal.run_id, func.count().label("options"))
        .where(Proposal.role.in_(_OPTIONS), among(Proposal.registration_id, children))
        .group_by(Proposal.registration_id, Proposal.run_id)
    )
    nobody = (
        select(Unplaced.registration_id, Unplaced.run_id, func.count() * 0)
        .where(among(Unplaced.registration_id, children))
        .group_by(Unplaced.registration_id, Unplaced.run_id)
    )
    both = told.union_all(nobody).subquery()
    newest = (
        select(both.c.registration_id, func.sum(both.c.options))
        .group_by(both.c.registration_id, both.c.run_id)
        .ext(distinct_on(both.c.registration_id))
        .order_by(both.c.registration_id, both.c.run_id.desc())
    )
    return {registration: int(count) for registration, count in session.execute(newest)}


def last_weighed_run(session: Session) -> MatchRun | None:
    """Return the newest finished run, with what its choices cost."""
    return session.scalars(
        select(MatchRun)
        .options(undefer(MatchRun.tradeoffs), defer(MatchRun.problem))
        .where(MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    ).one_or_none()
