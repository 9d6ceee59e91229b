"""Being understood, the wish for a faith, and working with the parents."""

import numpy as np

from app.matching.problem import Ints, Problem
from app.matching.risk.at_scale import ByKind, number
from app.matching.risk.factor import Factor, Level, Measure, known, partly_known
from app.matching.risk.factors.distance import visits

NO_WISH = -1
UNKNOWN = 0
MIDDLE = 3
HALF = 0.5
COOPERATION_SPREAD = 0.6


def _not_understood(problem: Problem, child: Ints, family: Ints) -> Measure:
    """Measure whether child and carers share no language; which language it is never counts."""
    spoken, carers = problem.children.languages[child], problem.families.languages[family]
    is_known = spoken.any(axis=1) & carers.any(axis=1)
    is_missing = ~(spoken & carers).any(axis=1)
    return partly_known(np.asarray(is_missing, np.float64), is_known=is_known, spread=HALF)


def _faith(problem: Problem, child: Ints, family: Ints) -> Measure:
    wish = problem.children.faith_wish[child]
    met = wish == problem.families.faith[family]
    return known(np.where(wish == NO_WISH, 0.0, np.where(met, -HALF, HALF)))


def _cooperation(problem: Problem, child: Ints, family: Ints) -> Measure:
    score = problem.families.cooperation[family]
    often = visits(problem)[child]
    return partly_known(
        np.asarray((score - MIDDLE) / 2 * often),
        is_known=score != UNKNOWN,
        spread=COOPERATION_SPREAD * often,
    )


def _spoken(problem: Problem) -> Ints:
    return number(np.packbits(problem.children.languages, axis=1))


def _spoken_at_home(problem: Problem) -> Ints:
    return number(np.packbits(problem.families.languages, axis=1))


def _wish(problem: Problem) -> Ints:
    return problem.children.faith_wish


def _faith_at_home(problem: Problem) -> Ints:
    return problem.families.faith


def _visits(problem: Problem) -> Ints:
    return number(visits(problem))


def _score(problem: Problem) -> Ints:
    return problem.families.cooperation


def _say_not_understood(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind en de pleegouders spreken geen gezamenlijke taal."


def _miss_language(_problem: Problem, _child: int, _family: int) -> str:
    return "Het is niet bekend of het kind en de pleegouders elkaar verstaan: vraag dit na."


def _say_faith(_problem: Problem, _child: int, _family: int, value: float) -> str:
    if value < 0:
        return "De wens voor het geloof past bij dit gezin."
    return "De wens voor het geloof past niet bij dit gezin; bespreek hoe het toch kan."


def _say_cooperation(_problem: Problem, _child: int, _family: int, value: float) -> str:
    if value > 0:
        return "Het gezin werkt makkelijk samen met ouders, en er is contact met de ouders."
    return "Samenwerken met ouders is voor dit gezin moeilijk, en er is contact met de ouders."


def _miss_cooperation(_problem: Problem, _child: int, _family: int) -> str:
    return "Het is niet bekend hoe het gezin samenwerkt met ouders: vraag dit na."


FACTORS = (
    Factor(
        "verstaan",
        Level.PAIR,
        _not_understood,
        _say_not_understood,
        _miss_language,
        at_scale=ByKind(_spoken, _spoken_at_home),
    ),
    Factor("geloofswens", Level.PAIR, _faith, _say_faith, at_scale=ByKind(_wish, _faith_at_home)),
    Factor(
        "samenwerking_ouders",
        Level.PAIR,
        _cooperation,
        _say_cooperation,
        _miss_cooperation,
        at_scale=ByKind(_visits, _score),
    ),
)
