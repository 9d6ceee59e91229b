"""A problem as bytes and back: what a run stores, so that its ranking can be shown again."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.matching.problem import (
    Children,
    ExcludedAreas,
    Families,
    Housemates,
    Problem,
    SiblingGroups,
)

_TABLES: dict[str, type[Any]] = {
    "children": Children,
    "excluded": ExcludedAreas,
    "groups": SiblingGroups,
    "families": Families,
    "housemates": Housemates,
}
_WORDS = ("pets", "languages", "faiths", "trainings")
_PLAIN = ("snapshot_day", "recorded_no", "kept_apart")


def dump_problem(problem: Problem) -> bytes:
    """Return a compressed NumPy archive: an array a field, no pickles."""
    arrays: dict[str, Any] = {name: getattr(problem, name) for name in _PLAIN}
    arrays |= {name: _as_text(getattr(problem, name)) for name in _WORDS}
    for table in _TABLES:
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
        fields: dict[str, Any] = {t: _table(arrays, t, kind) for t, kind in _TABLES.items()}
        fields |= {name: tuple(arrays[name].tolist()) for name in _WORDS}
        fields |= {name: arrays[name][()] for name in _PLAIN}
    return Problem(**fields)


def _table(arrays: Mapping[str, Any], table: str, kind: type[Any]) -> Any:
    return kind(**{name: _value(arrays[f"{table}.{name}"]) for name in kind.__slots__})


def _value(array: Any) -> Any:
    return tuple(array.tolist()) if array.dtype.kind == "U" else array


def _as_text(words: tuple[str, ...]) -> Any:
    return np.array(words, dtype=np.str_)
