"""Draws the waiting children, household by household."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.words import PROBLEMS, Gender, OtherChildrenWish, Problem
from app.simulation.areas import Area, Areas, draw_postcode
from app.simulation.child import Child, History, Household, Needs, School
from app.simulation.dice import Dice, Shares
from app.simulation.households import DAYS_A_YEAR, draw_household
from app.simulation.names import (
    ANY_NAMES,
    BOYS,
    GIRLS,
    SCHOOL_VOICES,
    SIBLING_VOICES,
    VOICES,
)
from app.simulation.numbers import draw_bsns, group_codes, registration_numbers
from app.simulation.order import Order
from app.simulation.plan import Shortage, plan_households
from app.simulation.siblings import draw_ages

_GENDERS = Shares({Gender.BOY: 64, Gender.GIRL: 55, Gender.X: 1})
_NAMES = {Gender.BOY: BOYS, Gender.GIRL: GIRLS, Gender.X: ANY_NAMES}
_OTHER_CHILDREN = Shares(
    {OtherChildrenWish.NONE: 83, OtherChildrenWish.WITH: 20, OtherChildrenWish.WITHOUT: 17}
)
# Share of children with the problem at all: under 4, from 4 to 12, from 12 years on.
_PREVALENCE = {
    Problem.EXTERNALISING: (0.45, 0.42, 0.72),
    Problem.INTERNALISING: (0.45, 0.40, 0.27),
    Problem.ATTACHMENT: (0.45, 0.50, 0.55),
    Problem.LEARNING_DISABILITY: (0.08, 0.28, 0.25),
    Problem.PSYCHIATRY: (0.10, 0.16, 0.18),
    Problem.MEDICAL: (0.20, 0.18, 0.16),
    Problem.SEXUAL: (0.0, 0.005, 0.02),
    Problem.RUNNING_AWAY: (0.0, 0.04, 0.14),
    Problem.SUBSTANCES: (0.0, 0.01, 0.11),
}
_SEVERITY = Shares({1: 48, 2: 35, 3: 17})
_PLACEMENTS = Shares({0: 54, 1: 30, 2: 18, 3: 6, 4: 3, 5: 2, 6: 2, 7: 3, 8: 2})
_ALLERGIES = (("hond", 0.01), ("kat", 0.025))
_LEAST_AGE: dict[Shortage | None, int] = {Shortage.PART_TIME_WITH_DRUGS: 13}


@dataclass(frozen=True, slots=True)
class _Seat:
    household: Household
    shortage: Shortage | None
    age_days: int


def draw_children(order: Order, *, areas: Areas, network: list[str]) -> tuple[Child, ...]:
    """Return the waiting children in order of number.

    network: the families that lie ready in a network; as many children name one as were planned.
    """
    dice = Dice(order.seed, "children")
    seats = _draw_seats(order, areas=areas, network=network)
    numbers = registration_numbers(order.children, order.snapshot_day.year)
    bsns = draw_bsns(Dice(order.seed, "bsn"))
    return tuple(
        _draw_child(dice, seat, areas=areas, label=(number, bsn), today=order.snapshot_day)
        for seat, number, bsn in zip(seats, numbers, bsns, strict=False)
    )


def _draw_seats(order: Order, *, areas: Areas, network: list[str]) -> list[_Seat]:
    dice, today = Dice(order.seed, "households"), order.snapshot_day
    codes, own = iter(group_codes(order.children)), iter(network)
    seats = []
    for plan in plan_households(dice, children=order.children, network=len(network)):
        ages = draw_ages(dice, plan.size, at_least_years=_LEAST_AGE.get(plan.shortage, 0))
        household = draw_household(
            dice,
            plan,
            areas=areas,
            ages=ages,
            code=next(codes) if plan.size > 1 else None,
            network_family=next(own) if plan.has_network_family else None,
            today=today,
        )
        seats += [_Seat(household, plan.shortage, age) for age in ages]
    return seats


def _draw_child(
    dice: Dice, seat: _Seat, *, areas: Areas, label: tuple[str, str | None], today: date
) -> Child:
    gender = dice.draw(_GENDERS)
    school = _draw_school(dice, seat, areas=areas)
    return Child(
        number=label[0],
        bsn=label[1],
        first_name=dice.pick(_NAMES[gender]),
        born_on=today - timedelta(days=seat.age_days),
        gender=gender,
        household=seat.household,
        school=school,
        needs=_draw_needs(dice, seat),
        history=_draw_history(dice, seat),
        other_children=dice.draw(_OTHER_CHILDREN),
        voice=_draw_voice(dice, seat, school=school),
    )


def _draw_school(dice: Dice, seat: _Seat, *, areas: Areas) -> School | None:
    if seat.age_days < 4 * DAYS_A_YEAR or dice.hits(0.06):
        return None
    home = seat.household.address
    near = Area(home.postcode[:4], home.place, home.municipality)
    area = near if dice.hits(0.54) else areas.draw_home(dice)
    return School(draw_postcode(dice, area), should_stay=dice.hits(0.5))


def _draw_needs(dice: Dice, seat: _Seat) -> Needs:
    severity = _draw_severity(dice, seat)
    noise = sum(dice.between(-3, 3) for _ in range(3))
    allergies = tuple(pet for pet, chance in _ALLERGIES if dice.hits(chance))
    must_roll = seat.shortage is Shortage.CRISIS_WITH_WHEELCHAIR
    return Needs(
        severity=severity,
        sdq_total=max(0, 6 + int(1.7 * sum(severity)) + noise) if _can_be_asked(seat) else None,
        allergies=allergies,
        smoke_free=dice.hits(0.37),
        wheelchair=dice.hits(0.015) or must_roll,
    )


def _draw_severity(dice: Dice, seat: _Seat) -> tuple[int, ...]:
    band = sum(seat.age_days >= years * DAYS_A_YEAR for years in (4, 12))
    severity = {
        problem: dice.draw(_SEVERITY) if dice.hits(_PREVALENCE[problem][band]) else 0
        for problem in PROBLEMS
    }
    if seat.shortage is Shortage.PART_TIME_WITH_DRUGS:
        severity[Problem.SUBSTANCES] = 3
    return tuple(severity.values())


def _draw_history(dice: Dice, seat: _Seat) -> History:
    placements = min(dice.draw(_PLACEMENTS), seat.age_days // 200)
    breakdowns = sum(dice.hits(0.15) for _ in range(placements))
    was_residential = seat.age_days > 8 * DAYS_A_YEAR and dice.hits(0.08)
    return History(placements, breakdowns, was_residential)


def _draw_voice(dice: Dice, seat: _Seat, *, school: School | None) -> str:
    if seat.age_days < 4 * DAYS_A_YEAR or dice.hits(0.2):
        return ""
    own: tuple[str, ...] = VOICES
    own += SIBLING_VOICES if seat.household.siblings else ()
    own += SCHOOL_VOICES if school and school.should_stay else ()
    return dice.pick(own)


def _can_be_asked(seat: _Seat) -> bool:
    """Return whether the SDQ exists for this age: from two years on (sdqinfo.org)."""
    return seat.age_days >= 2 * DAYS_A_YEAR
