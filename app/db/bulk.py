"""Many rows at once: inserting them, and finding the rows of a list of any length."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, insert, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db.base import Base


def insert_rows(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same keys; none is fine."""
    if rows:
        # Into the table, not the class: the ORM makes a batch of its own for each set of Nones.
        session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]


def update_rows(
    session: Session,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    *,
    raise_version: bool = True,
) -> None:
    """Overwrite rows by their `id`, all with the same keys; none is fine.

    raise_version: the change is one that a reader must notice (ETag, optimistic locking).
    """
    if not rows:
        return
    columns = table.__table__.c
    values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "id"}
    if raise_version:
        values["version"] = columns["version"] + 1
    # The table, not the class: the ORM would make its own update by key of it.
    found = columns["id"] == bindparam("row_id")
    statement = update(table.__table__).where(found)  # type: ignore[arg-type]
    # "id" itself is a name that SQLAlchemy keeps for the column.
    numbered = [{**row, "row_id": row["id"]} for row in rows]
    session.connection().execute(statement.values(**values), numbered)


def among(column: InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Return whether a column holds one of the values, sent as one array.

    `IN` sends one parameter a value, and PostgreSQL takes no more than 65,535.
    """
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))
