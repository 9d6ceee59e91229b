"""Every column with text is sealed, a word of a closed list, or open with a reason: none escapes.

And what the list says is so: one row with a text of its own in every column of every table, and a
dump of all of it, by whoever reads everything.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Uuid,
    create_engine,
    insert,
    select,
    text,
)

import app.models  # noqa: F401  (registers every table)
from app.db.base import Base
from app.db.encryption import digest_name
from app.db.keyring import current_ring
from app.db.opened import open_throwaway
from app.db.sealed import Sealed
from app.db.sealed_columns import SealedColumn, sealed_columns
from app.kernel.ids import new_id
from app.settings import Settings

LISTS = tomllib.loads((Path(__file__).parent / "tekstkolommen.toml").read_text(encoding="utf-8"))
TEXTS = (String, ARRAY, JSON, LargeBinary, Sealed)
TABLES = Base.metadata.sorted_tables
SEALED = {one.name: one for one in sealed_columns()}
# The first of these that fits is what a column of another kind is filled with.
FILLED: list[tuple[type, Any]] = [
    (Uuid, None), (Boolean, True), (DateTime, datetime(2026, 11, 1, tzinfo=UTC)),
    (Date, date(2026, 11, 1)), (Integer, 1), (Float, 1.0), (Numeric, 1),
]  # fmt: skip


def marker(column: Column[Any]) -> str:
    return f"MERK~{column.table.name}~{column.name}~EINDE"


def test_every_text_column_is_in_exactly_one_list() -> None:
    """A new column is judged, or this fails; and a list names nothing that is not there."""
    told = [*LISTS["versleuteld"], *LISTS["code"], *LISTS["openlijk"]]
    there = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if isinstance(column.type, TEXTS) and not isinstance(column.type, Enum)
    ]
    assert sorted(told) == sorted(there)
    assert all(len(reason) > 5 for reason in LISTS["openlijk"].values())


def test_what_the_list_calls_sealed_is_sealed() -> None:
    """By the type of its column, or by what is told beside it."""
    assert sorted(LISTS["versleuteld"]) == sorted(SEALED)


@pytest.fixture(scope="module")
def dumped(settings: Settings) -> Iterator[str]:
    """All tables as text, after one row in each with a mark in every column."""
    with open_throwaway(settings) as opened:
        engine = create_engine(opened.url)
        with engine.begin() as connection:
            _let_anything_in(connection)
            for table in TABLES:
                _fill(connection, table)
            # What is bytes as text too: a mark in it must be seen.
            found = [_dump(connection, table) for table in TABLES]
        engine.dispose()
    yield "\n".join(found)


def test_a_dump_holds_no_mark_of_what_is_sealed(dumped: str) -> None:
    """Names, texts, BSNs, documents, uploads: not one of them."""
    leaked = [name for name, one in SEALED.items() if marker(one.column) in dumped]
    assert leaked == []


def test_a_dump_holds_the_marks_of_what_lies_open(dumped: str) -> None:
    """The test above would see it: what is not sealed is there to read."""
    missing = [
        name
        for name in (*LISTS["code"], *LISTS["openlijk"])
        if f"MERK~{name.replace('.', '~')}~EINDE" not in dumped
        and name.partition(".")[2] not in {"name_digest", "digest"}
    ]
    assert missing == []


def _let_anything_in(connection: Connection) -> None:
    # A row in every table by rule would take a whole region; what counts here is what is written.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    rules = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' "
            "AND connamespace = 'public'::regnamespace AND conname NOT LIKE '%sealed' "
            "AND conrelid::regclass::text = ANY(:ours)"
        ),
        {"ours": [table.name for table in TABLES]},
    )
    for table, name in rules.all():
        connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))


def _fill(connection: Connection, table: Table) -> None:
    values = {column.name: _value(column) for column in table.columns if column.identity is None}
    for one in SEALED.values():
        if one.table is table and one.kind is None:
            owner = ":".join(str(values[name]) for name in one.owner)
            values[one.column.name] = one.seal(current_ring(), marker(one.column).encode(), owner)
    if table.name == "child":
        values["name_digest"] = digest_name(values["first_name"], current_ring())
    connection.execute(insert(table).values(values))


def _value(column: Column[Any]) -> Any:  # noqa: PLR0911
    kind = column.type
    if isinstance(kind, Sealed):
        told = marker(column)
        return {"merk": told} if "JSON" in repr(kind.impl) else _listed(kind, told)
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class)) if kind.enum_class else kind.enums[0]
    if isinstance(kind, ARRAY):
        return [marker(column)]
    if isinstance(kind, JSON):
        return {"merk": marker(column)}
    if isinstance(kind, LargeBinary):
        return marker(column).encode()
    if isinstance(kind, String):
        return marker(column)
    for wanted, value in FILLED:
        if isinstance(kind, wanted):
            return new_id() if wanted is Uuid else value
    return 1


def _listed(kind: Sealed, told: str) -> Any:
    return [told] if isinstance(kind.impl, ARRAY) else told


def _dump(connection: Connection, table: Table) -> str:
    parts = []
    for column in table.columns:
        shown = f'"{column.name}"'
        if isinstance(column.type, LargeBinary):
            shown = f"encode({shown}, 'escape')"
        parts.append(f"coalesce({shown}::text, '')")
    asked = f"SELECT {' || chr(10) || '.join(parts)} FROM {table.name}"
    return "\n".join(connection.scalars(text(asked)))


def test_every_sealed_column_can_be_opened_by_the_row_itself(settings: Settings) -> None:
    """What rotation reads beside the type is the same: use, owner and form."""
    with open_throwaway(settings) as opened:
        engine = create_engine(opened.url)
        with engine.begin() as connection:
            _let_anything_in(connection)
            for table in TABLES:
                _fill(connection, table)
            for one in SEALED.values():
                assert marker(one.column) in _opened(connection, one), one.name
        engine.dispose()


def _opened(connection: Connection, one: SealedColumn) -> str:
    row = connection.execute(select(*one.selected())).one()
    found = one.open(current_ring(), row.shown, row.owner)
    assert (found.version, found.is_open) == (1, False)
    return found.content.decode()
