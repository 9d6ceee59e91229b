"""The SELECTs that a match needs: waiting children and all families, sorted by number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, collate, select
from sqlalchemy.orm import Session

from app.kernel.words import HousemateRole, Problem, Willingness
from app.models import (
    Child,
    ExcludedArea,
    Family,
    FamilyForm,
    FamilyWillingness,
    Housemate,
    PostcodeArea,
    Provider,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RegistrationState,
    SiblingGroup,
)
from app.placed.going_on import has_crisis_bed
from app.proposals.points import Areas
from app.proposals.settled_rows import FreePlace, SettledRows, free_places, read_settled

# Who sleeps in a crisis bed of the desk needs no other one.
SEARCHING = and_(Registration.state == RegistrationState.SEARCHING, ~has_crisis_bed())


@dataclass(frozen=True, slots=True)
class MatchRows:
    """Everything that a match is made from, as it lies in the tables.

    children, families: sorted by number, so that the order of input never matters.
    """

    children: list[tuple[Registration, Child]]
    families: list[tuple[Family, str]]
    groups: list[SiblingGroup]
    severities: dict[UUID, dict[Problem, int]]
    willingness: dict[UUID, dict[Problem, Willingness]]
    forms: dict[UUID, set[str]]
    free_places: dict[UUID, list[FreePlace]]
    housemates: dict[UUID, list[tuple[HousemateRole, int]]]
    excluded: list[ExcludedArea]
    recorded_no: list[tuple[UUID, UUID]]
    areas: Areas
    settled: SettledRows


def read_match_rows(
    session: Session, snapshot_day: date, *, who: ColumnElement[bool] = SEARCHING
) -> MatchRows:
    """Return all rows of one match, read in the caller's transaction.

    who: which registrations are its children; those that wait, unless said otherwise.
    """
    return MatchRows(
        children=list(_children(session, who)),
        families=list(_families(session)),
        groups=list(session.scalars(select(SiblingGroup).order_by(SiblingGroup.code))),
        severities=_nested(session.execute(_SEVERITIES.where(who))),
        willingness=_nested(session.execute(_WILLINGNESS)),
        forms=_sets(session.execute(select(FamilyForm.family_id, FamilyForm.form))),
        free_places=free_places(session, snapshot_day),
        housemates=_housemates(session),
        excluded=list(session.scalars(_EXCLUDED.where(who))),
        recorded_no=[(a, b) for a, b in session.execute(_RECORDED_NO.where(who))],
        areas={area.pc4: area for area in session.execute(_AREAS)},
        settled=read_settled(session, snapshot_day),
    )


# Columns and no objects: there are thousands, and each run reads them all.
_AREAS = select(PostcodeArea.pc4, PostcodeArea.lat, PostcodeArea.lon, PostcodeArea.quality)
_SEVERITIES = select(
    RegistrationProblem.registration_id,
    RegistrationProblem.problem,
    RegistrationProblem.severity,
).join(Registration, Registration.id == RegistrationProblem.registration_id)
_WILLINGNESS = select(
    FamilyWillingness.family_id, FamilyWillingness.problem, FamilyWillingness.answer
)
_EXCLUDED = (
    select(ExcludedArea)
    .join(Registration, Registration.id == ExcludedArea.registration_id)
    .order_by(Registration.number, ExcludedArea.postcode, ExcludedArea.radius_km)
)
_RECORDED_NO = (
    select(RecordedNo.registration_id, RecordedNo.family_id)
    .join(Registration, Registration.id == RecordedNo.registration_id)
    .distinct()
)


def _children(session: Session, who: ColumnElement[bool]) -> Iterable[tuple[Registration, Child]]:
    statement = select(Registration, Child).join(Child, Child.id == Registration.child_id)
    # COLLATE "C": the order must be the same on every server, whatever its locale.
    return session.execute(statement.where(who).order_by(collate(Registration.number, "C")))


def _families(session: Session) -> Iterable[tuple[Family, str]]:
    return session.execute(
        select(Family, Provider.code)
        .join(Provider, Provider.id == Family.provider_id)
        .order_by(collate(Provider.code, "C"), collate(Family.reference, "C"))
    )


def _housemates(session: Session) -> dict[UUID, list[tuple[HousemateRole, int]]]:
    found: dict[UUID, list[tuple[HousemateRole, int]]] = defaultdict(list)
    statement = select(Housemate.family_id, Housemate.role, Housemate.birth_year)
    for family_id, role, year in session.execute(statement.order_by(Housemate.birth_year)):
        found[family_id].append((role, year))
    return found


def _nested(rows: Iterable[tuple[UUID, Problem, Any]]) -> dict[UUID, dict[Problem, Any]]:
    found: dict[UUID, dict[Problem, Any]] = defaultdict(dict)
    for owner, key, value in rows:
        found[owner][key] = value
    return found


def _sets(rows: Iterable[tuple[UUID, str]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for owner, value in rows:
        found[owner].add(value)
    return found
