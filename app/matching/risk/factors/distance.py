"""How far the family lives from the parents and from the school."""

import numpy as np

from app.kernel.postcode import distance_km
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.at_scale import ByKm
from app.matching.risk.factor import Factor, Level, Measure, partly_known

TYPICAL_HOME_KM = 15.0
FARTHEST_HOME_KM = 100.0
FAR_KM = 25.0
HALF = 0.5
TYPICAL_SCHOOL_KM = 8.0
FARTHEST_SCHOOL_KM = 30.0
SCHOOL_SPREAD_KM = 15.0
WEEKLY = 4.0  # contacts a month
MOST_CONTACTS = 8.0


def home_km(problem: Problem, child: Ints, family: Ints) -> Floats:
    """Return the km from the child's home to each family, NaN where an area is unknown."""
    children, families = problem.children, problem.families
    return distance_km(
        children.lat[child], children.lon[child], families.lat[family], families.lon[family]
    )


def _school_km(problem: Problem, child: Ints, family: Ints) -> Floats:
    children, families = problem.children, problem.families
    return distance_km(
        children.school_lat[child],
        children.school_lon[child],
        families.lat[family],
        families.lon[family],
    )


def visits(problem: Problem) -> Floats:
    """Return contacts with the parents, 1.0 is weekly, at most 2.0, shape (n,)."""
    return np.minimum(np.nan_to_num(problem.children.visits_per_month), MOST_CONTACTS) / WEEKLY


def _often(problem: Problem) -> Floats:
    # Nearness is no advantage where the placement is secret.
    return np.where(problem.children.secret_placement, 0.0, visits(problem))


def _is_certain(problem: Problem, child: Ints, family: Ints, km: Floats) -> Bools:
    certain = problem.children.area_certain[child] & problem.families.area_certain[family]
    return np.asarray(certain & ~np.isnan(km))


def _farness(km: Floats) -> Floats:
    return np.asarray(np.log1p(np.minimum(km, FARTHEST_HOME_KM)) - np.log1p(TYPICAL_HOME_KM))


def _from_home(problem: Problem, child: Ints, family: Ints) -> Measure:
    often, km = _often(problem)[child], home_km(problem, child, family)
    is_known = _is_certain(problem, child, family, km)
    return partly_known(_farness(km) * often, is_known=is_known, spread=often)


def _side(km: Floats) -> Floats:
    return np.where(km > FAR_KM, HALF, -HALF)


def _very_far(problem: Problem, child: Ints, family: Ints) -> Measure:
    """Measure whether it is far from home, whatever the contact is; never where it is secret."""
    km, secret = home_km(problem, child, family), problem.children.secret_placement[child]
    is_known = secret | _is_certain(problem, child, family, km)
    side = np.where(secret, 0.0, _side(km))
    return partly_known(side, is_known=is_known, spread=HALF)


def _beyond_typical(km: Floats) -> Floats:
    return np.asarray(np.minimum(km, FARTHEST_SCHOOL_KM) - TYPICAL_SCHOOL_KM)


def _keeps_school(problem: Problem) -> Bools:
    return np.asarray(problem.children.keep_school & problem.children.has_school)


def _from_school(problem: Problem, child: Ints, family: Ints) -> Measure:
    kept = _keeps_school(problem)[child]
    km = _school_km(problem, child, family)
    certain = problem.children.school_certain[child] & problem.families.area_certain[family]
    extra = np.where(kept, _beyond_typical(km), 0.0)
    is_known = ~kept | (certain & ~np.isnan(km))
    return partly_known(extra, is_known=is_known, spread=SCHOOL_SPREAD_KM)


def _has_place(problem: Problem) -> Bools:
    children = problem.children
    return np.asarray(children.area_certain & ~np.isnan(children.lat + children.lon))


def _often_from_here(problem: Problem) -> Floats:
    return np.asarray(_often(problem) * _has_place(problem))


def _open_from_here(problem: Problem) -> Floats:
    is_open = _has_place(problem) & ~problem.children.secret_placement
    return np.asarray(is_open, dtype=np.float64)


def _keeps_from_here(problem: Problem) -> Floats:
    children = problem.children
    known = children.school_certain & ~np.isnan(children.school_lat + children.school_lon)
    return np.asarray(_keeps_school(problem) & known, dtype=np.float64)


def _say_km(km: float) -> str:
    # Between centroids: within one area the true distance is not known, only that it is small.
    return "in hetzelfde postcodegebied" if km < 0.05 else f"{max(km, 1):.0f} km"


def _say_home(problem: Problem, child: int, family: int, value: float) -> str:
    km = home_km(problem, np.array([child]), np.array([family]))[0]
    if value < 0:
        return f"Het gezin woont dicht bij de ouders ({_say_km(km)}); dat helpt bij het contact."
    return f"Het gezin woont niet dicht bij de ouders ({_say_km(km)}), terwijl er contact is."


def _say_very_far(_problem: Problem, _child: int, _family: int, value: float) -> str:
    side = "verder dan" if value > 0 else "binnen"
    return f"Het gezin woont {side} {FAR_KM:.0f} km van het huis van het kind."


def _say_school(problem: Problem, child: int, family: int, value: float) -> str:
    km = _school_km(problem, np.array([child]), np.array([family]))[0]
    if value < 0:
        return f"Het kind kan op de eigen school blijven; die is dichtbij ({_say_km(km)})."
    return f"Het kind zou op de eigen school blijven, maar die is niet dichtbij ({_say_km(km)})."


def _miss_home(_problem: Problem, _child: int, _family: int) -> str:
    return "De afstand tussen het gezin en de ouders is niet zeker: zoek dit uit."


def _miss_school(_problem: Problem, _child: int, _family: int) -> str:
    return "De afstand tussen het gezin en de school is niet zeker: zoek dit uit."


FACTORS = (
    Factor(
        "afstand_ouders",
        Level.PAIR,
        _from_home,
        _say_home,
        _miss_home,
        at_scale=ByKm(home_km, _often_from_here, _farness),
    ),
    Factor(
        "ver_van_huis",
        Level.PAIR,
        _very_far,
        _say_very_far,
        _miss_home,
        at_scale=ByKm(home_km, _open_from_here, _side),
    ),
    Factor(
        "afstand_school",
        Level.PAIR,
        _from_school,
        _say_school,
        _miss_school,
        at_scale=ByKm(_school_km, _keeps_from_here, _beyond_typical),
    ),
)
