"""Children and families as Pydantic models, for the loop that the service is measured against."""

from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel

from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.risk.factors import CODES, FACTORS, carers, distance, home
from app.matching.risk.factors.child import burden
from app.matching.risk.hazard import cumulative_hazard, horizon_months
from app.matching.risk.weights import Weights
from app.matching.rules.on_hold import is_on_hold
from app.matching.rules.start import day_of_need
from app.matching.rules.status import ACTIVE


class Area(BaseModel):
    """An area where a child may not live."""

    area: str
    lat: float
    lon: float
    certain: bool
    radius_km: float


class Child(BaseModel):
    """A waiting child."""

    at: int
    age: int
    born: float
    gender: int
    form: int
    first_day: date
    last_day: date
    lat: float
    lon: float
    certain: bool
    school_lat: float
    school_lon: float
    school_certain: bool
    keeps_school: bool
    severity: list[int]
    clear: set[int]
    severest: float
    burden: float
    allergies: set[int]
    smoke_free: bool
    wheelchair: bool
    languages: set[int]
    faith_wish: int
    visits: float
    often: float
    with_others: bool
    without_others: bool
    small_and_long: bool
    on_hold: bool
    excluded: list[Area]
    refused_by: set[int]
    hazard: float
    own_ratio: float


class Family(BaseModel):
    """A foster family."""

    at: int
    network: bool
    for_child: int
    is_asked: bool
    is_screened: bool
    carer_too_young: bool
    area: str
    lat: float
    lon: float
    certain: bool
    forms: set[int]
    free: int
    available_from: date
    available_until: date | None
    min_age: int
    max_age: int
    wants_gender: int | None
    unwilling: set[int]
    side: list[float]
    says_no: list[bool]
    covered: list[bool]
    experience: float
    trainings: int
    respite: bool
    over_45: bool
    cooperation: int
    pets: set[int]
    smokes: bool
    wheelchair: bool
    languages: set[int]
    faith: int
    own_years: list[int]
    lively: bool
    own_ratio: float


class Pair(BaseModel):
    """A pair that no rule refuses."""

    child: int
    family: int
    chance: float


def read_children(
    problem: Problem, policy: Policy, weights: Weights, positions: list[int]
) -> list[Child]:
    """Return the models of some children."""
    kids, everyone = problem.children, np.arange(len(problem.children))
    first = day_of_need(problem)
    slack = np.array(policy.slack_days)[kids.urgency].astype("timedelta64[D]")
    months = horizon_months(kids.expected_months)
    columns: dict[str, Any] = {
        "at": everyone,
        "age": problem.age_in_years(),
        "born": home._born(problem),
        "gender": kids.gender,
        "form": kids.care_form,
        "first_day": first,
        "last_day": first + slack,
        "lat": kids.lat,
        "lon": kids.lon,
        "certain": kids.area_certain,
        "school_lat": kids.school_lat,
        "school_lon": kids.school_lon,
        "school_certain": kids.school_certain,
        "keeps_school": kids.keep_school & kids.has_school,
        "hazard": cumulative_hazard(weights.chance_in_year, weights.shape, months),
        "own_ratio": _alone(problem, weights, of_child=True) - weights.typical_log_ratio,
    }
    return [Child.model_validate(row) for row in _rows(columns | _needs(problem), positions)]


def _needs(problem: Problem) -> dict[str, Any]:
    kids = problem.children
    return {
        "severity": kids.severity,
        "clear": _sets(kids.severity >= 2),
        "severest": kids.severity.max(axis=1) / 3,
        "burden": burden(problem, np.arange(len(kids))),
        "allergies": _sets(kids.allergies),
        "smoke_free": kids.needs_smoke_free,
        "wheelchair": kids.needs_wheelchair,
        "languages": _sets(kids.languages),
        "faith_wish": kids.faith_wish,
        "visits": distance.visits(problem),
        "often": np.where(kids.secret_placement, 0.0, distance.visits(problem)),
        "with_others": kids.other_children == home.WITH,
        "without_others": kids.other_children == home.WITHOUT,
        "small_and_long": carers._small_and_long(problem),
        "on_hold": is_on_hold(problem),
        "excluded": _areas(problem),
        "refused_by": _refusers(problem),
    }


def read_families(problem: Problem, weights: Weights) -> list[Family]:
    """Return the models of all families."""
    homes, everyone = problem.families, np.arange(len(problem.families))
    year = int(str(problem.snapshot_day)[:4])
    until = homes.clearance_until
    columns: dict[str, Any] = {
        "at": everyone,
        "network": homes.kind == home.NETWORK,
        "for_child": homes.for_child,
        "is_asked": (homes.status == ACTIVE) & ~homes.needs_confirmation,
        "is_screened": (until >= problem.snapshot_day) & homes.prepared,
        "carer_too_young": homes.youngest_carer_born > year - 21,
        "area": homes.area,
        "lat": homes.lat,
        "lon": homes.lon,
        "certain": homes.area_certain,
        "forms": _sets(homes.forms),
        "free": homes.free_places,
        "available_from": homes.available_from,
        "available_until": homes.available_until,
        "min_age": homes.min_age,
        "max_age": homes.max_age,
        "own_ratio": _alone(problem, weights, of_child=False),
    }
    return [
        Family.model_validate(row) for row in _rows(columns | _home(problem), everyone.tolist())
    ]


def _home(problem: Problem) -> dict[str, Any]:
    homes = problem.families
    year = int(str(problem.snapshot_day)[:4])
    return {
        "wants_gender": [
            None if wish == 0 else wish - 1 for wish in homes.gender_preference.tolist()
        ],
        "unwilling": _sets(homes.willingness == 2),
        "side": np.select([homes.willingness == 1, homes.willingness == 0], [0.5, -0.5], 0.0),
        "says_no": homes.willingness == 2,
        "covered": carers._covered(problem) > 0,
        "experience": np.log1p(homes.experience_years),
        "trainings": np.minimum(homes.trainings.sum(axis=1), carers.MOST_TRAININGS),
        "respite": homes.respite,
        "over_45": (homes.youngest_carer_born > 0) & (year - homes.youngest_carer_born > 45),
        "cooperation": homes.cooperation,
        "pets": _sets(homes.pets),
        "smokes": homes.smokes,
        "wheelchair": homes.wheelchair,
        "languages": _sets(homes.languages),
        "faith": homes.faith,
        "own_years": _own_years(problem),
        "lively": home.has_children(problem),
    }


def _rows(columns: dict[str, Any], positions: list[int]) -> list[dict[str, Any]]:
    plain = {
        name: values.tolist() if isinstance(values, np.ndarray) else values
        for name, values in columns.items()
    }
    return [{name: values[at] for name, values in plain.items()} for at in positions]


def _sets(table: Any) -> list[set[int]]:
    return [set(np.flatnonzero(row).tolist()) for row in table]


def _areas(problem: Problem) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = [[] for _ in problem.children.number]
    excluded = problem.excluded
    for row, child in enumerate(excluded.child.tolist()):
        names = ("area", "lat", "lon", "certain", "radius_km")
        found[child].append({name: getattr(excluded, name)[row] for name in names})
    return found


def _refusers(problem: Problem) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in problem.children.number]
    for child, family in problem.recorded_no.tolist():
        found[child].add(family)
    return found


def _own_years(problem: Problem) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in problem.families.reference]
    mates = problem.housemates
    for family, year in zip(mates.family[mates.own], mates.birth_year[mates.own], strict=True):
        found[family].append(int(year))
    return found


OF_FAMILY = ("netwerk", "pleegkinderen", "vol_huis", "ervaring")


def _alone(problem: Problem, weights: Weights, *, of_child: bool) -> Any:
    """Return the part of the log hazard that a child, or a family, brings to every pair."""
    size = len(problem.children) if of_child else len(problem.families)
    own, other = np.arange(size), np.zeros(size, dtype=np.int64)
    total = np.zeros(size)
    for code, factor, weight in zip(CODES, FACTORS, weights.value.tolist(), strict=True):
        wanted = factor.level == "kind" if of_child else code in OF_FAMILY
        if wanted:
            pair = (own, other) if of_child else (other, own)
            total += factor.measure(problem, *pair).value * weight
    return total
