"""No table and no column escapes: each says what it holds of a child, and how long it is kept."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db.base import Base
from app.rights.catalogue import Destruction, load_catalogue
from app.rights.terms import load_terms
from app.rights.whose import VIAS

TABLES = sorted(Base.metadata.tables)


@pytest.mark.parametrize("name", TABLES)
def test_each_column_stands_in_exactly_one_list(name: str) -> None:
    """In the export, of somebody else, or nothing of the child."""
    table = load_catalogue().tables[name]
    said = [*table.shown, *table.of_others, *table.technical]
    assert sorted(said) == sorted(column.name for column in Base.metadata.tables[name].columns)
    assert table.secret <= set(table.shown)


def test_only_real_tables_are_named() -> None:
    """A name with a typing error would hide that a table was forgotten."""
    assert sorted(load_catalogue().tables) == TABLES


@pytest.mark.parametrize("table", load_catalogue().exported(), ids=lambda table: table.name)
def test_what_is_exported_can_be_found_and_named(table: object) -> None:
    """By a known way, each column by a Dutch name, no two the same."""
    assert table.via in VIAS  # type: ignore[attr-defined]
    words = [load_catalogue().words[column] for column in table.shown]  # type: ignore[attr-defined]
    assert len(set(words)) == len(words), words


@pytest.mark.parametrize("name", TABLES)
def test_what_hangs_on_a_child_is_exported_and_destroyed(name: str) -> None:
    """A table that refers to what is of a child cannot say that it holds nothing of it."""
    owners = {"child", "registration", "placement", "begun_pair", "placement_review"}
    referred = {key.column.table.name for key in Base.metadata.tables[name].foreign_keys}
    if referred & owners:
        table = load_catalogue().tables[name]
        assert table.via is not None
        assert table.destruction in (Destruction.REMOVED, Destruction.SHELL)


def test_every_table_of_the_database_has_exactly_one_term(session: Session) -> None:
    """Also those that no model describes, such as the queue's."""
    found = session.scalars(
        text(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    ).all()
    named = {table.name: table.record_class for table in load_catalogue().tables.values()}
    others = load_terms().other_tables
    assert not named.keys() & others.keys()
    assert set(found) == named.keys() | others.keys()
    assert {*named.values(), *others.values()} <= load_terms().classes.keys()
