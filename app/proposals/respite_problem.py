"""A respite round as a problem of the engine: placed children, weekends, families around them."""

from dataclasses import dataclass, replace

import numpy as np

from app.kernel.rhythms import SLOTS
from app.kernel.strain import RHYTHM_OF, WeekendNeed
from app.kernel.words import CARE_FORMS, RHYTHMS, URGENCIES, CareForm, Rhythm, SiblingWish, Urgency
from app.matching.check_weekends import seat_in_weekends, ways_of
from app.matching.pairs import EligiblePairs, find_pairs
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import (
    Children,
    Floats,
    Ints,
    PlacedSiblings,
    Problem,
    SiblingGroups,
    no_begun_pairs,
)
from app.matching.risk.factors.distance import home_km
from app.matching.scored import ScoredPairs
from app.matching.solve import PlanRefused, solve
from app.matching.weekends import AS_RHYTHM, EITHER, EVERY, WEEKENDS, Weekends
from app.models import RespiteRound
from app.proposals.assemble import build_problem
from app.proposals.columns import bools, days, ints
from app.proposals.points import Points
from app.proposals.respite_rows import RespiteRows
from app.proposals.settled_rows import FreePlace
from app.proposals.sibling_columns import Kinship

_APART = tuple(SiblingWish).index(SiblingWish.APART)
_NEED = {WeekendNeed.EITHER: EITHER, WeekendNeed.EVERY: EVERY}


@dataclass(frozen=True, slots=True)
class Respite:
    """A solved round. near: which pairs of `pairs` lie within the radius, km: how far each is.

    beds: of each proposed child its bed and the weekends in which it comes. own: the position of
    the family where each child lives, -1 where that one offers no respite.
    """

    problem: Problem
    pairs: EligiblePairs
    km: Floats
    near: Ints
    plan: Plan
    beds: dict[int, tuple[FreePlace, frozenset[Rhythm]]]
    own: Ints


def build_respite(rows: RespiteRows, found: RespiteRound) -> Problem:
    """Return the problem of a round; distances are from where each child lives now."""
    groups = np.zeros(0, dtype=np.int64)
    alone = Kinship(
        groups=SiblingGroups((), groups, groups.astype(np.bool_)),
        of_child=np.full(len(rows.asking), -1, dtype=np.int64),
        kept_apart=_apart(rows),
        kept_together=groups.reshape(0, 2),
        placed=_living(rows),
        questions=(),
    )
    problem = build_problem(rows.match, alone, found.snapshot_day)
    # Both at once: a problem with weekends, or with rhythms that mean nothing, is never whole.
    return replace(
        problem,
        children=_children(problem.children, rows, found),
        recorded_no=_no_and_home(problem, rows),
        begun=no_begun_pairs(),
        weekends=Weekends(
            need=ints(_NEED.get(asking.line.need, AS_RHYTHM) for asking in rows.asking),
            both=_both(rows),
        ),
    )


def solve_respite(rows: RespiteRows, found: RespiteRound, policy: Policy) -> Respite:
    """Return the best plan of a round, checked, with a bed and weekends for each proposed child.

    Raises PlanRefused when the plan does not pass the verifier.
    """
    problem = build_respite(rows, found)
    pairs = find_pairs(problem, policy)
    km = home_km(problem, pairs.child, pairs.family)
    near = np.flatnonzero(np.round(km, 1) <= found.radius_km)
    nothing = np.zeros(len(near))
    scored = ScoredPairs(pairs.child[near], pairs.family[near], nothing, nothing, km[near])
    plan = solve(problem, scored, policy)
    beds = _give_beds(rows, problem, plan)
    return Respite(problem, pairs, km, near, plan, beds, _own_homes(rows))


def _children(children: Children, rows: RespiteRows, found: RespiteRound) -> Children:
    """Return the children as they ask respite, from the home where they live now."""
    homes = Points.of(rows.asking, rows.match.areas, lambda asking: asking.postcode)
    size = len(rows.asking)
    rhythms = [RHYTHM_OF.get(a.line.need, Rhythm.ODD_WEEKENDS) for a in rows.asking]
    return replace(
        children,
        care_form=np.full(size, CARE_FORMS.index(CareForm.PART_TIME), dtype=np.int64),
        urgency=np.full(size, URGENCIES.index(Urgency.REGULAR), dtype=np.int64),
        rhythm=ints(RHYTHMS.index(rhythm) for rhythm in rhythms),
        registered_on=days([asking.line.asked_since for asking in rows.asking]),
        needed_from=days([found.starts_on] * size),
        leave_by=days([None] * size),
        lat=homes.lat,
        lon=homes.lon,
        area=homes.area,
        area_certain=homes.certain,
        network_family=np.full(size, -1, dtype=np.int64),
        network_refused=bools(False for _ in range(size)),
    )


def _positions(rows: RespiteRows) -> tuple[dict[str, int], dict[object, int]]:
    numbers = {registration.number: at for at, (registration, _) in enumerate(rows.match.children)}
    return numbers, {family.id: at for at, (family, _) in enumerate(rows.match.families)}


def _apart(rows: RespiteRows) -> Ints:
    at, _ = _positions(rows)
    return np.array([(at[a], at[b]) for a, b in rows.apart], dtype=np.int64).reshape(-1, 2)


def _living(rows: RespiteRows) -> PlacedSiblings:
    at, homes = _positions(rows)
    known = [(at[number], homes[home]) for number, home in rows.living if home in homes]
    return PlacedSiblings(
        child=ints(child for child, _ in known),
        family=ints(home for _, home in known),
        wish=np.full(len(known), _APART, dtype=np.int64),
    )


def _no_and_home(problem: Problem, rows: RespiteRows) -> Ints:
    """Return who was told no, and each child with the family where it lives: never its respite."""
    own = [(at, int(home)) for at, home in enumerate(_own_homes(rows)) if home >= 0]
    pairs = {(int(child), int(home)) for child, home in problem.recorded_no} | set(own)
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _own_homes(rows: RespiteRows) -> Ints:
    _, homes = _positions(rows)
    return ints(homes.get(asking.family_id, -1) for asking in rows.asking)


def _both(rows: RespiteRows) -> Ints:
    weekends = frozenset(WEEKENDS)
    return ints(
        sum(weekends <= bed.slots != SLOTS for bed in rows.match.free_places.get(family.id, ()))
        for family, _ in rows.match.families
    )


def _give_beds(
    rows: RespiteRows, problem: Problem, plan: Plan
) -> dict[int, tuple[FreePlace, frozenset[Rhythm]]]:
    given: dict[int, tuple[FreePlace, frozenset[Rhythm]]] = {}
    for home in np.unique(plan.family[plan.family >= 0]).tolist():
        here = np.flatnonzero(plan.family == home).tolist()
        family = rows.match.families[home][0]
        beds = dict(enumerate(rows.match.free_places[family.id]))
        free = {at: bed.slots for at, bed in beds.items()}
        found = seat_in_weekends(free, [ways_of(problem, child) for child in here])
        if found is None:
            raise PlanRefused(f"Gezin {family.reference}: een kind heeft geen bed in zijn weekend.")
        given |= {c: (beds[at], slots) for c, (at, slots) in zip(here, found, strict=True)}
    return given
