"""The plain way: Pydantic models of children and families, and a loop over every pair.

The same rules and factors as the service (those with a weight in the published weights), one pair
after another; what is the child's alone, or the family's alone, is worked out once, in the models.
"""

from math import cos, exp, expm1, hypot, log1p, radians

from app.kernel.postcode import EARTH_RADIUS_KM
from app.matching.risk.factors import CODES
from app.matching.risk.weights import Weights
from benchmarks.pydantic_models import Child, Family, Pair

MIDYEAR = 0.5


def score_by_loop(kids: list[Child], homes: list[Family], weights: Weights) -> list[Pair]:
    """Return the pairs that no rule refuses, with their chance."""
    weight = dict(zip(CODES, weights.value.tolist(), strict=True))
    return [
        Pair(child=kid.at, family=home.at, chance=_chance(kid, home, weight))
        for kid in kids
        for home in homes
        if _fits(kid, home)
    ]


def _fits(kid: Child, home: Family) -> bool:
    own = home.network and home.for_child == kid.at
    if not home.is_asked or kid.on_hold or home.for_child not in (-1, kid.at):
        return False
    if home.at in kid.refused_by or kid.form not in home.forms or home.free < 1:
        return False
    if home.unwilling & kid.clear or home.carer_too_young or _is_excluded(kid, home):
        return False
    return own or _fits_stranger(kid, home)


def _fits_stranger(kid: Child, home: Family) -> bool:
    return (
        home.is_screened
        and home.min_age <= kid.age <= home.max_age
        and (home.wants_gender is None or home.wants_gender == kid.gender)
        and not kid.allergies & home.pets
        and not (kid.smoke_free and home.smokes)
        and not (kid.wheelchair and not home.wheelchair)
        and home.available_from <= kid.last_day
        and not (home.available_until is not None and home.available_until < kid.first_day)
    )


def _is_excluded(kid: Child, home: Family) -> bool:
    return any(
        area.area == home.area
        or (area.certain and home.certain and _km(area.lat, area.lon, home) <= area.radius_km)
        for area in kid.excluded
    )


def _km(lat: float, lon: float, home: Family) -> float:
    x = radians(home.lon - lon) * cos(radians((lat + home.lat) / 2))
    return EARTH_RADIUS_KM * hypot(x, radians(home.lat - lat))


def _chance(kid: Child, home: Family, weight: dict[str, float]) -> float:
    ratio = kid.own_ratio + home.own_ratio
    ratio += _at_home(kid, home, weight) + _by_carers(kid, home, weight)
    ratio += _by_place(kid, home, weight) + _by_contact(kid, home, weight)
    return round(-expm1(-kid.hazard * exp(ratio)), 6)


def _at_home(kid: Child, home: Family, weight: dict[str, float]) -> float:
    gap = min((abs(year + MIDYEAR - kid.born) for year in home.own_years), default=99.0)
    against = (kid.with_others and not home.lively) or (kid.without_others and home.lively)
    return (
        weight["eigen_kind_zelfde_leeftijd"] * (gap <= 2)
        + weight["eigen_kind_2_3_jaar"] * (2 < gap <= 3)
        + weight["andere_kinderen"] * against
    )


def _by_carers(kid: Child, home: Family, weight: dict[str, float]) -> float:
    willing = sum(s * a for s, a in zip(kid.severity, home.side, strict=True)) / 3
    light = sum(s == 1 and no for s, no in zip(kid.severity, home.says_no, strict=True))
    trained = sum(s for s, has in zip(kid.severity, home.covered, strict=True) if has) / 3
    return (
        weight["bereidheid"] * min(max(willing, -1.5), 1.5)
        + weight["nee_bij_licht"] * light
        + weight["training"] * min(trained, 1.5)
        + weight["ervaring_zwaarte"] * home.experience * kid.burden
        + weight["trainingen_zwaarte"] * home.trainings * kid.burden
        + weight["respijt"] * home.respite * kid.severest
        + weight["respijt_zwaarte"] * home.respite * kid.burden
        + weight["oudere_pleegouders"] * (kid.small_and_long and home.over_45)
    )


def _by_place(kid: Child, home: Family, weight: dict[str, float]) -> float:
    ratio = 0.0
    if kid.often and kid.certain and home.certain:
        farness = log1p(min(_km(kid.lat, kid.lon, home), 100.0)) - log1p(15.0)
        ratio += weight["afstand_ouders"] * farness * kid.often
    if kid.keeps_school and kid.school_certain and home.certain:
        km = _km(kid.school_lat, kid.school_lon, home)
        ratio += weight["afstand_school"] * (min(km, 30.0) - 8.0)
    return ratio


def _by_contact(kid: Child, home: Family, weight: dict[str, float]) -> float:
    known = kid.languages and home.languages
    ratio = weight["verstaan"] * bool(known and not kid.languages & home.languages)
    if kid.faith_wish != -1:
        ratio += weight["geloofswens"] * (-0.5 if kid.faith_wish == home.faith else 0.5)
    if home.cooperation:
        ratio += weight["samenwerking_ouders"] * (home.cooperation - 3) / 2 * kid.visits
    return ratio
