"""Runs: they can be played again after a file is destroyed, with another number for that child.

Of a run stay: what it weighed of a child (no name, no BSN), under a number that leads nowhere.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db.keyring import current_ring
from app.db.sealing import open_bytes, seal_bytes
from app.models import MatchRun, Proposal, Unplaced, WeightsVersion

_TOLD = ("published", "notices", "tradeoffs", "goals", "failure")


def rename_in_runs(session: Session, numbers: Mapping[str, str], since: datetime) -> int:
    """Replace numbers in all that runs stored since an instant; return how many runs had one."""
    changed = 0
    ids = session.scalars(
        select(MatchRun.id).where(MatchRun.created_at >= since).order_by(MatchRun.id)
    ).all()
    for run_id in ids:
        changed += _rename_in_run(session, run_id, numbers)
    _rename_rows(session, WeightsVersion.reranking, numbers, WeightsVersion.created_at >= since)
    return changed


def _rename_in_run(session: Session, run_id: Any, numbers: Mapping[str, str]) -> bool:
    columns = [getattr(MatchRun, name) for name in (*_TOLD, "problem")]
    row = session.execute(select(*columns).where(MatchRun.id == run_id)).one()
    values: dict[str, Any] = {name: renamed(getattr(row, name), numbers) for name in _TOLD}
    values["problem"] = _rename_sealed(row.problem, run_id, numbers)
    values = {name: value for name, value in values.items() if value != getattr(row, name)}
    if values:
        session.execute(update(MatchRun).where(MatchRun.id == run_id).values(values))
    if "problem" in values:
        _rename_rows(session, Proposal.reasons, numbers, Proposal.run_id == run_id)
        _rename_rows(session, Unplaced.why_not, numbers, Unplaced.run_id == run_id)
    return bool(values)


def _rename_sealed(stored: bytes | None, run_id: Any, numbers: Mapping[str, str]) -> bytes | None:
    """Return the sealed input of a run with other numbers; the same bytes where none is in it."""
    if stored is None:
        return None
    bound = {"use": "matchrun", "owner": str(run_id)}
    told = open_bytes(current_ring(), stored, **bound)
    other = rename_in_archive(told, numbers)
    if other is None or other == told:
        return stored
    return seal_bytes(current_ring(), other, **bound)


def _rename_rows(session: Session, column: Any, numbers: Mapping[str, str], rule: Any) -> None:
    """Replace numbers in one column; read and written as what it says, however it is stored."""
    table, name = column.class_, column.key
    keys = [table.__mapper__.get_property_by_column(key) for key in table.__mapper__.primary_key]
    own = [getattr(table, key.key) for key in keys]
    for row in session.execute(select(*own, getattr(table, name)).where(rule)).all():
        old = getattr(row, name)
        new = renamed(old, numbers)
        if new != old:
            same = [column == value for column, value in zip(own, row[: len(own)], strict=True)]
            session.execute(update(table).where(*same).values({name: new}))


def renamed(told: Any, numbers: Mapping[str, str]) -> Any:
    """Return JSON or a text with each whole number replaced, in names of fields as well."""
    if isinstance(told, str):
        return _pattern(numbers).sub(lambda found: numbers[found[0]], told)
    if isinstance(told, list):
        return [renamed(item, numbers) for item in told]
    if isinstance(told, dict):
        return {renamed(key, numbers): renamed(value, numbers) for key, value in told.items()}
    return told


def _pattern(numbers: Mapping[str, str]) -> re.Pattern[str]:
    words = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    # Not within a longer one: AM-1 is another child than AM-12.
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


def rename_in_archive(stored: bytes | None, numbers: Mapping[str, str]) -> bytes | None:
    """Return a run's frozen input with other numbers; the same bytes where none stands in it."""
    if stored is None:
        return None
    with np.load(io.BytesIO(stored), allow_pickle=False) as archive:
        known = archive["children.number"] if "children.number" in archive else np.array([], "U1")
        if not set(known.tolist()) & set(numbers):
            return stored
        arrays = {name: _other(archive[name], numbers) for name in archive.files}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _other(array: Any, numbers: Mapping[str, str]) -> Any:
    if array.dtype.kind != "U":
        return array
    words = array.ravel().tolist()
    return np.array([numbers.get(word, word) for word in words], np.str_).reshape(array.shape)
