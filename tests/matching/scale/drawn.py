"""Small regions in which every rule and every factor has something to say, edges included."""

from typing import Any

import numpy as np

from app.kernel.words import (
    CARE_FORMS,
    GENDERS,
    PROBLEMS,
    RHYTHMS,
    URGENCIES,
    WILLINGNESS,
    FamilyStatus,
    GenderPreference,
    OtherChildrenWish,
    SiblingWish,
    VisitPlace,
)
from app.matching.problem import Problem
from tests.matching.build import build_problem
from tests.matching.rows import FAITHS, LANGUAGES, PETS, TRAININGS

Row = dict[str, Any]
# On the snapshot day 2026-11-01: seven today, seven tomorrow, born today, and older than any limit.
BIRTHDAYS = ("2019-11-01", "2019-11-02", "2026-11-01", "2013-10-31", "2011-06-15", "2003-01-01")
STARTS = (
    "2026-01-01",
    "2026-01-01",
    "2026-01-01",
    "2026-11-01",
    "2026-11-02",
    "2026-11-08",
    "2026-11-09",
    "2026-12-01",
    None,
)


def draw_full_region(seed: int, children: int, families: int) -> Problem:
    """Return a region where most families are open to most children, so that pairs are left."""
    rng = np.random.default_rng(seed)
    kids = [_child(rng, at, families) for at in range(children)]
    homes = [_home(rng, children) for _ in range(families)]
    both = children > 0 and families > 0
    return build_problem(
        children=kids,
        families=homes,
        on_hold=["BZ-0"] if rng.random() < 0.2 else [],
        recorded_no=_pairs(rng, children, families, 4) if both else (),
        kept_apart=_pairs(rng, children, children, 2) if children else (),
        begun=_begun(rng, children, families) if both else (),
        placed_siblings=[
            (child, family, str(rng.choice(list(SiblingWish))))
            for child, family in (_pairs(rng, children, families, 4) if both else ())
        ],
    )


def _one(rng: np.random.Generator, words: Any) -> Any:
    return words[int(rng.integers(len(words)))]


def _some(rng: np.random.Generator, words: Any, share: float) -> tuple[Any, ...]:
    return tuple(word for word in words if rng.random() < share)


def _yes(rng: np.random.Generator, share: float = 0.5) -> bool:
    return bool(rng.random() < share)


def _spot(rng: np.random.Generator, prefix: str = "") -> Row:
    known = _yes(rng, 0.85)
    return {
        f"{prefix}lat": float(rng.normal(52.3, 0.15)) if known else None,
        f"{prefix}lon": float(rng.normal(4.9, 0.2)) if known else None,
    }


def _child(rng: np.random.Generator, at: int, families: int) -> Row:
    network = f"G-{int(rng.integers(families)):04d}" if families and _yes(rng, 0.3) else None
    return {
        **_spot(rng),
        **_spot(rng, "school_"),
        "born_on": _one(rng, BIRTHDAYS),
        "gender": str(_one(rng, GENDERS)),
        "care_form": str(_one(rng, CARE_FORMS)),
        "urgency": str(_one(rng, URGENCIES)),
        "needed_from": _one(rng, STARTS[:-1]),
        "expected_months": _one(rng, (None, 1, 6, 24)),
        "area": _one(rng, ("1011", "1071", "")),
        "area_certain": _yes(rng, 0.8),
        "school_certain": _yes(rng, 0.8),
        "keep_school": _yes(rng),
        "severity": {str(p): int(rng.integers(0, 4)) for p in _some(rng, PROBLEMS, 0.3)},
        "sdq_total": _one(rng, (None, 4, 12, 38)),
        "earlier_placements": int(rng.integers(0, 4)),
        "earlier_breakdowns": int(rng.integers(0, 3)),
        "residential_past": _yes(rng, 0.3),
        "allergies": _some(rng, PETS, 0.2),
        "needs_smoke_free": _yes(rng, 0.3),
        "needs_wheelchair": _yes(rng, 0.1),
        "languages": _some(rng, LANGUAGES, 0.4),
        "faith_wish": _one(rng, (None, *FAITHS)),
        "visits_per_month": _one(rng, (None, 0, 2, 4, 20)),
        "visit_place": str(_one(rng, tuple(VisitPlace))),
        "secret_placement": _yes(rng, 0.2),
        "other_children": str(_one(rng, tuple(OtherChildrenWish))),
        "siblings": _one(rng, (None, None, ("BZ-0", "samen"), ("BZ-1", "samen, tenzij"))),
        "network_family": network,
        "network_refused": _yes(rng, 0.2),
        "rhythm": _one(rng, ("voltijd", "voltijd", *map(str, RHYTHMS))),
        "excluded": [_area(rng)] if _yes(rng, 0.3) else [],
    }


def _area(rng: np.random.Generator) -> Row:
    area = _one(rng, ("1011", "1071", ""))
    return {"area": area, **_spot(rng), "radius_km": _one(rng, (0, 5, 15)), "certain": _yes(rng)}


def _home(rng: np.random.Generator, children: int) -> Row:
    named = (None,) * 4 + tuple(f"AM-{at:04d}" for at in range(children)) + ("AM-9999",)
    return {
        **_spot(rng),
        "for_child": _one(rng, named) if _yes(rng, 0.2) else None,
        "status": str(_one(rng, tuple(FamilyStatus))) if _yes(rng, 0.08) else "actief",
        "needs_confirmation": _yes(rng, 0.05),
        "area": _one(rng, ("1011", "1071", "")),
        "area_certain": _yes(rng, 0.8),
        "forms": _some(rng, [str(form) for form in CARE_FORMS], 0.9),
        "free_places": int(rng.choice([0, 1, 1, 2])),
        "part_places": {str(r): 1 for r in _some(rng, RHYTHMS[1:], 0.2)},
        "beds": [_bed(rng) for _ in range(int(rng.integers(1, 4)))] if _yes(rng, 0.15) else (),
        "available_from": _one(rng, STARTS),
        "available_until": _one(rng, (None, None, "2026-11-01", "2026-11-20")),
        "min_age": int(rng.choice([0, 0, 0, 7, 8])),
        "max_age": int(rng.choice([6, 7, 18, 18, 25])),
        "gender_preference": str(_one(rng, tuple(GenderPreference)))
        if _yes(rng)
        else "geen voorkeur",
        "willingness": {str(p): _one(rng, (None, *WILLINGNESS)) for p in _some(rng, PROBLEMS, 0.3)},
        "experience_years": _one(rng, (None, 0, 3, 12)),
        "trainings": _some(rng, TRAININGS, 0.3),
        "cooperation": int(rng.integers(0, 6)),
        "pets": _some(rng, PETS, 0.3),
        "smokes": _yes(rng, 0.15),
        "wheelchair": _yes(rng),
        "languages": _some(rng, LANGUAGES, 0.4),
        "faith": _one(rng, (None, *FAITHS)),
        "clearance_until": _one(rng, (*("2028-01-01",) * 9, "2026-10-31", "2026-11-01", None)),
        "prepared": _yes(rng, 0.9),
        "respite": _yes(rng, 0.3),
        "carers_born": _one(
            rng, ((1985, 1988), (), (1960, 1975), (1955,), (2005, 1990), (2006, 1990))
        ),
        "own_children": tuple(rng.integers(2004, 2027, int(rng.integers(0, 4))).tolist()),
        "foster_children": tuple(rng.integers(2004, 2027, int(rng.integers(0, 6))).tolist()),
    }


def _bed(rng: np.random.Generator) -> Row:
    """Return a bed of its own, with days around the latest start and the end of a stay."""
    return {
        "forms": _some(rng, [str(form) for form in CARE_FORMS], 0.7),
        "rhythm": _one(rng, ("voltijd", "voltijd", *map(str, RHYTHMS))),
        "since": _one(rng, (None, None, "2026-11-02", "2026-11-08", "2026-12-01")),
        "until": _one(rng, (None, None, "2026-12-02", "2027-05-03", "2028-12-01")),
    }


def _pairs(rng: np.random.Generator, left: int, right: int, most: int) -> list[tuple[int, int]]:
    count = int(rng.integers(0, most))
    return [(int(rng.integers(left)), int(rng.integers(right))) for _ in range(count)]


def _begun(rng: np.random.Generator, children: int, families: int) -> list[Row]:
    """Return a few begun pairs, some of children who live with their network family."""
    chosen = rng.choice(children, int(rng.integers(0, min(3, children) + 1)), replace=False)
    return [
        {
            "child": int(child),
            "family": int(rng.integers(-1, families)),
            "takes_place": False,
            "in_network": _yes(rng),
        }
        for child in chosen
    ]
