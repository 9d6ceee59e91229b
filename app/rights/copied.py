"""A copy of all that is kept of a child, in plain Dutch names, without third parties (AVG 15)."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
from app.rights.looked import LOG, looked_at
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
        reading = _Reading(third_parties(session, whose))
        for table in catalogue.exported():
            rows = _rows(session, table, whose) if table.name in filled else ()
            shown = _columns(table, whose)
            lines = [_line(table, row, shown, settings) | beside for row, beside in rows]
            if lines:
                parts.append((table.title, [reading.read(line) for line in lines]))
    return parts


def _rows(session: Session, table: Table, whose: Whose) -> Iterator[tuple[Any, Line]]:
    """Yield each row, and what is told of it that is no column."""
    if table.name == LOG:
        yield from looked_at(session, whose)
        return
    for row in session.execute(_statement(table.name), whose.sent()):
        yield (row[0] if table.name in _SEALED else row), {}


@lru_cache(maxsize=256)  # more than there are tables
def _statement(name: str) -> Select[*tuple[Any, ...]]:
    """Return the columns that are asked; of a sealed table whole rows, to be opened one by one."""
    kind, table = table_of(name), load_catalogue().tables[name]
    said_by, _ = _SAID_BY.get(name, (None, ""))
    columns = dict.fromkeys((*table.shown, *([said_by] if said_by else [])))
    asked = [kind] if name in _SEALED else [getattr(kind, column) for column in columns]
    rows = select(*asked).where(rows_of(ANYBODY, name, table.via or ""))
    return rows.order_by(*kind.__mapper__.primary_key)


def _columns(table: Table, whose: Whose) -> list[tuple[str, str]]:
    """Return which columns are told of a child, each with its name in the copy."""
    hidden, names = table.secret if whose.is_secret else (), load_catalogue().words
    return [(column, names[column]) for column in table.shown if column not in hidden]


def _line(table: Table, row: Any, shown: Sequence[tuple[str, str]], settings: Settings) -> Line:
    said_by, words = _SAID_BY.get(table.name, ("", ""))
    is_others = bool(said_by) and getattr(row, said_by) != _CHILD
    return {
        name: _opened(table.name, column, row, settings)
        for column, name in shown
        if not (is_others and column == words)
    }


def _opened(table: str, column: str, row: Any, settings: Settings) -> Any:
    opener = _OPENERS.get((table, column))
    if opener is None or getattr(row, column) is None:
        return getattr(row, column)
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
_SEALED = frozenset({"child_bsn", "fact_correction", "draft"})  # to open them one needs the row


class _Reading:
    """Values as JSON holds them, without what is of others; a text that comes again is kept."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names, self._texts = names, dict[str, str]()
        self._ways: Mapping[type, Callable[[Any], Any]] = {
            str: self._text,
            list: lambda value: [self.read(item) for item in value],
            dict: lambda value: {k: self.read(v) for k, v in value.items() if k not in _NOT_OURS},
            datetime: datetime.isoformat,
            date: date.isoformat,
            UUID: str,
        }

    def read(self, value: Any) -> Any:
        """Return a value of a column as it is told."""
        way = self._ways.get(type(value))
        if way is not None:
            return way(value)
        return value.value if isinstance(value, Enum) else value

    def _text(self, text: str) -> str:
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = without_names(text, self._names)
        return found
