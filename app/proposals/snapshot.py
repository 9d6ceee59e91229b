"""A problem as bytes and back: what a run stores, so that its ranking can be shown again."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.beds import Beds
from app.matching.past import PastArrivals
from app.matching.problem import (
    BegunPairs,
    Children,
    ExcludedAreas,
    Families,
    Housemates,
    PlacedSiblings,
    Problem,
    PublishedPairs,
    SiblingGroups,
)

_TABLES: dict[str, type[Any]] = {
    "children": Children,
    "excluded": ExcludedAreas,
    "groups": SiblingGroups,
    "families": Families,
    "housemates": Housemates,
}
# What older runs did not have: left out there, it is what was so then.
_LATER_TABLES: dict[str, type[Any]] = {
    "begun": BegunPairs,
    "placed_siblings": PlacedSiblings,
    "published": PublishedPairs,
    "past": PastArrivals,
    "beds": Beds,
}
_LATER_PLAIN = ("kept_together",)
_WORDS = ("pets", "languages", "faiths", "trainings")
_PLAIN = ("snapshot_day", "recorded_no", "kept_apart")


def dump_problem(problem: Problem) -> bytes:
    """Return a compressed NumPy archive: an array a field, no pickles."""
    arrays: dict[str, Any] = {name: getattr(problem, name) for name in _PLAIN}
    arrays |= {name: _as_text(getattr(problem, name)) for name in _WORDS}
    arrays |= {name: getattr(problem, name) for name in _LATER_PLAIN}
    for table in (*_TABLES, *_LATER_TABLES):
        rows = getattr(problem, table)
        for name in type(rows).__slots__:
            value = getattr(rows, name)
            arrays[f"{table}.{name}"] = _as_text(value) if isinstance(value, tuple) else value
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def load_problem(stored: bytes) -> Problem:
    """Return the problem of `dump_problem`, equal in every field."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        later = {t: f"{t}.{kind.__slots__[0]}" for t, kind in _LATER_TABLES.items()}
        known = _TABLES | {t: k for t, k in _LATER_TABLES.items() if later[t] in arrays}
        fields: dict[str, Any] = {t: _table(arrays, t, kind) for t, kind in known.items()}
        fields |= {name: arrays[name] for name in _LATER_PLAIN if name in arrays}
        fields |= {name: tuple(arrays[name].tolist()) for name in _WORDS}
        fields |= {name: arrays[name][()] for name in _PLAIN}
    return Problem(**fields)


def _table(arrays: Mapping[str, Any], table: str, kind: type[Any]) -> Any:
    older = {"children.rhythm": (), "families.part_places": (len(RHYTHMS) - 1,)}
    fields = {}
    for name in kind.__slots__:
        key = f"{table}.{name}"
        if key in older and key not in arrays:
            rows = len(arrays[f"{table}.{next(iter(kind.__slots__))}"])
            fields[name] = np.zeros((rows, *older[key]), dtype=np.int64)  # all full time
        else:
            fields[name] = _value(arrays[key])
    return kind(**fields)


def _value(array: Any) -> Any:
    return tuple(array.tolist()) if array.dtype.kind == "U" else array


def _as_text(words: tuple[str, ...]) -> Any:
    return np.array(words, dtype=np.str_)
