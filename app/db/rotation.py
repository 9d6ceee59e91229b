"""Sealing anew what is stored: in small batches, while others work, from where it was left.

Nothing is kept of how far it is: what is still to do can be seen in the rows. Two at once take
different rows. A row that somebody else holds is left for the next round, so that nobody waits in a
circle.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    Row,
    and_,
    bindparam,
    func,
    select,
    text,
    tuple_,
    update,
)

from app.db.keyring import KeyLacking, KeyRing
from app.db.sealed_columns import SealedColumn, sealed_columns
from app.db.sealing import SealBroken

_ROUNDS = 50
_PAUSE = 0.2  # seconds before the rows are tried again that somebody else held
_SEALING = text("SELECT set_config('pleegzorg.sealing', 'ja', true)")

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Sealing:
    """What was done: rows by column, those that cannot be read, and those that others still hold.

    unreadable: `table.column` and the key of the row; never what it holds.
    """

    sealed: dict[str, int] = field(default_factory=dict)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    held: int = 0


def seal_anew(
    engine: Engine, ring: KeyRing, *, only_open: bool = False, told: Progress | None = None
) -> Sealing:
    """Seal everything with the key for writing; only_open: only what no version has sealed yet.

    engine: as the owner of the tables, for most of them may never be changed by the service. Each
    batch is a transaction of its own: killed, it goes on with the rest when it is called again.
    """
    done = Sealing()
    for column in sealed_columns():
        _seal_column(engine, ring, column, _Work(done, told, only_open=only_open))
    return done


@dataclass(frozen=True, slots=True)
class _Work:
    done: Sealing
    told: Progress | None
    only_open: bool

    def note(self, column: SealedColumn, rows: int) -> None:
        """Note that rows were sealed."""
        self.done.sealed[column.name] = self.done.sealed.get(column.name, 0) + rows
        if self.told is not None:
            self.told(column.name, self.done.sealed[column.name])


def _seal_column(engine: Engine, ring: KeyRing, column: SealedColumn, work: _Work) -> None:
    unreadable: set[str] = set()
    left = 0
    for again in range(_ROUNDS):
        if again:
            time.sleep(_PAUSE)
        _one_round(engine, ring, column, (work, unreadable))
        left = _count_left(engine, column, ring, only_open=work.only_open) - len(unreadable)
        if left <= 0:
            break
    work.done.unreadable.extend((column.name, key) for key in sorted(unreadable))
    work.done.held += max(left, 0)


def _one_round(
    engine: Engine, ring: KeyRing, column: SealedColumn, task: tuple[_Work, set[str]]
) -> None:
    work, unreadable = task
    after: tuple[Any, ...] | None = None
    while True:
        with engine.begin() as connection:
            connection.execute(_SEALING)
            rows = _take(connection, column, ring, (after, work.only_open))
            if not rows:
                return
            changes = list(_changes(column, ring, rows, unreadable))
            if changes:
                connection.execute(_writing(column), changes)
        work.note(column, len(changes))
        after = _key_of(column, rows[-1])


def _take(
    connection: Connection,
    column: SealedColumn,
    ring: KeyRing,
    where: tuple[tuple[Any, ...] | None, bool],
) -> list[Row[Any]]:
    after, only_open = where
    keys = list(column.table.primary_key)
    statement = select(*column.selected()).where(_is_left(column, ring, only_open=only_open))
    if after is not None:
        statement = statement.where(tuple_(*keys) > tuple_(*after))
    locked = (
        statement.order_by(*keys)
        .limit(column.rows)
        .with_for_update(key_share=True, skip_locked=True, of=column.table)
    )
    return list(connection.execute(locked))


def _changes(
    column: SealedColumn, ring: KeyRing, rows: list[Row[Any]], unreadable: set[str]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        key = _key_of(column, row)
        try:
            content = column.open(ring, row.shown, row.owner).content
        except (SealBroken, KeyLacking):
            unreadable.add(shown_key(key))
            continue
        change = {f"key_{at}": part for at, part in enumerate(key)}
        change["sealed"] = column.seal(ring, content, row.owner)
        if column.digest is not None:
            change["digest"] = column.digest_of(ring, content)
        yield change


def _writing(column: SealedColumn) -> Any:
    keys = list(column.table.primary_key)
    found = and_(*(key == bindparam(f"key_{at}", type_=key.type) for at, key in enumerate(keys)))
    values = {column.column.name: bindparam("sealed", type_=column.bound_type())}
    if column.digest is not None:
        values[column.digest.name] = bindparam("digest", type_=LargeBinary())
    return update(column.table).where(found).values(values)


def _is_left(column: SealedColumn, ring: KeyRing, *, only_open: bool) -> Any:
    return column.lies_open() if only_open else column.is_behind(ring.writes)


def _count_left(engine: Engine, column: SealedColumn, ring: KeyRing, *, only_open: bool) -> int:
    with engine.connect() as connection:
        left = _is_left(column, ring, only_open=only_open)
        counted = select(func.count()).select_from(column.table).where(left)
        return connection.scalar(counted) or 0


def _key_of(column: SealedColumn, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row[: len(column.table.primary_key)])


def shown_key(key: tuple[Any, ...]) -> str:
    """Return the key of a row for a person."""
    return ", ".join(str(part) for part in key)
