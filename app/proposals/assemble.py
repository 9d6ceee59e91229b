"""Turns rows into a problem: the only bridge between the tables and the engine."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.kernel.words import HousemateRole, SiblingWish
from app.matching.problem import ExcludedAreas, Housemates, Ints, Problem, SiblingGroups
from app.proposals.child_columns import child_columns
from app.proposals.columns import bools, codes, floats, ints
from app.proposals.family_columns import family_columns
from app.proposals.points import Points
from app.proposals.rows import MatchRows, read_match_rows
from app.proposals.vocabularies import Vocabularies


@dataclass(frozen=True, slots=True)
class Assembled:
    """A problem, and the keys that lead from its positions back to the rows."""

    problem: Problem
    registration_ids: tuple[UUID, ...]
    family_ids: tuple[UUID, ...]
    free_places: tuple[tuple[UUID, ...], ...]
    unknown_networks: tuple[tuple[str, str], ...]


def assemble(session: Session, snapshot_day: date) -> Assembled:
    """Return all waiting children and all families of the database as one problem."""
    rows = read_match_rows(session)
    families = [family for family, _ in rows.families]
    problem = build_problem(rows, snapshot_day)
    return Assembled(
        problem=problem,
        registration_ids=tuple(registration.id for registration, _ in rows.children),
        family_ids=tuple(family.id for family in families),
        free_places=tuple(tuple(rows.free_places.get(family.id, ())) for family in families),
        unknown_networks=tuple(
            (registration.number, registration.network_family)
            for (registration, _), position in zip(
                rows.children, problem.children.network_family, strict=True
            )
            if registration.network_family is not None and position < 0
        ),
    )


def build_problem(rows: MatchRows, snapshot_day: date) -> Problem:
    """Return the rows as columns; codes and vocabularies are sorted, never in order of arrival."""
    registrations = [registration for registration, _ in rows.children]
    families = [family for family, _ in rows.families]
    words = Vocabularies.of(registrations, families)
    return Problem(
        snapshot_day=np.datetime64(snapshot_day, "D"),
        children=child_columns(rows, words),
        excluded=_excluded(rows),
        groups=_groups(rows),
        families=family_columns(rows, words),
        housemates=_housemates(rows),
        pets=words.pets,
        languages=words.languages,
        faiths=words.faiths,
        trainings=words.trainings,
        recorded_no=_recorded_no(rows),
        kept_apart=np.empty((0, 2), dtype=np.int64),
    )


def _excluded(rows: MatchRows) -> ExcludedAreas:
    positions = {registration.id: i for i, (registration, _) in enumerate(rows.children)}
    points = Points.of(rows.excluded, rows.areas, lambda area: area.postcode)
    return ExcludedAreas(
        child=ints(positions[area.registration_id] for area in rows.excluded),
        area=points.area,
        lat=points.lat,
        lon=points.lon,
        certain=points.certain,
        radius_km=floats(area.radius_km for area in rows.excluded),
    )


def _groups(rows: MatchRows) -> SiblingGroups:
    return SiblingGroups(
        code=tuple(group.code for group in rows.groups),
        wish=codes(tuple(SiblingWish), [group.wish for group in rows.groups]),
        on_hold=bools(group.on_hold for group in rows.groups),
    )


def _housemates(rows: MatchRows) -> Housemates:
    found = [
        (position, year, role is HousemateRole.OWN_CHILD)
        for position, (family, _) in enumerate(rows.families)
        for role, year in rows.housemates.get(family.id, ())
        if role is not HousemateRole.CARER
    ]
    return Housemates(
        family=ints(position for position, _, _ in found),
        birth_year=ints(year for _, year, _ in found),
        own=bools(own for _, _, own in found),
    )


def _recorded_no(rows: MatchRows) -> Ints:
    children = {registration.id: i for i, (registration, _) in enumerate(rows.children)}
    families = {family.id: i for i, (family, _) in enumerate(rows.families)}
    pairs = [(children[child], families[family]) for child, family in rows.recorded_no]
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
