"""Rows whose texts are marks, by whose they are, and a dump of all there is to look for them in."""

from typing import Any

from sqlalchemy import Enum, String, Text, inspect, select, text
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.sealed import SealedText
from app.rights.catalogue import load_catalogue


def mark(table: str, column: str) -> str:
    """The mark of a column, by whose it is."""
    entry = load_catalogue().tables[table]
    whose = "derde" if column in entry.of_others else "kind"
    return f"{whose}-{table}-{column}"


def row(session: Session, table: type[Any], **given: Any) -> Any:
    """Insert a row; a text that is not given is its mark."""
    mapped = inspect(table)
    values = dict(given)
    for attribute in mapped.column_attrs:
        column = attribute.columns[0]
        is_word = isinstance(column.type, Enum)
        is_text = isinstance(column.type, String | Text | SealedText) and not is_word
        if is_text and attribute.key not in values:
            values[attribute.key] = mark(mapped.local_table.name, column.name)
    made = table(**values)
    session.add(made)
    session.flush()
    return made


def dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the code reads it: what is sealed by a column type is open."""
    told = {}
    session.flush()
    before = session.scalar(text("SELECT current_user"))
    session.execute(text("SET LOCAL ROLE NONE"))  # whoever logged in: it reads everything
    for mapper in Base.registry.mappers:
        columns = [attribute.class_attribute for attribute in mapper.column_attrs]
        rows = session.execute(select(*columns)).mappings().all()
        told[mapper.local_table.name] = [dict(found) for found in rows]
    jobs = session.execute(text("SELECT id, args::text AS args FROM procrastinate_jobs"))
    told["procrastinate_jobs"] = [dict(found) for found in jobs.mappings()]
    session.execute(text(f"SET LOCAL ROLE {before}"))
    return told
