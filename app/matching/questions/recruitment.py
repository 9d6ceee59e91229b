"""The three-option test, and the families to recruit for the children who do not pass it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS, SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.options import count_within_limit
from app.matching.problem import Ints
from app.matching.rules.on_hold import is_on_hold
from app.matching.rules.phrases import count_places, enumerate_words, name_problems
from app.matching.rules.willingness import CLEAR
from app.matching.settled import find_settled

WANTED = 3  # candidate families a child, for a real choice (Amsterdam, November 2023)
# Judgements of what one family can be asked to be.
AGE_SPAN = 5  # years between the youngest and the oldest child that it takes
MOST_PROBLEMS = 3  # kinds of problems that it is willing for, unless one child has more


@dataclass(frozen=True, slots=True)
class Profile:
    """A family to look for. options: of each child that it would serve, the real options now.

    area: the first two digits of the postcode, "" where unknown. children and options have the
    same order. problems: columns of PROBLEMS. pets: names of animals that may not live there.
    places: that it must have at once. families: how many such families give every child three.
    """

    area: str
    care_form: int
    rhythm: int
    youngest: int
    oldest: int
    places: int
    families: int
    problems: tuple[int, ...]
    pets: tuple[str, ...]
    smoke_free: bool
    wheelchair: bool
    siblings: bool
    children: tuple[int, ...]
    options: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Return the profile as one sentence for a recruiter."""
        return " ".join(_phrases(self))


@dataclass(frozen=True, slots=True)
class Shortage:
    """The three-option test. options: real options of each child, -1 where it is not tested.

    tested: children; short: those with fewer than three options. profiles: most children first.
    """

    options: Ints
    tested: int
    short: int
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Children who need one family: one child, or siblings who must stay together."""

    children: tuple[int, ...]
    ages: tuple[int, int]
    problems: frozenset[int]


def find_shortage(case: Case) -> Shortage:
    """Return who has fewer than three real options, and which families would change that."""
    options = count_options(case)
    short = np.flatnonzero((options >= 0) & (options < WANTED))
    return Shortage(
        options=options,
        tested=int(np.count_nonzero(options >= 0)),
        short=len(short),
        profiles=tuple(_profiles(case, options, short)),
    )


def count_options(case: Case) -> Ints:
    """Return how many families each child could really go to, shape (n,), -1 where not tested.

    A real option breaks no rule, has a free place, takes siblings who must come along, and keeps
    the policy's limit. Not tested: children whose family is fixed (begun, or bound to a placed
    sibling) and those about whom a question must be answered first.
    """
    problem = case.problem
    bound = find_settled(problem).with_wish(SiblingWish.TOGETHER)
    children = np.arange(len(problem.children))
    tested = ~problem.is_begun() & ~is_on_hold(problem) & ~bound.concerns(children)
    counts = np.full(len(children), -1, dtype=np.int64)
    counts[tested] = count_within_limit(case, np.flatnonzero(tested))
    return counts


def _profiles(case: Case, options: Ints, short: Ints) -> list[Profile]:
    kids = case.problem.children
    left: dict[tuple[str, int, int], list[_Unit]] = defaultdict(list)
    for unit in _units(case, short):
        first = unit.children[0]
        key = (kids.area[first][:2], int(kids.care_form[first]), int(kids.rhythm[first]))
        left[key].append(unit)
    found = []
    for units in left.values():
        while units:
            taken = max((_around(units, seed) for seed in units), key=_served)
            units[:] = [unit for unit in units if unit not in taken]
            found.append(_profile(case, options, taken))
    return sorted(found, key=lambda p: (-len(p.children), p.area, p.care_form, p.youngest))


def _units(case: Case, short: Ints) -> Iterator[_Unit]:
    number = case.problem.children.number
    seen: set[int] = set()
    for child in sorted(short.tolist(), key=lambda at: number[at]):
        if child in seen:
            continue
        members = case.members(child, SiblingWish.TOGETHER)
        seen.update(members.tolist())
        ages = case.problem.age_in_years()[members]
        clear = np.flatnonzero((case.problem.children.severity[members] >= CLEAR).any(axis=0))
        yield _Unit(
            tuple(members.tolist()), (int(ages.min()), int(ages.max())), frozenset(clear.tolist())
        )


def _around(units: list[_Unit], seed: _Unit) -> list[_Unit]:
    """Return the seed and whoever one family could serve beside it, none younger than the seed."""
    youngest = seed.ages[0]
    oldest = max(youngest + AGE_SPAN, seed.ages[1])
    most = max(MOST_PROBLEMS, len(seed.problems))
    taken, problems = [seed], set(seed.problems)
    near = [u for u in units if u is not seed and youngest <= u.ages[0] and u.ages[1] <= oldest]
    while near:
        unit = min(near, key=lambda u: (len(u.problems - problems), -len(u.children), u.children))
        if len(problems | unit.problems) > most:
            break
        taken.append(unit)
        problems |= unit.problems
        near.remove(unit)
    return taken


def _served(units: list[_Unit]) -> tuple[int, int]:
    problems: set[int] = set().union(*(unit.problems for unit in units))
    return sum(len(unit.children) for unit in units), -len(problems)


def _profile(case: Case, options: Ints, units: list[_Unit]) -> Profile:
    kids = case.problem.children
    children = sorted((c for unit in units for c in unit.children), key=lambda at: kids.number[at])
    at = np.array(children, dtype=np.int64)
    allergic = np.flatnonzero(kids.allergies[at].any(axis=0))
    return Profile(
        area=kids.area[units[0].children[0]][:2],
        care_form=int(kids.care_form[at[0]]),
        rhythm=int(kids.rhythm[at[0]]),
        youngest=min(unit.ages[0] for unit in units),
        oldest=max(unit.ages[1] for unit in units),
        places=max(len(unit.children) for unit in units),
        families=max(1, WANTED - int(options[at].min())),
        problems=tuple(sorted(set().union(*(unit.problems for unit in units)))),
        pets=tuple(case.problem.pets[pet] for pet in allergic),
        smoke_free=bool(kids.needs_smoke_free[at].any()),
        wheelchair=bool(kids.needs_wheelchair[at].any()),
        siblings=any(len(unit.children) > 1 for unit in units),
        children=tuple(children),
        options=tuple(max(0, int(count)) for count in options[at]),
    )


def _phrases(profile: Profile) -> Iterator[str]:
    where = f"in postcodegebied {profile.area}" if profile.area else "waar dan ook"
    yield f"Gezocht {where}: een gezin voor {CARE_FORMS[profile.care_form].value}"
    if profile.rhythm:
        yield f"({RHYTHMS[profile.rhythm].value})"
    ages = f"{profile.youngest} tot en met {profile.oldest}"
    more = [f"dat kinderen van {ages} jaar opneemt", f"met {count_places(profile.places)}"]
    if profile.siblings:
        more.append("voor broers en zussen samen")
    if profile.problems:
        more.append(f"dat hulp wil bieden bij {name_problems(profile.problems)}")
    if profile.pets:
        more.append(f"zonder huisdier ({', '.join(profile.pets)})")
    if profile.smoke_free:
        more.append("rookvrij")
    if profile.wheelchair:
        more.append("geschikt voor een rolstoel")
    yield f"{enumerate_words(more)}."
