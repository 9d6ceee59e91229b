"""Draws recruited foster families; the shares are those of the example region in the tests."""

from datetime import date, datetime, time, timedelta

from app.kernel.words import (
    PROBLEMS,
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)
from app.simulation.areas import Areas, draw_address
from app.simulation.dice import Dice, Shares
from app.simulation.family import Family, Living, Offer, Papers, Provider, Residents, Skills
from app.simulation.names import LANGUAGES, PETS, SURNAMES, TRAININGS

_STATUSES = Shares({FamilyStatus.ACTIVE: 185, FamilyStatus.PAUSED: 15, FamilyStatus.STOPPED: 10})
_FORMS = Shares(
    {
        (CareForm.LONG_TERM,): 55,
        (CareForm.PART_TIME,): 42,
        (CareForm.SHORT_TERM,): 39,
        (CareForm.CRISIS, CareForm.SHORT_TERM): 31,
        (CareForm.LONG_TERM, CareForm.SHORT_TERM): 26,
        (CareForm.CRISIS,): 21,
        (CareForm.PART_TIME, CareForm.SHORT_TERM): 10,
    }
)
_AGES = Shares(
    {
        (0, 18): 17, (0, 6): 20, (0, 8): 19, (0, 4): 16, (4, 12): 15, (4, 10): 13, (0, 10): 11,
        (12, 18): 11, (0, 12): 8, (4, 16): 8, (4, 18): 8, (6, 12): 8, (6, 18): 8, (8, 18): 8,
        (6, 14): 6, (6, 16): 6, (4, 8): 5, (6, 10): 5, (8, 14): 5, (4, 14): 4, (12, 16): 3,
        (8, 12): 3, (8, 16): 2,
    }
)  # fmt: skip
_PREFERENCES = Shares(
    {GenderPreference.NONE: 175, GenderPreference.GIRL: 20, GenderPreference.BOY: 15}
)
_MOST_SIBLINGS = Shares({1: 98, 2: 87, 3: 28, 4: 10})
_FREE_PLACES = Shares({0: 33, 1: 100, 2: 64, 3: 9, 4: 3})
_FOSTER_CHILDREN = Shares({0: 129, 1: 62, 2: 24, 3: 8})
_OWN_CHILDREN = Shares({0: 71, 1: 48, 2: 65, 3: 32, 4: 7})
_COOPERATION = Shares({1: 12, 2: 29, 3: 84, 4: 65, 5: 33})
_FAITHS = Shares(
    {"geen": 118, "islam": 35, "protestants": 32, "rooms-katholiek": 28, "hindoe": 8, "joods": 2}
)
_MORE_LANGUAGES = Shares({0: 108, 1: 79, 2: 29, 3: 5, 4: 2})
_EXPERIENCE = Shares({0: 39, 1: 45, 2: 21, **{years: 25 * 0.82 ** (years - 3)
                      for years in range(3, 26)}})  # fmt: skip
_PETS = ((PETS[0], 0.28), (PETS[1], 0.25), (PETS[2], 0.13))
# Of 223 families: yes, with support, no.
_ASKED = {
    Problem.EXTERNALISING: (75, 106, 42),
    Problem.INTERNALISING: (149, 63, 11),
    Problem.ATTACHMENT: (103, 97, 23),
    Problem.LEARNING_DISABILITY: (128, 66, 29),
    Problem.PSYCHIATRY: (88, 90, 45),
    Problem.MEDICAL: (116, 73, 34),
    Problem.SEXUAL: (25, 79, 119),
    Problem.RUNNING_AWAY: (59, 91, 73),
    Problem.SUBSTANCES: (36, 74, 113),
}
_ANSWERS = {
    problem: Shares(dict(zip(Willingness, counts, strict=True)))
    for problem, counts in _ASKED.items()
}


def draw_families(
    order_seed: int, references: list[tuple[Provider, str]], *, areas: Areas, today: date
) -> tuple[Family, ...]:
    """Return a recruited family for each provider and number."""
    dice = Dice(order_seed, "families")
    return tuple(
        draw_family(dice, provider, reference, areas=areas, today=today)
        for provider, reference in references
    )


def draw_family(
    dice: Dice, provider: Provider, reference: str, *, areas: Areas, today: date
) -> Family:
    """Return one recruited family."""
    residents = _draw_residents(dice, today.year)
    living = _draw_living(dice)
    offer = _draw_offer(dice, living, fostered=len(residents.foster_children), today=today)
    return Family(
        provider=provider,
        reference=reference,
        name=dice.pick(SURNAMES),
        kind=FamilyKind.RECRUITED,
        status=dice.draw(_STATUSES),
        address=draw_address(dice, areas.draw_family(dice)),
        residents=residents,
        offer=offer,
        willingness=_draw_willingness(dice, offer.forms),
        skills=_draw_skills(dice, today.year - min(residents.carers)),
        living=living,
        papers=_draw_papers(dice, today),
        network_for=None,
        updated_at=_draw_moment(dice, today),
    )


def _draw_residents(dice: Dice, year: int) -> Residents:
    carers = tuple(year - dice.between(28, 66) for _ in range(2 if dice.hits(0.75) else 1))
    oldest_child = min(20, year - max(carers) - 18)
    return Residents(
        carers=carers,
        own_children=_draw_years(dice, year, dice.draw(_OWN_CHILDREN), oldest=oldest_child),
        foster_children=_draw_years(dice, year, dice.draw(_FOSTER_CHILDREN), oldest=17),
    )


def _draw_years(dice: Dice, year: int, count: int, *, oldest: int) -> tuple[int, ...]:
    return tuple(year - dice.between(1, oldest) for _ in range(count))


def _draw_living(dice: Dice) -> Living:
    more = dice.sample(LANGUAGES, dice.draw(_MORE_LANGUAGES))
    return Living(
        pets=tuple(pet for pet, chance in _PETS if dice.hits(chance)),
        smokes=dice.hits(0.085),
        wheelchair=dice.hits(0.09),
        languages=("Nederlands", *more),
        faith=dice.draw(_FAITHS),
    )


def _draw_offer(dice: Dice, living: Living, *, fostered: int, today: date) -> Offer:
    forms = dice.draw(_FORMS)
    while living.wheelchair and CareForm.CRISIS in forms:  # see plan.Shortage
        forms = dice.draw(_FORMS)
    free, (youngest, oldest) = dice.draw(_FREE_PLACES), dice.draw(_AGES)
    start = today + timedelta(days=_draw_start(dice))
    ends = max(start, today) + timedelta(days=dice.between(60, 400))
    return Offer(
        forms=forms,
        places_total=free + fostered,
        places_free=free,
        available_from=start,
        available_until=ends if dice.hits(0.095) else None,
        min_age=youngest,
        max_age=oldest,
        gender_preference=dice.draw(_PREFERENCES),
        max_siblings=dice.draw(_MOST_SIBLINGS),
        respite=dice.hits(0.37),
    )


def _draw_start(dice: Dice) -> int:
    return dice.between(-120, 0) if dice.hits(0.72) else dice.between(1, 90)


def _draw_willingness(dice: Dice, forms: tuple[CareForm, ...]) -> tuple[Willingness, ...]:
    answers = {problem: dice.draw(_ANSWERS[problem]) for problem in PROBLEMS}
    if CareForm.PART_TIME in forms:  # see plan.Shortage
        answers[Problem.SUBSTANCES] = Willingness.NO
    return tuple(answers.values())


def _draw_skills(dice: Dice, eldest: int) -> Skills:
    years = min(dice.draw(_EXPERIENCE), eldest - 21)
    chance = min(0.5, 0.18 + 0.012 * years)
    trainings = tuple(training for training in TRAININGS if dice.hits(chance))
    return Skills(years, trainings, dice.draw(_COOPERATION))


def _draw_papers(dice: Dice, today: date) -> Papers:
    days = dice.between(-200, -1) if dice.hits(0.085) else dice.between(1, 712)
    return Papers(today + timedelta(days=days), prepared=dice.hits(0.973))


def _draw_moment(dice: Dice, today: date) -> datetime:
    day = today - timedelta(days=dice.between(1, 31))
    return datetime.combine(day, time(dice.between(6, 22), dice.between(0, 59)))
