"""What a child and a family of a test are when nothing is said, and how rows become columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

SNAPSHOT = "2026-11-01"
PETS = ("hond", "kat", "overig")
LANGUAGES = ("Arabisch", "Nederlands", "Pools", "Tigrinya", "Turks")
FAITHS = ("hindoe", "islam", "protestants", "rooms-katholiek")
TRAININGS = (
    "hechting",
    "kinder-ehbo",
    "lvb",
    "omgaan met ouders",
    "traumasensitief opvoeden",
    "video-hometraining",
)

Row = Mapping[str, Any]

CHILD: dict[str, Any] = {
    "number": None,  # AM-0000, AM-0001, ... in the order given
    "age": 8,  # years on the snapshot day; born_on goes before it
    "born_on": None,
    "gender": "meisje",
    "care_form": "opvoeding",
    "urgency": "regulier",
    "registered_on": "2026-09-01",
    "needed_from": "2026-11-01",
    "leave_by": None,
    "expected_months": 24,
    "area": "1011",
    "lat": 52.37,
    "lon": 4.90,
    "area_certain": True,
    "school_lat": None,
    "school_lon": None,
    "school_certain": True,
    "has_school": None,  # None: whether school_lat is given
    "keep_school": False,
    "severity": {},  # problem -> 1..3
    "sdq_total": 12,  # None: unknown
    "earlier_placements": 0,
    "earlier_breakdowns": 0,
    "residential_past": False,
    "allergies": (),  # names of pets
    "needs_smoke_free": False,
    "needs_wheelchair": False,
    "languages": ("Nederlands",),
    "faith_wish": None,
    "visits_per_month": 2,
    "visit_place": "neutrale plek",
    "secret_placement": False,
    "other_children": "geen voorkeur",
    "siblings": None,  # (group code, "samen" | "samen, tenzij" | "apart")
    "network_family": None,  # reference of a family
    "network_refused": False,
    "rhythm": "voltijd",
    "excluded": (),  # dicts of area, lat, lon, radius_km, certain
}

FAMILY: dict[str, Any] = {
    "provider": "spirit",
    "reference": None,  # G-0000, G-0001, ... in the order given
    "kind": None,  # None: netwerk when for_child is given, else bestand
    "status": "actief",
    "needs_confirmation": False,
    "area": "1071",
    "lat": 52.35,
    "lon": 4.88,
    "area_certain": True,
    "forms": ("crisis", "hulpverlening", "opvoeding", "deeltijd"),
    "free_places": 1,
    "part_places": {},  # rhythm -> free places in that rhythm only
    "beds": (),  # dicts of forms, rhythm, since, until: unlike beds, instead of the places
    "available_from": "2026-01-01",
    "available_until": None,
    "min_age": 0,
    "max_age": 18,
    "gender_preference": "geen voorkeur",
    "max_siblings": 2,
    "willingness": {},  # problem -> word, or None for not asked; the others are ja
    "experience_years": 0,
    "trainings": (),
    "cooperation": 3,
    "pets": (),
    "smokes": False,
    "wheelchair": False,
    "languages": ("Nederlands",),
    "faith": None,
    "clearance_until": "2028-01-01",
    "prepared": True,
    "respite": False,
    "for_child": None,  # number of a child; a number that does not wait becomes -2
    "carers_born": (1985, 1988),  # () is unknown
    "own_children": (),  # birth years
    "foster_children": (),  # birth years
}


def complete(rows: Sequence[Row], default: Row, key: str, prefix: str) -> list[dict[str, Any]]:
    full = []
    for position, row in enumerate(rows):
        unknown = set(row) - set(default)
        if unknown:
            raise KeyError(f"no such field: {sorted(unknown)}")
        full.append({**default, key: f"{prefix}-{position:04d}", **row})
    return full


def column(rows: Sequence[Row], name: str, dtype: Any = np.int64) -> Any:
    return np.array([row[name] for row in rows], dtype=dtype)


def floats(rows: Sequence[Row], name: str) -> Any:
    values = [np.nan if row[name] is None else row[name] for row in rows]
    return np.array(values, dtype=np.float64)


def days(rows: Sequence[Row], name: str) -> Any:
    values = ["NaT" if row[name] is None else row[name] for row in rows]
    return np.array(values, dtype="datetime64[D]")


def codes(rows: Sequence[Row], name: str, words: Sequence[str]) -> Any:
    values = [-1 if row[name] is None else list(words).index(row[name]) for row in rows]
    return np.array(values, dtype=np.int64)


def flags(rows: Sequence[Row], name: str, words: Sequence[str]) -> Any:
    for row in rows:
        if set(row[name]) - set(words):
            raise KeyError(f"{name}: {row[name]}")
    table = [[word in row[name] for word in words] for row in rows]
    return np.array(table, dtype=np.bool_).reshape(len(rows), len(words))


def index_pairs(pairs: Sequence[tuple[int, int]]) -> Any:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
