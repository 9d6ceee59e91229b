"""The number of a family: never a name, and one row for each."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.canonical import FamilyReading
from app.families.readers import read_export

Write = Callable[..., Path]


def said(reading: FamilyReading) -> str:
    refusals = [f"{refusal.message} {refusal.record}" for refusal in reading.refusals]
    return "\n".join([*refusals, *(notice.message for notice in reading.notices), *reading.seen])


@pytest.mark.parametrize("number", ["Groen", "van den Berg", "Groen 2", "SPI#1", "1" * 41, "É1"])
def test_what_is_no_number_is_never_repeated(spirit: Write, number: str):
    """A surname where the number belongs refuses the family, and stands in no message."""
    reading = read_export("spirit", spirit({"Gezinsnummer": number}))
    assert [(r.row, r.field, r.record) for r in reading.refusals] == [(2, "Gezinsnummer", "")]
    assert reading.refusals[0].message.startswith("Dit gezin is geweigerd: 'Gezinsnummer' is geen")
    assert number not in said(reading)


@pytest.mark.parametrize("number", ["1", "SPI-1", "a.b/c_9-d", " SPI-1 ", "9" * 40])
def test_numbers_of_any_provider(spirit: Write, number: str):
    """Letters, digits and `-._/` make a number; white space around it is nothing."""
    reading = read_export("spirit", spirit({"Gezinsnummer": number}))
    assert [read.record.reference for read in reading.families] == [number.strip()]


def test_swapped_columns_in_excel(wsp: Write):
    """A surname in the number column of a side sheet is in no message either."""
    loose = [{"Nr": "Groenestein", "Geboortejaar": 2020, "Relatie": "eigen"}]
    reading = read_export("wsp", wsp({"Nr": "Groenestein", "Familie": "WSP-1"}, housemates=loose))
    assert [refusal.record for refusal in reading.refusals] == [""]
    assert any("zonder geldig gezinsnummer" in notice.message for notice in reading.notices)
    assert "Groenestein" not in said(reading)


@pytest.mark.parametrize("kind", ["netwerk", "bestand"])
def test_child_of_a_network_family_is_a_number(spirit: Write, kind: str):
    """A child's name where its number belongs refuses the family, without repeating it."""
    reading = read_export("spirit", spirit({"Soort": kind, "Netwerk voor": "Fatima"}))
    assert [(r.row, r.field) for r in reading.refusals] == [(2, "Netwerk voor")]
    assert "Fatima" not in said(reading)


@pytest.mark.parametrize("begin", ["SPI-10001;", ""], ids=["a column less", "a column more"])
def test_shifted_row(spirit: Write, begin: str):
    """In a row with a column too many or too few a surname may stand first; it is not repeated."""
    path = spirit({})
    text = path.read_text(encoding="utf-8-sig")
    shifted = text.replace("SPI-10001;Dekker", "Dekker" if begin else "Dekker;SPI-10001;Dekker")
    path.write_text(shifted, encoding="utf-8-sig", newline="")
    reading = read_export("spirit", path)
    assert [(r.row, r.record) for r in reading.refusals] == [(2, "")]
    assert "kolommen in plaats van" in reading.refusals[0].message
    assert "Dekker" not in said(reading)


ROWS = (
    {"Gezinsnummer": "SPI-1"},
    {"Gezinsnummer": "SPI-1", "Plaatsen vrij": "0"},
    {"Gezinsnummer": "SPI-2"},
    {"Gezinsnummer": "SPI-2"},
    {"Gezinsnummer": "SPI-3"},
)


def test_two_rows_that_differ_are_both_refused(spirit: Write):
    """Nobody can tell which of two rows with one number counts: each refusal names the other."""
    reading = read_export("spirit", spirit(*ROWS[:2], ROWS[4]))
    assert [(r.row, r.field, r.record) for r in reading.refusals] == [
        (2, "Gezinsnummer", "SPI-1"), (3, "Gezinsnummer", "SPI-1")
    ]  # fmt: skip
    assert ["op rij 3" in reading.refusals[0].message, "op rij 2" in reading.refusals[1].message]
    assert [read.record.reference for read in reading.families] == ["SPI-3"]
    assert reading.seen == {"SPI-1", "SPI-3"}


def test_a_wrong_row_takes_its_number_along(spirit: Write):
    """Of a wrong and a right row with one number both are refused, the wrong one with its fault."""
    reading = read_export("spirit", spirit({"Postcode": "x"}, {}, {}))
    assert [(r.row, r.field) for r in reading.refusals] == [
        (2, "Postcode"), (3, "Gezinsnummer"), (4, "Gezinsnummer")
    ]  # fmt: skip
    assert "op rijen 3 en 4" in reading.refusals[0].message
    assert "op rijen 2 en 4" in reading.refusals[1].message
    assert reading.families == ()


def test_same_row_twice_is_only_a_notice(spirit: Write):
    """An exact repetition keeps one family, with a notice that names its lowest row."""
    reading = read_export("spirit", spirit({}, {}, {}))
    assert (reading.refusals, len(reading.families)) == ((), 1)
    assert [(notice.row, "op rij 2" in notice.message) for notice in reading.notices] == [
        (3, True), (4, True)
    ]  # fmt: skip


def test_any_order_of_rows_reads_the_same(spirit: Write):
    """Whatever the order of the rows, the same families are kept, refused and repeated."""
    found = set()
    for order in itertools.permutations(ROWS):
        reading = read_export("spirit", spirit(*order))
        kept = sorted((r.record.reference, r.record.places_free) for r in reading.families)
        refused = sorted((r.field, r.record) for r in reading.refusals)
        found.add((tuple(kept), tuple(refused), len(reading.notices)))
    assert found == {
        ((("SPI-2", 1), ("SPI-3", 1)), (("Gezinsnummer", "SPI-1"),) * 2, 1),
    }
