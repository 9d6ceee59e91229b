"""Sibling groups in a file with registrations: two wishes, and members that were refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.intake.canonical import RegistrationReading
from app.intake.reader import read_registrations

OTHER = {"aanmeldnummer": "AM-2", "bsn": None}
WISH, GROUP, CHILD = "broersZussen.wens", "broersZussen.groep", "aanmeldnummer"
Write = Callable[..., Path]


def read(path: Path) -> RegistrationReading:
    return read_registrations(path, today=date(2026, 11, 1))


def test_group_with_two_wishes(write: Write):
    """A sibling group with two wishes is kept, put on hold, and asked about once."""
    reading = read(write({}, {**OTHER, WISH: "apart"}))
    assert len(reading.registrations) == 2
    assert reading.groups_on_hold == {"BZ-101"}
    assert reading.incomplete_groups == frozenset()
    assert [notice.field for notice in reading.notices] == [WISH]
    assert read(write({}, OTHER)).groups_on_hold == frozenset()


@pytest.mark.parametrize("wish", ["samen, tenzij", "apart"])
def test_group_that_goes_on_without_a_refused_child(write: Write, wish: str):
    """A group that need not stay whole gets a warning when one of it is refused, no more."""
    reading = read(write({"rolstoel": 1}, {**OTHER, WISH: wish}))
    assert [(notice.row, notice.field) for notice in reading.notices] == [(1, GROUP)]
    assert (reading.incomplete_groups, reading.groups_on_hold) == (frozenset(), frozenset())


REFUSED = {
    "bad field": [{"bsn": "999530411"}],
    "bad wish": [{WISH: "liever samen"}],
    "born tomorrow": [{"geboortedatum": "2026-11-02"}],
    "no number": [{CHILD: "Lina"}],
    "same number twice": [{}, {"voornaam": "Anders"}],
}


@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_group_together_waits_for_a_refused_child(write: Write, lines: list[dict[str, object]]):
    """A group `samen` of which one is refused, for any reason, is held until that is repaired."""
    reading = read(write(*lines, {**OTHER, WISH: "samen"}))
    assert [kept.record.number for kept in reading.registrations] == ["AM-2"]
    assert reading.incomplete_groups == {"BZ-101"}
    assert reading.groups_on_hold == frozenset()
    assert [(n.row, n.field) for n in reading.notices] == [(r.row, GROUP) for r in reading.refusals]
    assert "tot dan wordt niemand van de groep voorgesteld" in reading.notices[0].message


def test_wish_is_read_from_who_is_kept(write: Write):
    """What a refused registration itself wishes counts for nothing; nor does another group's."""
    third = {"aanmeldnummer": "AM-3", "bsn": None, WISH: "samen", GROUP: "BZ-102"}
    reading = read(write({WISH: "samen", "rolstoel": 1}, OTHER, third))
    assert reading.incomplete_groups == frozenset()


def test_complete_group_together_is_not_held(write: Write):
    """A repeated line is not a refused child: the group is whole."""
    reading = read(write({WISH: "samen"}, {WISH: "samen"}, {**OTHER, WISH: "samen"}))
    assert (reading.refusals, reading.incomplete_groups) == ((), frozenset())


@pytest.mark.parametrize("second", [{WISH: "apart"}, {"rolstoel": 1}])
def test_surname_as_a_group_stays_out_of_the_notice(write: Write, second: dict[str, object]):
    """A group whose code may be a surname is held under it, and named by its line."""
    surname = {GROUP: "Groenestein", WISH: "samen"}
    reading = read(write({**OTHER, **surname}, {**surname, **second}))
    assert reading.groups_on_hold | reading.incomplete_groups == {"Groenestein"}
    assert len(reading.notices) == 1
    assert "Groenestein" not in reading.notices[0].message
