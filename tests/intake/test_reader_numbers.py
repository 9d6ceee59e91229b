"""The number of a registration: never a name, and one line for each."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.intake.canonical import RegistrationReading
from app.intake.reader import read_registrations

OTHER = {"aanmeldnummer": "AM-2", "bsn": None}
Write = Callable[..., Path]


def read(path: Path) -> RegistrationReading:
    return read_registrations(path, today=date(2026, 11, 1))


@pytest.mark.parametrize("number", ["Lina", "AM 1", "1" * 41, "Lina Groen"])
@pytest.mark.parametrize("field", ["aanmeldnummer", "netwerkgezin"])
def test_what_is_no_number_is_never_repeated(write: Write, field: str, number: str):
    """A name where a number belongs refuses the registration, and stands in no message."""
    reading = read(write({field: number}, OTHER))
    refusal = reading.refusals[0]
    assert (len(reading.refusals), refusal.row, refusal.field) == (1, 1, field)
    assert f"{field} is geen nummer; vul" in refusal.message
    assert number not in f"{refusal.message} {refusal.record}"
    assert refusal.record == ("" if field == "aanmeldnummer" else "AM-2026-1000")


def test_two_lines_that_differ_are_both_refused(write: Write):
    """Nobody can tell which of two lines with one number counts: each refusal names the other."""
    reading = read(write({}, {"voornaam": "Anders"}, {}, OTHER))
    assert [(r.row, r.field, r.record) for r in reading.refusals] == [
        (row, "aanmeldnummer", "AM-2026-1000") for row in (1, 2, 3)
    ]
    assert "op regels 1 en 3" in reading.refusals[1].message
    assert [kept.record.number for kept in reading.registrations] == ["AM-2"]


def test_a_wrong_line_takes_its_number_along(write: Write):
    """Of a wrong and a right line with one number both are refused, the wrong with its fault."""
    reading = read(write({"rolstoel": 1}, {}, OTHER))
    assert [(r.row, r.field) for r in reading.refusals] == [(1, "rolstoel"), (2, "aanmeldnummer")]
    assert "op regel 2" in reading.refusals[0].message
    assert "op regel 1" in reading.refusals[1].message


def test_same_line_twice_is_only_a_notice(write: Write):
    """An exact repetition keeps one registration, with a notice that names its lowest line."""
    reading = read(write({}, {}))
    assert (reading.refusals, len(reading.registrations)) == ((), 1)
    assert [(notice.row, "op regel 1" in notice.message) for notice in reading.notices] == [
        (2, True)
    ]


def test_any_order_of_lines_reads_the_same(write: Write):
    """Whatever the order of the lines, the same is kept and refused, and said of one BSN."""
    lines = (
        {},
        {"voornaam": "Anders"},
        {"aanmeldnummer": "AM-3"},
        {"aanmeldnummer": "AM-4"},
        OTHER,
    )
    found = set()
    for order in itertools.permutations(lines):
        reading = read(write(*order))
        kept = sorted(kept.record.number for kept in reading.registrations)
        refused = sorted((refusal.field, refusal.record) for refusal in reading.refusals)
        same = sorted(notice.message for notice in reading.notices if notice.field == "bsn")
        found.add((tuple(kept), tuple(refused), tuple(same)))
    assert len(found) == 1
    kept, refused, same = found.pop()
    assert kept == ("AM-2", "AM-3", "AM-4")
    assert refused == (("aanmeldnummer", "AM-2026-1000"),) * 2
    assert len(same) == 1
    assert same[0].startswith("Aanmeldingen AM-3 en AM-4 ")
