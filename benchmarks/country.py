"""Draws a country's children and families with all that rules and factors look at; nobody real.

The shares are about those of a drawn region (`pleegzorg example`, 500 children and 900 families);
people live around twelve cities. Good for timing rules and scores, and for nothing else.
"""

from typing import Any

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.problem import (
    Children,
    ExcludedAreas,
    Families,
    Floats,
    Housemates,
    Ints,
    Problem,
    SiblingGroups,
)
from benchmarks.national import TODAY, draw_groups

CITIES = (  # latitude, longitude, share of the people around it
    (52.37, 4.90, 0.17), (51.92, 4.48, 0.15), (52.08, 4.31, 0.11), (52.09, 5.12, 0.12),
    (51.44, 5.48, 0.09), (51.56, 5.09, 0.06), (51.98, 5.91, 0.08), (52.22, 6.89, 0.06),
    (53.22, 6.57, 0.05), (53.20, 5.79, 0.04), (50.85, 5.69, 0.04), (52.51, 6.09, 0.03),
)  # fmt: skip
SEVERITY = (  # shares of severity 0 .. 3 of each problem
    (0.44, 0.24, 0.23, 0.09), (0.68, 0.16, 0.09, 0.07), (0.46, 0.26, 0.18, 0.10),
    (0.76, 0.11, 0.08, 0.05), (0.84, 0.07, 0.07, 0.02), (0.80, 0.11, 0.06, 0.03),
    (0.98, 0.01, 0.007, 0.003), (0.91, 0.03, 0.04, 0.02), (0.92, 0.03, 0.025, 0.025),
)  # fmt: skip
WILLING = (  # shares of yes, with support, no
    (0.33, 0.52, 0.15), (0.68, 0.28, 0.04), (0.46, 0.45, 0.09), (0.55, 0.33, 0.12),
    (0.39, 0.42, 0.19), (0.51, 0.36, 0.13), (0.11, 0.38, 0.51), (0.26, 0.43, 0.31),
    (0.10, 0.29, 0.61),
)  # fmt: skip
PETS = ("hond", "kat", "overig")
LANGUAGES = ("Arabisch", "Berbers", "Engels", "Nederlands", "Papiaments", "Pools", "Turks")
FAITHS = ("hindoe", "islam", "joods", "protestants", "rooms-katholiek")
TRAININGS = ("hechting", "kinder-ehbo", "lvb", "omgaan met ouders", "traumasensitief opvoeden")
DUTCH = 3
OWN_NETWORK = 0.06  # share of the families
WITH_AREA = 0.05  # share of the children with an excluded area


def draw_country(children: int, families: int, seed: int) -> Problem:
    """Return so many waiting children and families, with housemates and excluded areas."""
    rng = np.random.default_rng(seed)
    group, wish = draw_groups(rng, children)
    kids, homes = _children(rng, children, group), _families(rng, families)
    _tie_networks(rng, kids, homes)
    codes = tuple(f"BZ-{number:05d}" for number in range(len(wish)))
    return Problem(
        snapshot_day=TODAY,
        children=kids,
        excluded=_areas(rng, kids),
        groups=SiblingGroups(codes, wish, np.zeros(len(wish), dtype=np.bool_)),
        families=homes,
        housemates=_housemates(rng, families),
        pets=PETS,
        languages=LANGUAGES,
        faiths=FAITHS,
        trainings=TRAININGS,
        recorded_no=np.column_stack(
            [rng.integers(0, children, children // 10), rng.integers(0, families, children // 10)]
        ),
        kept_apart=np.zeros((0, 2), dtype=np.int64),
    )


def _pick(rng: np.random.Generator, size: int, shares: Any) -> Ints:
    weights = np.asarray(shares, dtype=np.float64)
    return rng.choice(len(weights), size=size, p=weights / weights.sum()).astype(np.int64)


def _flags(rng: np.random.Generator, size: int, shares: Any) -> Any:
    return rng.random((size, len(shares))) < np.asarray(shares)


def _spots(rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    at = _pick(rng, size, [share for *_, share in CITIES])
    places = np.array(CITIES)
    return places[at, 0] + rng.normal(0, 0.10, size), places[at, 1] + rng.normal(0, 0.16, size)


def _days(rng: np.random.Generator, size: int, first: int, last: int) -> Any:
    return TODAY + rng.integers(first, last, size).astype("timedelta64[D]")


def _children(rng: np.random.Generator, size: int, group: Ints) -> Children:
    lat, lon = _spots(rng, size)
    form = _pick(rng, size, (0.14, 0.37, 0.34, 0.15))
    drawn: dict[str, Any] = {
        "number": tuple(f"AM-{number:06d}" for number in range(size)),
        "born_on": _days(rng, size, -18 * 365, -30),
        "gender": _pick(rng, size, (0.52, 0.47, 0.01)),
        "care_form": form,
        "urgency": _pick(rng, size, (0.13, 0.37, 0.50)),
        "registered_on": _days(rng, size, -250, 0),
        "needed_from": _days(rng, size, -240, 60),
        "expected_months": np.where(form == 0, 1.0, rng.integers(4, 150, size)),
        "lat": lat,
        "lon": lon,
        "area_certain": rng.random(size) < 0.96,
        "area": tuple(map(str, rng.integers(1000, 10_000, size))),
        "school_lat": lat + rng.normal(0, 0.02, size),
        "school_lon": lon + rng.normal(0, 0.03, size),
        "school_certain": rng.random(size) < 0.96,
        "has_school": rng.random(size) < 0.79,
        "keep_school": rng.random(size) < 0.40,
        "sibling_group": group,
        "network_family": np.full(size, -1, dtype=np.int64),
    }
    return Children(
        **drawn,
        **_needs(rng, size),
        leave_by=np.full(size, np.datetime64("NaT", "D")),
        network_refused=np.zeros(size, dtype=np.bool_),
        rhythm=np.zeros(size, dtype=np.int64),
    )


def _needs(rng: np.random.Generator, size: int) -> dict[str, Any]:
    return {
        "severity": np.column_stack([_pick(rng, size, shares) for shares in SEVERITY]),
        "sdq_total": np.where(rng.random(size) < 0.7, rng.integers(0, 41, size), np.nan),
        "earlier_placements": rng.poisson(0.9, size),
        "earlier_breakdowns": rng.poisson(0.15, size),
        "residential_past": rng.random(size) < 0.05,
        "allergies": _flags(rng, size, (0.01, 0.03, 0.01)),
        "needs_smoke_free": rng.random(size) < 0.39,
        "needs_wheelchair": rng.random(size) < 0.018,
        "languages": _flags(rng, size, [0.94 if at == DUTCH else 0.03 for at in range(7)]),
        "faith_wish": _pick(rng, size, (0.81, 0, 0.13, 0, 0.02, 0.04)) - 1,
        "visits_per_month": np.array([0.0, 1, 2, 4, 8])[_pick(rng, size, (17, 15, 36, 24, 8))],
        "visit_place": _pick(rng, size, (0.42, 0.31, 0.27)),
        "secret_placement": rng.random(size) < 0.036,
        "other_children": _pick(rng, size, (0.71, 0.17, 0.12)),
    }


def _families(rng: np.random.Generator, size: int) -> Families:
    lat, lon = _spots(rng, size)
    drawn: dict[str, Any] = {
        "provider": ("spirit",) * size,
        "reference": tuple(f"SPI-{number:06d}" for number in range(size)),
        "status": _pick(rng, size, (0.89, 0.07, 0.04)),
        "area": tuple(map(str, rng.integers(1000, 10_000, size))),
        "lat": lat,
        "lon": lon,
        "area_certain": rng.random(size) < 0.97,
        "forms": _flags(rng, size, (0.22, 0.47, 0.36, 0.24)),
        "free_places": _pick(rng, size, (0.14, 0.54, 0.27, 0.04, 0.01)),
        "available_from": _days(rng, size, -120, 90),
        "available_until": np.where(
            rng.random(size) < 0.09, _days(rng, size, 10, 300), np.datetime64("NaT", "D")
        ),
        "min_age": np.array([0, 4, 6, 8, 12])[_pick(rng, size, (46, 25, 14, 8, 7))],
        "max_age": np.array([4, 6, 8, 10, 12, 14, 16, 18])[
            _pick(rng, size, (7, 8, 11, 14, 16, 7, 10, 27))
        ],
    }
    return Families(
        **drawn,
        **_home(rng, size),
        kind=np.zeros(size, dtype=np.int64),
        needs_confirmation=np.zeros(size, dtype=np.bool_),
        part_places=np.zeros((size, len(RHYTHMS) - 1), dtype=np.int64),
    )


def _home(rng: np.random.Generator, size: int) -> dict[str, Any]:
    oldest = rng.integers(1960, 1998, size)
    return {
        "gender_preference": _pick(rng, size, (0.84, 0.07, 0.09)),
        "max_siblings": _pick(rng, size, (45, 38, 12, 5)) + 1,
        "willingness": np.column_stack([_pick(rng, size, shares) for shares in WILLING]),
        "experience_years": np.floor(rng.exponential(4, size)),
        "trainings": _flags(rng, size, (0.25, 0.24, 0.24, 0.20, 0.22)),
        "cooperation": _pick(rng, size, (0, 5, 12, 37, 32, 14)),
        "pets": _flags(rng, size, (0.29, 0.28, 0.13)),
        "smokes": rng.random(size) < 0.08,
        "wheelchair": rng.random(size) < 0.09,
        "languages": _flags(rng, size, [1.0 if at == DUTCH else 0.08 for at in range(7)]),
        "faith": _pick(rng, size, (53, 4, 14, 1, 14, 13)) - 1,
        "clearance_until": _days(rng, size, -60, 800),
        "prepared": rng.random(size) < 0.97,
        "respite": rng.random(size) < 0.35,
        "for_child": np.full(size, -1, dtype=np.int64),
        "oldest_carer_born": oldest,
        "youngest_carer_born": np.minimum(oldest + rng.integers(0, 9, size), 1998),
    }


def _tie_networks(rng: np.random.Generator, kids: Children, homes: Families) -> None:
    """Let some families be the network family of one child each."""
    count = min(int(OWN_NETWORK * len(homes)), len(kids))
    family = rng.choice(len(homes), count, replace=False)
    child = rng.choice(len(kids), count, replace=False)
    homes.kind[family], homes.for_child[family] = 1, child
    kids.network_family[child] = family


def _areas(rng: np.random.Generator, kids: Children) -> ExcludedAreas:
    child = np.flatnonzero(rng.random(len(kids)) < WITH_AREA)
    return ExcludedAreas(
        child=child,
        area=tuple(kids.area[at] for at in child.tolist()),
        lat=kids.lat[child],
        lon=kids.lon[child],
        certain=rng.random(len(child)) < 0.9,
        radius_km=rng.choice([3.0, 5.0, 10.0], len(child)),
    )


def _housemates(rng: np.random.Generator, families: int) -> Housemates:
    mates = rng.poisson(2.0, families)
    family = np.repeat(np.arange(families), mates)
    return Housemates(
        family=family,
        birth_year=rng.integers(2004, 2026, len(family)),
        own=rng.random(len(family)) < 0.7,
    )
