"""Turns rows into a problem: the only bridge between the tables and the engine."""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.imports.queries import HalfStored, half_stored_imports
from app.kernel.words import HousemateRole
from app.matching.beds import tell_families
from app.matching.past import PastArrivals, no_past_arrivals
from app.matching.problem import ExcludedAreas, Housemates, Ints, Problem
from app.proposals.bed_columns import bed_columns
from app.proposals.begun_columns import begun_columns
from app.proposals.changed import corrected_since_last_run
from app.proposals.child_columns import child_columns
from app.proposals.columns import bools, floats, ints
from app.proposals.family_columns import family_columns
from app.proposals.points import Points
from app.proposals.published import Families, published_columns
from app.proposals.rows import MatchRows, read_match_rows
from app.proposals.settled_rows import FreePlace
from app.proposals.sibling_columns import Kinship, kinship
from app.proposals.vocabularies import Vocabularies


@dataclass(frozen=True, slots=True)
class Assembled:
    """A problem, and the keys that lead from its positions back to the rows."""

    problem: Problem
    registration_ids: tuple[UUID, ...]
    family_ids: tuple[UUID, ...]
    free_places: tuple[tuple[FreePlace, ...], ...]
    unknown_networks: tuple[tuple[str, str], ...]
    sibling_questions: tuple[tuple[str, str], ...]
    half_stored: tuple[HalfStored, ...]
    corrected: tuple[tuple[str, tuple[str, ...]], ...] = ()


def assemble(
    session: Session,
    snapshot_day: date,
    published: Families = MappingProxyType({}),
    past: PastArrivals | None = None,
) -> Assembled:
    """Return all waiting children and all families of the database as one problem.

    published: what the last plan proposes, where the policy looks at it. past: who was registered
    before, where the policy looks ahead.
    """
    rows = read_match_rows(session, snapshot_day)
    families = [family for family, _ in rows.families]
    kin = kinship(rows)
    problem = replace(
        build_problem(rows, kin, snapshot_day),
        published=published_columns(rows, published),
        past=past or no_past_arrivals(),
    )
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
        sibling_questions=kin.questions,
        half_stored=tuple(half_stored_imports(session)),
        corrected=corrected_since_last_run(session),
    )


def build_problem(rows: MatchRows, kin: Kinship, snapshot_day: date) -> Problem:
    """Return the rows as columns; codes and vocabularies are sorted, never in order of arrival."""
    registrations = [registration for registration, _ in rows.children]
    families = [family for family, _ in rows.families]
    words = Vocabularies.of(registrations, families)
    children, beds = child_columns(rows, words, kin.of_child), bed_columns(rows)
    return Problem(
        snapshot_day=np.datetime64(snapshot_day, "D"),
        children=children,
        excluded=_excluded(rows),
        groups=kin.groups,
        families=tell_families(family_columns(rows, words), beds),
        housemates=_housemates(rows),
        pets=words.pets,
        languages=words.languages,
        faiths=words.faiths,
        trainings=words.trainings,
        recorded_no=_recorded_no(rows),
        kept_apart=kin.kept_apart,
        kept_together=kin.kept_together,
        begun=begun_columns(rows, children.network_family),
        placed_siblings=kin.placed,
        beds=beds,
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
