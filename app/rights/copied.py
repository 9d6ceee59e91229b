"""A copy of all that is kept of a child, in plain Dutch names, without third parties (AVG 15)."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.anonymous import without_names
from app.rights.catalogue import Table, load_catalogue
from app.rights.opened import opened
from app.rights.queries import third_parties
from app.rights.whose import ANYBODY, Whose, rows_of, table_of
from app.settings import Settings

Line = dict[str, Any]
# Who said it stands beside it: what another than the child said is that other's.
_SAID_BY: Mapping[str, tuple[str, str]] = {
    "step_objection": ("by", "text"),
    "review_finding": ("who", "text"),
    "file_statement": ("stated_by", "text"),
    "fact_correction": ("disputed_by", "reason"),
}
_CHILD = "kind"
_NOT_OURS = frozenset({
    "gezinnen", "netwerkgezin", "netwerkAfgewezenReden", "broersZussen", "jim",
    "uitgeslotenGebieden", "gezin", "aanbieder",
})  # fmt: skip
# Of the columns of `plaatsingen-historie.csv`, those that are about the family.
_FAMILY_FACTS = (
    "bereidheid_", "ervaring_jaren", "trainingen", "aantal_pleegkinderen", "samenwerking_ouders",
    "oudste_pleegouder", "jongste_pleegouder", "respijt_", "eigen_kind", "gezin_type",
)  # fmt: skip


def copy_file(
    session: Session, whose: Whose, settings: Settings, filled: Collection[str]
) -> list[tuple[str, list[Line]]]:
    """Return each part of a file by its title with its lines; parts with nothing are left out.

    filled: in which tables something stands, as `filled_tables` tells the system.

    Columns of others, names and numbers of families, brothers and sisters, and, for a secret
    placement, what tells where the child is are not in it. The caller has judged the asker.
    """
    catalogue = load_catalogue()
    parts = []
    with as_system(session):
        names = third_parties(session, whose)
        for table in catalogue.exported():
            rows = _rows(session, table, whose) if table.name in filled else ()
            lines = [_line(table, row, whose, settings) for row in rows]
            if lines:
                parts.append((table.title, [_readable(line, names) for line in lines]))
    return parts


def _rows(session: Session, table: Table, whose: Whose) -> Iterator[Any]:
    yield from session.scalars(_statement(table.name, table.via or ""), whose.sent())


@lru_cache(maxsize=256)  # more than there are tables
def _statement(name: str, via: str) -> Select[Any]:
    kind = table_of(name)
    rows = select(kind).where(rows_of(ANYBODY, name, via))
    return rows.order_by(*kind.__mapper__.primary_key)


def _line(table: Table, row: Any, whose: Whose, settings: Settings) -> Line:
    said_by, words = _SAID_BY.get(table.name, ("", ""))
    is_others = bool(said_by) and getattr(row, said_by) != _CHILD
    hidden = table.secret if whose.is_secret else frozenset()
    names = load_catalogue().words
    return {
        names[column]: _opened(table.name, column, row, settings)
        for column in table.shown
        if column not in hidden and not (is_others and column == words)
    }


def _opened(table: str, column: str, row: Any, settings: Settings) -> Any:
    value = getattr(row, column)
    opener = _OPENERS.get((table, column))
    if value is None or opener is None:
        return value
    return opener(row, column, settings)


def _facts(row: Any, column: str, _: Settings) -> Any:
    told = getattr(row, column).items()
    return {name: fact for name, fact in told if not name.startswith(_FAMILY_FACTS)}


def _end_of_bsn(row: Any, column: str, settings: Settings) -> str:
    """Return the last three digits: a whole BSN stands in no answer of the service."""
    return f"******{opened(row, column, settings).decode()[-3:]}"


def _document(row: Any, column: str, settings: Settings) -> Any:
    return json.loads(opened(row, column, settings))


_OPENERS: Mapping[tuple[str, str], Callable[[Any, str, Settings], Any]] = {
    ("child_bsn", "ciphertext"): _end_of_bsn,
    ("fact_correction", "sealed"): _document,
    ("draft", "sealed"): _document,
    ("placement_basis", "facts"): _facts,
}


def _readable(value: Any, names: frozenset[str]) -> Any:
    """Return a value as JSON holds it, without what is of others."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | UUID):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, str):
        return without_names(value, names)
    if isinstance(value, list):
        return [_readable(item, names) for item in value]
    if isinstance(value, dict):
        return {k: _readable(v, names) for k, v in value.items() if k not in _NOT_OURS}
    return value
