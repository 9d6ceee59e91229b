"""No family inside an area where the child may not be placed (contact ban, secret placement)."""

import numpy as np

from app.kernel.postcode import distance_km
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.rule import Basis, Rule

# A centroid that is not certain was found to be up to 28 km off (see app/reference).
UNCERTAIN_BY_KM = 28.0


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    found = np.zeros(np.broadcast_shapes(child.shape, family.shape), dtype=np.bool_)
    for row in np.flatnonzero(np.isin(problem.excluded.child, child)):
        found |= (child == problem.excluded.child[row]) & _is_inside(problem, row, family)
    return found


def _listed(problem: Problem) -> tuple[Ints, Ints]:
    everyone = np.arange(len(problem.families), dtype=np.int64)
    inside = [
        np.flatnonzero(_is_inside(problem, row, everyone))
        for row in np.arange(len(problem.excluded.child))
    ]
    counts = [len(found) for found in inside]
    families = np.concatenate([np.zeros(0, dtype=np.int64), *inside])
    return np.repeat(problem.excluded.child, counts), families


def has_uncertain_area(problem: Problem, child: int, family: int) -> bool:
    """Return whether the family may live in an excluded area but the map is not sure of it."""
    at = np.array([family], dtype=np.int64)
    return any(
        bool(_may_be_inside(problem, row, at)[0])
        for row in np.flatnonzero(problem.excluded.child == child)
    )


def _is_inside(problem: Problem, row: np.int64, family: Ints) -> Bools:
    certain = problem.excluded.certain[row] & problem.families.area_certain[family]
    near = _distances(problem, row, family) <= problem.excluded.radius_km[row]
    return np.asarray(_is_same_area(problem, row, family) | (certain & near))


def _may_be_inside(problem: Problem, row: np.int64, family: Ints) -> Bools:
    """Return where an uncertain centroid (and another PC4) leaves the question open."""
    certain = problem.excluded.certain[row] & problem.families.area_certain[family]
    reach = problem.excluded.radius_km[row] + 2 * UNCERTAIN_BY_KM
    far = _distances(problem, row, family) > reach
    return np.asarray(~certain & ~far & ~_is_same_area(problem, row, family))


def _is_same_area(problem: Problem, row: np.int64, family: Ints) -> Bools:
    area = problem.excluded.area[row]
    return np.asarray(np.array(problem.families.area)[family] == area) & (area != "")


def _distances(problem: Problem, row: np.int64, family: Ints) -> Floats:
    excluded, families = problem.excluded, problem.families
    return distance_km(
        excluded.lat[row], excluded.lon[row], families.lat[family], families.lon[family]
    )


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin woont in een gebied waar dit kind niet mag wonen."


def uncertain_sentence() -> str:
    """Return what a person must find out when the map is not sure."""
    return (
        "De kaart is niet zeker van de ligging van dit postcodegebied: ga na of het gezin "
        "buiten het gebied woont waar dit kind niet mag wonen."
    )


RULE = Rule(
    code="uitgesloten_gebied",
    label="woont in een uitgesloten gebied",
    basis=Basis.SAFETY,
    source="Contactverbod of geheime plaatsing, zoals aangemeld",
    conflicts=_conflicts,
    sentence=_sentence,
    listed=_listed,
)
