"""Rows of the other sheets of an Excel export: whose they are, and what a wrong one does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.readers import read_export
from app.kernel.words import Problem, Willingness

Write = Callable[..., Path]


def test_wrong_housemate_refuses_its_family_once(wsp: Write):
    """A wrong row of a family that is otherwise right refuses it, at that sheet and row."""
    wrong = [
        {"Nr": "WSP-1", "Geboortejaar": 2024, "Relatie": "eigen"},
        {"Nr": "WSP-1", "Geboortejaar": "geen idee", "Relatie": "eigen"},
        {"Nr": "WSP-1", "Geboortejaar": 2020, "Relatie": "oom"},
    ]
    reading = read_export("wsp", wsp({}, {"Nr": "WSP-2"}, housemates=wrong))
    assert [(r.row, r.field, r.record) for r in reading.refusals] == [
        (3, "Huisgenoten.Geboortejaar", "WSP-1")
    ]
    assert "blad Huisgenoten" in reading.refusals[0].message
    assert [read.record.reference for read in reading.families] == ["WSP-2"]


def test_two_answers_to_one_problem(wsp: Write):
    """A problem with two different answers refuses the family; the same answer twice does not."""
    lvb = {"Nr": "WSP-1", "Problematiek": "lvb", "Bereid": "ja"}
    same = read_export("wsp", wsp({}, answers=[lvb, lvb]))
    assert same.families[0].record.willingness == {Problem.LEARNING_DISABILITY: Willingness.YES}
    other = read_export("wsp", wsp({}, answers=[lvb, {**lvb, "Bereid": "nee"}]))
    assert [refusal.row for refusal in other.refusals] == [3]


def test_rows_of_a_refused_family_are_a_notice(wsp: Write):
    """What hangs on a refused family is one notice a sheet, never a second refusal."""
    reading = read_export("wsp", wsp({"PC": "x"}))
    assert len(reading.refusals) == 1
    fields = [notice.field for notice in reading.notices]
    assert fields == ["Bereidheid.Nr", "Huisgenoten.Nr"]
    assert all("WSP-1" in notice.message for notice in reading.notices)


def test_rows_of_an_unknown_family_are_a_notice(wsp: Write):
    """Rows that name no family of the first sheet, or none at all, are notices."""
    loose = [{"Nr": number, "Geboortejaar": 2020, "Relatie": "eigen"} for number in ("WSP-9", "")]
    reading = read_export("wsp", wsp({}, housemates=loose))
    assert reading.refusals == ()
    assert reading.families[0].record.own_children_born == ()
    assert sum(notice.field == "Huisgenoten.Nr" for notice in reading.notices) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Geb.jaar ouder 1", 1993.5), ("Per", 46000), ("Per", 0), ("Per", "31-02-2026"),
        ("Crisis", "ja"), ("Hond", 1), ("Soort", "bestand"), ("Vrij", 3), ("Mutatie", 46000.5),
        ("Netwerk voor", "x"), ("Geslacht", "V"), ("Jaren ervaring", -0.5),
    ],
)  # fmt: skip
def test_wrong_excel_cell(wsp: Write, column: str, value: object):
    """A number where a date is meant, a half year or an odd mark refuses the family."""
    cells = {column: value}
    if column == "Netwerk voor":
        cells, column = {"Soort": "N"}, "Netwerk voor"
    reading = read_export("wsp", wsp(cells))
    assert [(r.row, r.field) for r in reading.refusals] == [(2, column)]


def test_blank_rows_are_passed_over(wsp: Write, blank_wsp_row: dict[str, object]):
    """A blank row in the sheet is no family, and the rows below keep their number."""
    reading = read_export("wsp", wsp({}, blank_wsp_row, {"Nr": "WSP-3", "PC": ""}))
    assert [(r.row, r.field) for r in reading.refusals] == [(4, "PC")]
    assert len(reading.families) == 1
