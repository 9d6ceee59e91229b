"""Who lives in the home: kin, own children of about the same age, foster children."""

import numpy as np

from app.kernel.words import OtherChildrenWish
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.at_scale import ByKind, every_child, number
from app.matching.risk.factor import Factor, Level, Measure, known
from app.matching.rules.phrases import count_children
from app.matching.rules.rule import NETWORK

WISHES = tuple(OtherChildrenWish)
WITH = WISHES.index(OtherChildrenWish.WITH)
WITHOUT = WISHES.index(OtherChildrenWish.WITHOUT)
NEAR_IN_AGE_YEARS = 2.0
VERY_NEAR_IN_AGE_YEARS, RATHER_NEAR_IN_AGE_YEARS = 1.0, 3.0
FULL_HOME = 5  # foster children, the new child included
SEVEREST = 3
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
    return known(_own_gap(problem, child, family) <= NEAR_IN_AGE_YEARS)


def _born(problem: Problem) -> Floats:
    """Return when each child was born, in years with their fraction, shape (n,)."""
    days = problem.children.born_on.astype("datetime64[D]").astype(np.int64)
    return np.asarray(1970 + days / 365.25)


def _own_gap(problem: Problem, child: Ints, family: Ints) -> Floats:
    """Return the years between the child and the nearest own child in age, infinite without one."""
    gap = np.abs(_own_years(problem)[family] + MIDYEAR - _born(problem)[child][:, None])
    return np.asarray(np.nan_to_num(gap, nan=np.inf).min(axis=1, initial=np.inf))


def _own_child_very_near(problem: Problem, child: Ints, family: Ints) -> Measure:
    return known(_own_gap(problem, child, family) <= VERY_NEAR_IN_AGE_YEARS)


def _own_child_rather_near(problem: Problem, child: Ints, family: Ints) -> Measure:
    gap = _own_gap(problem, child, family)
    return known((gap > NEAR_IN_AGE_YEARS) & (gap <= RATHER_NEAR_IN_AGE_YEARS))


def count_foster_children(problem: Problem) -> Ints:
    """Return how many foster children live with each family, shape (m,)."""
    mates = problem.housemates
    return np.bincount(mates.family[~mates.own], minlength=len(problem.families))


def _foster_children(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known(np.minimum(count_foster_children(problem), FULL_HOME - 1)[family])


def _many_foster_children(problem: Problem, _child: Ints, family: Ints) -> Measure:
    number = np.minimum(count_foster_children(problem), FULL_HOME - 1)[family]
    return known(number**2 / (FULL_HOME - 1))


def _kin_by_severity(problem: Problem, child: Ints, family: Ints) -> Measure:
    severest = problem.children.severity.max(axis=1)[child] / SEVEREST
    return known(severest * (problem.families.kind[family] == NETWORK))


def _wish_by_foster_children(problem: Problem, child: Ints, family: Ints) -> Measure:
    alone = problem.children.other_children[child] == WITHOUT
    number = np.minimum(count_foster_children(problem), FULL_HOME - 1)[family]
    return known(alone * number)


def _full_home(problem: Problem, _child: Ints, family: Ints) -> Measure:
    return known((count_foster_children(problem) + 1 >= FULL_HOME)[family])


def has_children(problem: Problem) -> Bools:
    """Return whether any child lives with each family, shape (m,)."""
    return np.bincount(problem.housemates.family, minlength=len(problem.families)) > 0


def _against_wish(problem: Problem, child: Ints, family: Ints) -> Measure:
    wish = problem.children.other_children[child]
    lively = has_children(problem)[family]
    return known(((wish == WITH) & ~lively) | ((wish == WITHOUT) & lively))


def _kind(problem: Problem) -> Ints:
    return problem.families.kind


def _severest(problem: Problem) -> Ints:
    return np.asarray(problem.children.severity.max(axis=1))


def _wish(problem: Problem) -> Ints:
    return problem.children.other_children


def _lively(problem: Problem) -> Ints:
    return has_children(problem).astype(np.int64)


def _distinct_years(problem: Problem) -> Ints:
    return np.unique(problem.housemates.birth_year[problem.housemates.own])


def _near_years(problem: Problem) -> Ints:
    """Number children by which birth years lie within each of the three limits, shape (n,)."""
    gap = np.abs(_distinct_years(problem) + MIDYEAR - _born(problem)[:, None])
    limits = (VERY_NEAR_IN_AGE_YEARS, NEAR_IN_AGE_YEARS, RATHER_NEAR_IN_AGE_YEARS)
    return number(np.packbits(np.concatenate([gap <= limit for limit in limits], axis=1), axis=1))


def _years_at_home(problem: Problem) -> Ints:
    """Number families by the birth years of their own children, shape (m,)."""
    mates, years = problem.housemates, _distinct_years(problem)
    table = np.zeros((len(problem.families), len(years)), dtype=np.bool_)
    table[mates.family[mates.own], np.searchsorted(years, mates.birth_year[mates.own])] = True
    return number(np.packbits(table, axis=1))


_BY_OWN_YEARS = ByKind(_near_years, _years_at_home)


def _say_network(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind kent dit gezin al; plaatsingen in het eigen netwerk houden vaker stand."


def _say_own_child(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het gezin heeft een eigen kind van ongeveer dezelfde leeftijd (2 jaar of minder)."


def _say_very_near(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het gezin heeft een eigen kind van bijna dezelfde leeftijd (1 jaar of minder)."


def _say_rather_near(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het gezin heeft een eigen kind dat 2 tot 3 jaar scheelt."


def _say_many(problem: Problem, _child: int, family: int, _value: float) -> str:
    number = int(count_foster_children(problem)[family])
    return f"Elk pleegkind erbij telt zwaarder naarmate er meer wonen (nu {number})."


def _say_kin_by_severity(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind kent dit gezin al, en er speelt iets bij het kind waarbij dat uitmaakt."


def _say_wish_by_foster(problem: Problem, _child: int, family: int, _value: float) -> str:
    number = count_children(int(count_foster_children(problem)[family]))
    return f"Het kind woont liefst zonder andere kinderen; hier wonen al {number} in pleegzorg."


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
    Factor("netwerk", Level.PAIR, _network, _say_network, at_scale=ByKind(every_child, _kind)),
    Factor(
        "netwerk_ernst",
        Level.PAIR,
        _kin_by_severity,
        _say_kin_by_severity,
        at_scale=ByKind(_severest, _kind),
    ),
    Factor(
        "eigen_kind_zelfde_leeftijd",
        Level.PAIR,
        _own_child_near,
        _say_own_child,
        at_scale=_BY_OWN_YEARS,
    ),
    Factor(
        "eigen_kind_1_jaar",
        Level.PAIR,
        _own_child_very_near,
        _say_very_near,
        at_scale=_BY_OWN_YEARS,
    ),
    Factor(
        "eigen_kind_2_3_jaar",
        Level.PAIR,
        _own_child_rather_near,
        _say_rather_near,
        at_scale=_BY_OWN_YEARS,
    ),
    Factor(
        "pleegkinderen",
        Level.PAIR,
        _foster_children,
        _say_foster_children,
        at_scale=ByKind(every_child, count_foster_children),
    ),
    Factor(
        "pleegkinderen_kwadraat",
        Level.PAIR,
        _many_foster_children,
        _say_many,
        at_scale=ByKind(every_child, count_foster_children),
    ),
    Factor(
        "vol_huis",
        Level.PAIR,
        _full_home,
        _say_full_home,
        at_scale=ByKind(every_child, count_foster_children),
    ),
    Factor(
        "andere_kinderen",
        Level.PAIR,
        _against_wish,
        _say_against_wish,
        at_scale=ByKind(_wish, _lively),
    ),
    Factor(
        "wens_pleegkinderen",
        Level.PAIR,
        _wish_by_foster_children,
        _say_wish_by_foster,
        at_scale=ByKind(_wish, count_foster_children),
    ),
)
