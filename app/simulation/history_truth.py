"""The hidden truth behind drawn outcomes: how placements really break down in a made-up world.

It is not the model that is fitted: other non-linearities, an own baseline in steps, and something
about each family that nobody sees. Nothing outside the drawing and judging of regions may read it.
"""

from dataclasses import dataclass
from math import exp, log, log1p, pow, sqrt  # noqa: A004 - of floats, a float

from app.kernel.words import PROBLEMS, FamilyKind, OtherChildrenWish, Willingness
from app.kernel.words import Problem as Trouble
from app.simulation.child import Child
from app.simulation.dice import Dice
from app.simulation.family import Family

# Breakdowns a month of an ordinary placement, from so many months on: most come early.
_RATES = ((0.0, 0.045), (1.0, 0.026), (3.0, 0.017), (12.0, 0.009), (24.0, 0.004))
_FRAILTY = 0.15  # variance of what is never seen of a family
_UNREADY = {Willingness.YES: 0.0, Willingness.WITH_SUPPORT: 1.0, Willingness.NO: 1.8}
_TERMS = (
    "kin", "unready", "skill", "trained", "respite", "own_child", "crowd", "school", "home",
    "unheard", "apart", "wish", "cooperation", "faith", "age",
)  # fmt: skip
_BEHAVIOUR = PROBLEMS.index(Trouble.EXTERNALISING)
_ORDINARY = 0.55  # the mean of what is added up below, so that the rates are those of most


@dataclass(frozen=True, slots=True)
class Facts:
    """What the truth looks at besides the child and the family; km None where there is none."""

    home_km: float
    school_km: float | None
    age: float
    gap: float | None
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """One made-up world: how strong each of the terms is in it."""

    strength: dict[str, float]

    @classmethod
    def of(cls, seed: int) -> "Truth":
        """Return the world of a seed; every term is real in it, some stronger than others."""
        dice = Dice(seed, "truth")
        return cls({term: 0.75 + 0.8 * dice.fraction() for term in _TERMS})

    def chance(self, child: Child, family: Family, facts: Facts, *, months: float) -> float:
        """Return the chance of breakdown within some months, over all that is never seen."""
        hazard = self.hazard(months) * exp(self.log_ratio(child, family, facts))
        return float(1 - (1 + _FRAILTY * hazard) ** (-1 / _FRAILTY))

    def draw_months(self, dice: Dice, log_ratio: float) -> float:
        """Return after how many months a placement breaks down, if nothing ends it before."""
        target = -log(1 - dice.fraction()) / (exp(log_ratio) * _draw_frailty(dice))
        for (start, rate), (end, _) in zip(_RATES, (*_RATES[1:], (1e9, 0.0)), strict=True):
            if target <= rate * (end - start):
                return start + target / rate
            target -= rate * (end - start)
        return 1e9

    @staticmethod
    def hazard(months: float) -> float:
        """Return the cumulative hazard of an ordinary placement after some months."""
        ends = (*(start for start, _ in _RATES[1:]), 1e9)
        return sum(
            rate * max(0.0, min(months, end) - start)
            for (start, rate), end in zip(_RATES, ends, strict=True)
        )

    def log_ratio(self, child: Child, family: Family, facts: Facts) -> float:
        """Return the log hazard of a pair against an ordinary one."""
        pair = self._carers(child, family) + self._home(child, family, facts)
        return _child_term(child, facts.age) + pair - _ORDINARY

    def _carers(self, child: Child, family: Family) -> float:
        size, severity = self.strength, child.needs.severity
        answers = zip(severity, family.willingness, strict=True)
        unready = sum(pow(s / 3, 1.15) * _UNREADY[answer] for s, answer in answers)
        load = min(sum(severity) / 3, 3.0)
        skill = 1 - exp(-family.skills.experience_years / 5)
        trained = sqrt(min(len(family.skills.trainings), 4))
        return (
            0.55 * size["unready"] * unready
            - 0.3 * size["skill"] * skill * (0.4 + 0.6 * load)
            - 0.16 * size["trained"] * trained * (0.3 + 0.7 * load)
            - 0.22 * size["respite"] * family.offer.respite * load
        )

    def _home(self, child: Child, family: Family, facts: Facts) -> float:
        size = self.strength
        is_kin = family.kind is FamilyKind.NETWORK
        near = 0.0 if facts.gap is None else max(0.0, 1 - (facts.gap / 3) ** 2)
        crowd = len(family.residents.foster_children)
        return (
            -0.5 * size["kin"] * is_kin
            + 0.4 * size["own_child"] * near
            + 0.17 * size["crowd"] * pow(crowd, 1.2)
            + 0.3 * size["apart"] * facts.is_apart
            + 0.2 * size["wish"] * _is_against_wish(child, family)
            + self._nearness(child, family, facts)
        )

    def _nearness(self, child: Child, family: Family, facts: Facts) -> float:
        size, home = self.strength, child.household
        often = 0.0 if home.contact.is_secret else sqrt(min(home.contact.visits_per_month, 8) / 4)
        stays = child.school is not None and child.school.should_stay
        km = facts.school_km if stays and facts.school_km is not None else 0.0
        unheard = not set(home.background.languages) & set(family.living.languages)
        wish = home.background.faith_wish
        return (
            0.6 * size["school"] * km / (km + 20)
            + 0.2 * size["home"] * often * min(facts.home_km, 60) / 20
            - 0.07 * size["cooperation"] * often * (family.skills.cooperation - 3)
            + 0.25 * size["unheard"] * unheard
            + 0.15 * size["faith"] * (wish is not None and wish != family.living.faith)
        )


def _child_term(child: Child, age: float) -> float:
    severity = child.needs.severity
    return (
        0.6 / (1 + exp(-(age - 11.5) / 1.2))
        + 0.15 * severity[_BEHAVIOUR]
        + 0.03 * sum(severity)
        + 0.2 * log1p(child.history.placements)
        + 0.3 * child.history.was_residential
        - 0.35
    )


def _is_against_wish(child: Child, family: Family) -> bool:
    is_lively = bool(family.residents.own_children or family.residents.foster_children)
    if child.other_children is OtherChildrenWish.WITH:
        return not is_lively
    return child.other_children is OtherChildrenWish.WITHOUT and is_lively


def _draw_frailty(dice: Dice) -> float:
    """Return a draw of about a gamma of mean 1: a sum of exponentials, as many as 1 / variance."""
    number = round(1 / _FRAILTY)
    return sum(-log(1 - dice.fraction()) for _ in range(number)) / number
