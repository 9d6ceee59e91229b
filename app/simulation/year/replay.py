"""A year under one policy: children come, get a place, go as planned or break down, come again."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.kernel.words import FamilyStatus, SiblingWish
from app.matching.check import check_families
from app.matching.goals import Case
from app.matching.pairs import find_pairs
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.risk.score import score
from app.matching.risk.weights import Weights
from app.simulation.child import Child
from app.simulation.family import Family
from app.simulation.history import Points, facts_of
from app.simulation.history_truth import Truth
from app.simulation.year.as_problem import as_problem
from app.simulation.year.choosers import Chooser, Week
from app.simulation.year.past import seen_arrivals
from app.simulation.year.world import World, course_of, days_of, key_of


class PlanBroken(RuntimeError):
    """A policy placed a child against a hard rule: a fault of ours, never of the user."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One placement. Days are since the start; breaks: it ends early and not as planned."""

    child: str
    family: str
    begins: int
    ends: int
    breaks: bool
    km: float
    is_apart: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What a year came to. waits: spells of waiting (child, from day, to day); waiting: how many
    waited after each week's plan."""

    stays: tuple[Stay, ...]
    waits: tuple[tuple[str, int, int], ...]
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in every week. truth: how placements break down; no policy sees it."""

    policy: Policy
    weights: Weights
    truth: Truth
    points: Points


def replay(world: World, rules: Rules, chooser: Chooser) -> Year:
    """Return the year of a world under one policy. Raises PlanBroken."""
    state = _State(world, rules)
    for week in range(world.order.weeks):
        state.take_week(7 * week, chooser)
    return state.close(world.order.days)


@dataclass(slots=True)
class _State:
    world: World
    rules: Rules
    waiting: dict[str, tuple[Child, int]] = field(default_factory=dict)  # child, waits since
    homes: dict[str, Family] = field(default_factory=dict)
    lives: dict[str, str] = field(default_factory=dict)  # child to family
    open_stays: list[tuple[Stay, Child]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    waits: list[tuple[str, int, int]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    nth: Counter[str] = field(default_factory=Counter)
    no: set[tuple[str, str]] = field(default_factory=set)
    seen: int = -1  # the last day that is dealt with

    def __post_init__(self) -> None:
        self.homes = {home.reference: home for home in self.world.families}

    def take_week(self, day: int, chooser: Chooser) -> None:
        """Bring the region to a day, plan, and let the placements begin."""
        self._end_stays(day)
        self._move_on(day)
        self._register(day)
        self.seen = day
        self._start(self._plan(day, chooser), day)
        self.counts.append(len(self.waiting))

    def close(self, days: int) -> Year:
        """Return what the year came to; who still waits has waited until its end."""
        self._end_stays(days)
        self.waits += [(number, since, days) for number, (_, since) in self.waiting.items()]
        return Year(tuple(self.stays), tuple(self.waits), tuple(self.counts))

    def _today(self, day: int) -> date:
        return self.world.order.start + timedelta(days=day)

    def _register(self, day: int) -> None:
        for child in self.world.children:
            on = self.world.child_on[child.number]
            if self.seen < on <= day:
                self.waiting[child.number] = (child, on)

    def _move_on(self, day: int) -> None:
        """Free the places of children who lived in a family at the start and go on."""
        for home in self.world.families:
            days = self.world.moves_on[home.reference]
            for on, born in zip(days, home.residents.foster_children, strict=True):
                if self.seen < on <= day:
                    now = self.homes[home.reference]
                    self.homes[home.reference] = _with_child(now, born, more=-1)

    def _end_stays(self, day: int) -> None:
        over = [(stay, child) for stay, child in self.open_stays if stay.ends <= day]
        self.open_stays = [(stay, child) for stay, child in self.open_stays if stay.ends > day]
        for stay, child in over:
            home = self.homes[stay.family]
            self.homes[stay.family] = _with_child(home, child.born_on.year, more=-1)
            del self.lives[child.number]
            if stay.breaks:
                self._come_back(child, stay)

    def _come_back(self, child: Child, stay: Stay) -> None:
        """Let a child wait again: alone, with one breakdown more, and never with that family."""
        on, history = self._today(stay.ends), child.history
        request = replace(child.household.request, registered_on=on, needed_from=on, leave_by=None)
        again = replace(
            child,
            household=replace(child.household, request=request, siblings=None),
            history=replace(
                history, placements=history.placements + 1, breakdowns=history.breakdowns + 1
            ),
        )
        self.no.add((child.number, stay.family))
        self.waiting[child.number] = (again, stay.ends)

    def _plan(self, day: int, chooser: Chooser) -> list[tuple[Child, str]]:
        if not self.waiting:
            return []
        rules, today = self.rules, self._today(day)
        problem = as_problem(
            [child for child, _ in self.waiting.values()],
            self._open_homes(day),
            today,
            points=rules.points,
            recorded_no=self.no | self._beside_apart(),
        )
        problem = replace(problem, past=seen_arrivals(self.world, day, self.waiting.keys()))
        pairs = score(problem, find_pairs(problem, rules.policy), rules.weights).scored
        lists = tuple(self.world.list_of[number].value for number in problem.children.number)
        family = chooser(Week(problem, pairs, rules.policy, lists))
        faults = check_families(Case(problem, pairs, rules.policy), family)
        if faults:
            raise PlanBroken(" ".join(faults))
        return self._named(problem, family)

    def _named(self, problem: Problem, family: Ints) -> list[tuple[Child, str]]:
        reference, number = problem.families.reference, problem.children.number
        return [
            (self.waiting[number[at]][0], reference[home])
            for at, home in enumerate(family.tolist())
            if home >= 0
        ]

    def _open_homes(self, day: int) -> list[Family]:
        world = self.world
        return [
            home if world.leaves_on.get(name, day + 1) > day else _stopped(home)
            for name, home in self.homes.items()
            if world.joins_on.get(name, 0) <= day
        ]

    def _beside_apart(self) -> set[tuple[str, str]]:
        """Return where a child may not come: a sibling lives there, and the wish is apart."""
        return {
            (child.number, self.lives[other])
            for child, _ in self.waiting.values()
            if (siblings := child.household.siblings) and siblings.wish is SiblingWish.APART
            for other in self.world.groups[key_of(child)]
            if other in self.lives
        }

    def _start(self, placed: list[tuple[Child, str]], day: int) -> None:
        """Let this week's placements begin, each as the truth has it, all at once."""
        for child, name in placed:
            self.waits.append((child.number, self.waiting.pop(child.number)[1], day))
            self.lives[child.number] = name
        begun = [(self._stay(child, self.homes[name], day), child) for child, name in placed]
        for stay, child in begun:
            home = self.homes[stay.family]
            self.homes[stay.family] = _with_child(home, child.born_on.year, more=1)
        self.open_stays += begun
        self.stays += [stay for stay, _ in begun]

    def _stay(self, child: Child, home: Family, day: int) -> Stay:
        rules, number, today = self.rules, child.number, self._today(day)
        is_apart = self._is_apart(child)
        facts = facts_of(child, home, rules.points, today=today, is_apart=is_apart)
        self.nth[number] += 1
        dice, planned = course_of(self.world, child, self.nth[number])
        months = rules.truth.draw_months(dice, rules.truth.log_ratio(child, home, facts))
        broken, begins = days_of(months), self._first_day(child, home, day)
        return Stay(
            child=number,
            family=home.reference,
            begins=begins,
            ends=begins + min(planned, broken),
            breaks=broken < planned,
            km=facts.home_km,
            is_apart=is_apart,
            is_first=self.nth[number] == 1,
        )

    def _first_day(self, child: Child, home: Family, day: int) -> int:
        """Return the first day that the child needs the place and the family has it."""
        needed, free = child.household.request.needed_from, home.offer.available_from
        known = (on for on in (needed, free) if isinstance(on, date))  # a text is a mistake
        return max(day, *((on - self.world.order.start).days for on in known))

    def _is_apart(self, child: Child) -> bool:
        """Return whether a sibling `samen, tenzij` lives elsewhere or still waits."""
        siblings, lives = child.household.siblings, self.lives
        if siblings is None or siblings.wish is not SiblingWish.TOGETHER_UNLESS:
            return False
        others = [other for other in self.world.groups[siblings.code] if other != child.number]
        return any(
            other in self.waiting or lives.get(other, lives[child.number]) != lives[child.number]
            for other in others
        )


def _with_child(home: Family, born: int, *, more: int) -> Family:
    """Return the family when a child of a birth year has come (more 1) or gone (-1)."""
    there = list(home.residents.foster_children)
    if more > 0:
        there.append(born)
    else:
        there.remove(born)
    offer = replace(home.offer, places_free=home.offer.places_free - more)
    return replace(
        home, residents=replace(home.residents, foster_children=tuple(there)), offer=offer
    )


def _stopped(home: Family) -> Family:
    return replace(home, status=FamilyStatus.STOPPED)
