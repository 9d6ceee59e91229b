"""In which tables a file holds something, and when it last changed: as each table alone tells."""

from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import AMSTERDAM
from app.models import Registration
from app.rights.catalogue import load_catalogue
from app.rights.queries import _HAPPENED, filled_tables, last_change, third_parties
from app.rights.whose import Whose, find_whose, rows_of, table_of, whose_child
from tests.rights.full import make_full
from tests.rows import make_registration


def whose_of(session: Session, *, is_full: bool) -> Whose:
    id_ = (
        make_full(session).registration_id
        if is_full
        else make_registration(session, number="AM-1").id
    )
    session.flush()
    found = find_whose(session, id_)
    assert found is not None
    return found


def one_by_one(session: Session, whose: Whose) -> dict[str, list[Any]]:
    """Return the rows of a file, each table asked alone."""
    found = {}
    for table in load_catalogue().exported():
        assert table.via is not None
        rows = session.scalars(
            select(table_of(table.name)).where(rows_of(whose, table.name, table.via))
        ).all()
        if rows:
            found[table.name] = list(rows)
    return found


def newest_in(rows: dict[str, list[Any]]) -> datetime:
    looked_at = (row for name, lines in rows.items() if name != "audit_event" for row in lines)
    told = [getattr(row, name, None) for row in looked_at for name in _HAPPENED]
    return max(_instant(value) for value in told if isinstance(value, date))


def _instant(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(), AMSTERDAM)


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "only registered"])
def test_what_a_file_holds_and_when_it_changed(session: Session, is_full: bool) -> None:
    """With owners found first, the tables and the moment are those of each table asked alone."""
    whose = whose_of(session, is_full=is_full)
    rows = one_by_one(session, whose)
    assert filled_tables(session, whose) == rows.keys()
    if is_full:
        hangs = {table.via for table in load_catalogue().exported() if table.name in rows}
        assert {"stap", "plaatsing", "crisismelding", "evaluatie"} <= hangs
    expected = newest_in(rows)
    assert last_change(session, whose) == expected
    assert last_change(session, whose, rows.keys()) == expected


def test_who_has_no_registrations_has_no_others(session: Session) -> None:
    """An empty list is nobody, also where it says whom to leave out."""
    full = make_full(session)
    session.flush()
    child = session.get_one(Registration, full.registration_id).child_id
    assert third_parties(session, whose_child(session, child))
    nobody = Whose(child, (), (), is_secret=False)
    assert third_parties(session, nobody) == frozenset()
