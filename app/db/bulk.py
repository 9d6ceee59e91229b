"""Many rows at once: inserting them, and finding the rows of a list of any length."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db.base import Base


def insert_rows(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same keys; none is fine."""
    if rows:
        # Into the table, not the class: the ORM makes a batch of its own for each set of Nones.
        session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]


def among(column: InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Return whether a column holds one of the values, sent as one array.

    `IN` sends one parameter a value, and PostgreSQL takes no more than 65,535.
    """
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))
