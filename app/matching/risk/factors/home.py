"""Who lives in the home: kin, own children of about the same age, foster children."""

import numpy as np

from app.kernel.words import OtherChildrenWish
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.factor import Factor, Level, Measure, known
from app.matching.rules.phrases import count_children
from app.matching.rules.rule import NETWORK

WISHES = tuple(OtherChildrenWish)
WITH = WISHES.index(OtherChildrenWish.WITH)
WITHOUT = WISHES.index(OtherChildrenWish.WITHOUT)
NEAR_IN_AGE_YEARS = 2.0
FULL_HOME = 5  # foster children, the new child included
MIDYEAR = 0.5  # of a housemate only the birth year is known


def _network(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known(problem.families.kind[family] == NETWORK)


def _own_years(problem: Problem) -> Floats:
    """Return the birth years of each family's own children, shape (m, most), NaN beyond."""
    mates = problem.housemates
    owner = mates.family[mates.own]
    order = np.argsort(owner, kind="stable")
    owner, years = owner[order], mates.birth_year[mates.own][order]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    table = np.full((len(problem.families), int(rank.max(initial=-1)) + 1), np.nan)
    table[owner, rank] = years
    return table


def _own_child_near(problem: Problem, child: Ints, family: Ints) -> Measure:
    born = 1970 + problem.children.born_on.astype("datetime64[D]").astype(np.int64) / 365.25
    gap = np.abs(_own_years(problem)[family] + MIDYEAR - born[child][:, None])
    return known((gap <= NEAR_IN_AGE_YEARS).any(axis=1))


def count_foster_children(problem: Problem) -> Ints:
    """Return how many foster children live with each family, shape (m,)."""
    mates = problem.housemates
    return np.bincount(mates.family[~mates.own], minlength=len(problem.families))


def _foster_children(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known(np.minimum(count_foster_children(problem), FULL_HOME - 1)[family])


def _full_home(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known((count_foster_children(problem) + 1 >= FULL_HOME)[family])


def has_children(problem: Problem) -> Bools:
    """Return whether any child lives with each family, shape (m,)."""
    return np.bincount(problem.housemates.family, minlength=len(problem.families)) > 0


def _against_wish(problem: Problem, child: Ints, family: Ints) -> Measure:
    wish = problem.children.other_children[child]
    lively = has_children(problem)[family]
    return known(((wish == WITH) & ~lively) | ((wish == WITHOUT) & lively))


def _say_network(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind kent dit gezin al; plaatsingen in het eigen netwerk houden vaker stand."


def _say_own_child(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het gezin heeft een eigen kind van ongeveer dezelfde leeftijd (2 jaar of minder)."


def _say_foster_children(problem: Problem, _child: int, family: int, _value: float) -> str:
    mates = problem.housemates
    number = int(np.count_nonzero((mates.family == family) & ~mates.own))
    verb = "woont" if number == 1 else "wonen"
    return f"In het gezin {verb} al {count_children(number)} in pleegzorg."


def _say_full_home(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return f"Met dit kind erbij wonen er {FULL_HOME} of meer pleegkinderen in het gezin."


def _say_against_wish(problem: Problem, child: int, _family: int, _value: float) -> str:
    if problem.children.other_children[child] == WITH:
        return "Het kind woont liefst met andere kinderen; in dit gezin zijn die er niet."
    return "Het kind woont liefst zonder andere kinderen; in dit gezin zijn die er wel."


FACTORS = (
    Factor("netwerk", Level.PAIR, _network, _say_network),
    Factor("eigen_kind_zelfde_leeftijd", Level.PAIR, _own_child_near, _say_own_child),
    Factor("pleegkinderen", Level.PAIR, _foster_children, _say_foster_children),
    Factor("vol_huis", Level.PAIR, _full_home, _say_full_home),
    Factor("andere_kinderen", Level.PAIR, _against_wish, _say_against_wish),
)
