"""The ranked goals: what is optimised, each with its sentence, its unit and its own value."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from app.kernel.words import URGENCIES, SiblingWish, Urgency
from app.matching.columns import Columns
from app.matching.floors import Floor
from app.matching.placements import Placements
from app.matching.policy import Policy
from app.matching.policy_table import GoalCode
from app.matching.problem import Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.siblings import find_siblings


class Sense(StrEnum):
    """Whether the most or the least is wanted."""

    MOST = "meeste"
    LEAST = "minste"

    @property
    def direction(self) -> int:
        """Return 1 where more is better, else -1."""
        return 1 if self is Sense.MOST else -1


@dataclass(frozen=True, slots=True)
class Case:
    """What a goal may look at."""

    problem: Problem
    pairs: ScoredPairs
    policy: Policy


ChildWorth = Callable[[Case, Placements], Ints]
GroupWorth = Callable[[Case], Ints]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal. Inside it counts in whole numbers, `steps` of them to one unit.

    sentence may name {days}, {price} and {placing}, numbers of the policy. child_worth: what each
    placed child adds, shape (e,). group_worth: what each sibling group adds when it is whole in one
    family, shape (g,); None adds nothing. enough: beyond so many steps
    nothing is gained; None for no end.
    """

    code: str
    sentence: str
    unit: str
    child_worth: ChildWorth | None = None
    group_worth: GroupWorth | None = None
    sense: Sense = Sense.MOST
    steps: int = 1
    enough: Callable[[Case], int] | None = None

    def coefficients(self, case: Case, columns: Columns) -> Ints:
        """Return what each column adds to the goal, in steps, shape (v,)."""
        total = np.zeros(len(columns), dtype=np.int64)
        if self.child_worth is not None:
            np.add.at(total, columns.column, self.child_worth(case, columns.placements))
        if self.group_worth is not None:
            worth = np.append(self.group_worth(case), 0)  # group -1 reads the 0 at the end
            total += worth[columns.whole_group]
        return total

    def value(self, case: Case, placements: Placements, whole_groups: Ints) -> int:
        """Return what a plan reaches, in steps."""
        total = 0
        if self.child_worth is not None:
            total += int(self.child_worth(case, placements).sum())
        if self.group_worth is not None:
            total += int(self.group_worth(case)[whole_groups].sum())
        return total if self.enough is None else min(total, self.enough(case))

    def in_units(self, steps: float) -> float:
        """Return a number of steps in the unit of the goal."""
        return steps / self.steps

    def describe(self, policy: Policy) -> str:
        """Return the sentence for the user."""
        prices = {"price": policy.limits.move_price, "placing": policy.limits.placing_price or 0}
        told = {name: f"{value:g}".replace(".", ",") for name, value in prices.items()}
        sentence = self.sentence.format(days=policy.leave_within_days, **told)
        ahead = self.code == GoalCode.BREAKDOWNS and policy.look_ahead is not None
        return f"{sentence}, met de prijs van schaarse plaatsen" if ahead else sentence


def _children(case: Case, placements: Placements) -> Ints:
    return case.pairs.child[placements.pair]


def _as_ints(values: Any) -> Ints:
    return np.asarray(values).astype(np.int64)


def _one(_: Case, placements: Placements) -> Ints:
    return np.ones(len(placements.pair), dtype=np.int64)


def _urgency(urgency: Urgency, case: Case, placements: Placements) -> Ints:
    wanted = case.problem.children.urgency == URGENCIES.index(urgency)
    return _as_ints(wanted[_children(case, placements)])


def _must_leave(case: Case, placements: Placements) -> Ints:
    last = case.problem.snapshot_day + np.timedelta64(case.policy.leave_within_days, "D")
    soon = case.problem.children.leave_by <= last  # NaT is never soon
    return _as_ints(soon[_children(case, placements)])


def _own_network(case: Case, placements: Placements) -> Ints:
    kids, child = case.problem.children, _children(case, placements)
    own = kids.network_family[child] == case.pairs.family[placements.pair]
    return _as_ints(own & ~kids.network_refused[child])


def _waiting_days(case: Case, placements: Placements) -> Ints:
    return _as_ints(case.problem.waiting_days()[_children(case, placements)])


def _chance(case: Case, placements: Placements) -> Ints:
    pairs, at = case.pairs, placements.pair
    chance = np.where(placements.split, pairs.chance_split[at], pairs.chance[at])
    return _as_ints(np.rint(chance * CHANCE_STEPS))


def _chance_and_scarcity(case: Case, placements: Placements) -> Ints:
    """Chances, and the price of each place to who is still to come; in no other goal than this."""
    chance, price = _chance(case, placements), case.pairs.price
    if price is None:
        return chance
    return chance + _as_ints(np.rint(price[placements.pair] * CHANCE_STEPS))


def _chance_and_moves(case: Case, placements: Placements) -> Ints:
    """Chances, less the price of a move for each published proposal that stays.

    So a proposal that is withdrawn costs as much as one that moves: nothing is gained by placing
    another child in its stead.
    """
    pairs, published = case.pairs, case.problem.published
    family = np.full(len(case.problem.children), -1, dtype=np.int64)
    family[published.child] = published.family
    stays = family[pairs.child[placements.pair]] == pairs.family[placements.pair]
    price = round(case.policy.limits.move_price * CHANCE_STEPS)
    return _chance_and_scarcity(case, placements) - price * _as_ints(stays)


def _worth_the_price(case: Case, placements: Placements) -> Ints:
    price = round((case.policy.limits.placing_price or 0.0) * CHANCE_STEPS)
    return np.asarray(price - _chance(case, placements))


def _hardest(case: Case, placements: Placements) -> Ints:
    group = case.policy.limits.hard_group
    if group is None:
        return np.zeros(len(placements.pair), dtype=np.int64)
    return _as_ints(group.members(case.problem)[_children(case, placements)])


def _distance(case: Case, placements: Placements) -> Ints:
    km = np.nan_to_num(case.pairs.km[placements.pair], nan=0.0)
    return _as_ints(np.rint(km * KM_STEPS))


def _whole(wishes: tuple[SiblingWish, ...], case: Case) -> Ints:
    return _as_ints(find_siblings(case.problem).has_wish(*wishes))


CHANCE_STEPS = 1_000_000  # chances have six decimals, so whole numbers compare them exactly
KM_STEPS = 10

_UNLESS = (SiblingWish.TOGETHER_UNLESS,)
_WHOLE = (SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)

WAITING = Goal(
    GoalCode.WAITING_DAYS, "Zo veel mogelijk wachtdagen opgelost", "dagen", _waiting_days
)
DISTANCE = Goal(
    "kilometers",
    "Zo min mogelijk kilometers tussen huis en pleeggezin",
    "km",
    _distance,
    sense=Sense.LEAST,
    steps=KM_STEPS,
)
_GOALS = (
    Goal(
        GoalCode.NETWORK_FIRST,
        "Zo veel mogelijk kinderen in hun eigen netwerkgezin",
        "kinderen",
        _own_network,
    ),
    Goal(
        GoalCode.CRISIS_PLACED,
        "Zo veel mogelijk crisiskinderen geplaatst",
        "kinderen",
        partial(_urgency, Urgency.CRISIS),
    ),
    Goal(
        GoalCode.URGENT_PLACED,
        "Zo veel mogelijk spoedkinderen geplaatst",
        "kinderen",
        partial(_urgency, Urgency.URGENT),
    ),
    Goal(
        GoalCode.REGULAR_PLACED,
        "Zo veel mogelijk reguliere kinderen geplaatst",
        "kinderen",
        partial(_urgency, Urgency.REGULAR),
    ),
    Goal(GoalCode.PLACED, "Zo veel mogelijk kinderen geplaatst", "kinderen", _one),
    Goal(
        GoalCode.PLACED_AT_PRICE,
        "Kinderen geplaatst zolang één kind meer hoogstens {placing} verwachte breakdowns kost",
        "verwachte breakdowns onder de prijs",
        _worth_the_price,
        steps=CHANCE_STEPS,
    ),
    Goal(
        GoalCode.HARDEST_PLACED,
        "Zo veel mogelijk kinderen geplaatst uit de groep die het moeilijkst te plaatsen is",
        "kinderen",
        _hardest,
    ),
    Goal(
        GoalCode.MUST_LEAVE,
        "Zo veel mogelijk kinderen geplaatst die binnen {days} dagen weg moeten",
        "kinderen",
        _must_leave,
    ),
    Goal(
        GoalCode.UNLESS_GROUPS_WHOLE,
        "Zo veel mogelijk groepen broers en zussen 'samen, tenzij' bij elkaar in één gezin",
        "groepen",
        group_worth=partial(_whole, _UNLESS),
    ),
    Goal(
        GoalCode.GROUPS_WHOLE,
        "Zo veel mogelijk groepen broers en zussen bij elkaar in één gezin",
        "groepen",
        group_worth=partial(_whole, _WHOLE),
    ),
    WAITING,
    Goal(
        GoalCode.BREAKDOWNS,
        "Zo min mogelijk verwachte breakdowns",
        "verwachte breakdowns",
        _chance_and_scarcity,
        sense=Sense.LEAST,
        steps=CHANCE_STEPS,
    ),
)
GOALS = {goal.code: goal for goal in _GOALS}
_STEADY = Goal(
    GoalCode.BREAKDOWNS,
    "Zo min mogelijk verwachte breakdowns; elk eerder voorstel dat blijft telt {price} minder",
    "verwachte breakdowns",
    _chance_and_moves,
    sense=Sense.LEAST,
    steps=CHANCE_STEPS,
)


def _floor(floor: Floor) -> Goal:
    def count(case: Case, placements: Placements) -> Ints:
        return _as_ints(floor.members(case.problem)[_children(case, placements)])

    enough = lambda case: floor.asked(case.problem)  # noqa: E731
    return Goal(floor.code, floor.sentence, "kinderen", count, enough=enough)


def ranked_goals(policy: Policy) -> tuple[Goal, ...]:
    """Return the policy's floors, its goals in order, and then the numbers of the tie-break."""
    goals = GOALS | ({_STEADY.code: _STEADY} if policy.limits.move_price else {})
    chosen = [_floor(floor) for floor in policy.limits.floors]
    chosen += [goals[code] for code in policy.goals]
    if WAITING not in chosen:
        chosen.append(WAITING)
    return (*chosen, DISTANCE)


def count_worths(case: Case, columns: Columns, goals: tuple[Goal, ...]) -> list[Ints]:
    """Return what each column adds to each goal, in steps, shape (v,) per goal; more is better."""
    return [goal.sense.direction * goal.coefficients(case, columns) for goal in goals]
