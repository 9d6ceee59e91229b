"""The SELECTs on what was known of a child and a family when a placement began."""

from datetime import date
from typing import TypeVar
from uuid import UUID

import numpy as np
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.holding import BreakdownKind
from app.kernel.postcode import distance_km, pc4_of
from app.kernel.words import AreaQuality, CareForm, HousemateRole, Problem, Willingness
from app.models import (
    BegunPair,
    BegunState,
    BreakdownRecord,
    Child,
    Family,
    FamilyWillingness,
    Housemate,
    MatchRun,
    Placement,
    PlacementReview,
    PostcodeArea,
    Proposal,
    Registration,
    RegistrationProblem,
    RunState,
    SettingStay,
)
from app.models.match_run import REGION
from app.placed.taken_over import day_of

Point = tuple[float, float]
_Home = TypeVar("_Home", Placement, SettingStay)


def lock_child(session: Session, registration: Registration) -> None:
    """Let nobody else give the child of a registration a home until the transaction ends.

    After the registration and before a family or setting: a child may have two registrations.
    """
    session.execute(
        select(Child.id).where(Child.id == registration.child_id).with_for_update(key_share=True)
    )


def birthday_of(session: Session, child_id: UUID) -> date:
    """Return the day on which a child was born."""
    return session.scalars(select(Child.born_on).where(Child.id == child_id)).one()


def severity_of(session: Session, registration_id: UUID) -> dict[Problem, int]:
    """Return how severe each kind of problem of a child is."""
    rows = session.execute(
        select(RegistrationProblem.problem, RegistrationProblem.severity).where(
            RegistrationProblem.registration_id == registration_id
        )
    )
    return {row.problem: row.severity for row in rows}


def willingness_of(session: Session, family_id: UUID) -> dict[Problem, Willingness]:
    """Return a family's answer on each kind of problem that it was asked about."""
    rows = session.execute(
        select(FamilyWillingness.problem, FamilyWillingness.answer).where(
            FamilyWillingness.family_id == family_id
        )
    )
    return {row.problem: row.answer for row in rows}


def housemates_of(session: Session, family_id: UUID) -> tuple[tuple[HousemateRole, int], ...]:
    """Return who lives in a home: role and birth year."""
    rows = session.execute(
        select(Housemate.role, Housemate.birth_year)
        .where(Housemate.family_id == family_id)
        .order_by(Housemate.role, Housemate.birth_year)
    )
    return tuple((role, year) for role, year in rows)


def kilometres(session: Session, home: str, *others: str | None) -> list[float | None]:
    """Return how far a home is from other postcodes; None where either is not known for certain."""
    at = _points(session, {pc4_of(code) for code in (home, *others) if code})
    here = at.get(pc4_of(home))
    return [_between(here, at.get(pc4_of(code)) if code else None) for code in others]


def _points(session: Session, areas: set[str]) -> dict[str, Point]:
    rows = session.execute(
        select(PostcodeArea.pc4, PostcodeArea.lat, PostcodeArea.lon).where(
            among(PostcodeArea.pc4, areas), PostcodeArea.quality == AreaQuality.EXACT
        )
    )
    return {pc4: (lat, lon) for pc4, lat, lon in rows}


def _between(one: Point | None, other: Point | None) -> float | None:
    if one is None or other is None:
        return None
    return float(distance_km(*(np.array(value) for value in (*one, *other))))


def last_stated(
    session: Session, registration_id: UUID, family_id: UUID, *, since: date
) -> tuple[Proposal, str | None] | None:
    """Return what the newest finished run that weighed a pair stated, and by which weights.

    since: the first day of the placement. What a later run stated was not stated at its start.
    """
    row = session.execute(
        select(Proposal, MatchRun.weights_version)
        .join(MatchRun, MatchRun.id == Proposal.run_id)
        .where(
            MatchRun.region == REGION,
            MatchRun.state == RunState.DONE,
            Proposal.registration_id == registration_id,
            Proposal.family_id == family_id,
            day_of(MatchRun.created_at) <= since,
        )
        .order_by(MatchRun.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def other_homes(session: Session, placement: Placement) -> list[Placement]:
    """Return where the same child lives all week by another registration, and still does."""
    return list(
        session.scalars(
            _begun_before(Placement, placement).where(
                Placement.registration_id != placement.registration_id,
                Placement.form != CareForm.PART_TIME,
                ~Placement.is_bridging,
            )
        )
    )


def stays_before(session: Session, placement: Placement) -> list[SettingStay]:
    """Return where the same child stays in a care setting since before or on its first day."""
    return list(session.scalars(_begun_before(SettingStay, placement)))


def _begun_before(home: type[_Home], placement: Placement) -> Select[_Home]:
    """Select where the same child lives since before or on the first day of a placement; locked."""
    child = select(Registration.child_id).where(Registration.id == placement.registration_id)
    return (
        select(home)
        .join(Registration, Registration.id == home.registration_id)
        .where(
            Registration.child_id == child.scalar_subquery(),
            home.until.is_(None),
            home.since <= placement.since,
        )
        .with_for_update(of=home)
    )


def running_steps(session: Session, registration_id: UUID) -> list[BegunPair]:
    """Return what runs for a child, also past its term; nobody else can change it meanwhile."""
    return list(
        session.scalars(
            select(BegunPair)
            .where(
                BegunPair.registration_id == registration_id, BegunPair.state == BegunState.RUNNING
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def next_ordinal(session: Session, placement_id: UUID) -> int:
    """Return the number of the next review of a placement."""
    last = session.scalar(
        select(func.max(PlacementReview.ordinal)).where(
            PlacementReview.placement_id == placement_id
        )
    )
    return (last or 0) + 1


def has_breakdown_record(session: Session, placement_id: UUID) -> bool:
    """Return whether our own record says that a placement broke down; nearly is no breakdown."""
    found = exists().where(
        BreakdownRecord.placement_id == placement_id, BreakdownRecord.kind == BreakdownKind.BROKE
    )
    return bool(session.scalar(select(found)))


def family_of(session: Session, family_id: UUID) -> Family:
    """Return a family that is there."""
    return session.get_one(Family, family_id)
