"""The waiting list as a page and as a file: who comes first, who stands out, what goes out."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from app.screens.sheets import as_csv, as_xlsx
from app.screens.waiting.asked import Asked
from app.screens.waiting.export import sheet_of
from tests.screens.served import mark_in

As = Callable[..., TestClient]
ROW = re.compile(r'<tr class="([^"]*)">\s*<th scope="row"><a href="([^"]+)">([^<]+)')


def test_the_most_urgent_come_first_and_few_options_stand_out(client_as: As) -> None:
    """Crisis first, marked; a child with fewer than three options is marked as such."""
    page = client_as("coordinator").get("/wachtlijst").text
    rows = ROW.findall(page)
    assert len(rows) > 20
    kinds = [kind for kind, _, _ in rows]
    is_urgent = ["rij--dringend" in kind for kind in kinds]
    urgent = sum(is_urgent)
    assert urgent and all(is_urgent[:urgent])
    few = client_as("coordinator").get("/wachtlijst?hoogstensOpties=2").text
    marks = [kind for kind, _, _ in ROW.findall(few)]
    assert marks and all("rij--let-op" in kind or "rij--dringend" in kind for kind in marks)
    assert "minder dan drie opties" in few


def test_a_row_leads_to_the_file_and_a_draft_to_the_draft(client_as: As) -> None:
    """Drafts stand in the same list, marked, and open where one goes on writing."""
    client = client_as("aanmeldpunt")
    mark = mark_in(client.get("/concepten/nieuw").text)
    client.post("/concepten/nieuw", data={"_merk": mark, "aanmeldnummer": "AM-lijst-1"})
    rows = ROW.findall(client.get("/wachtlijst?sorteer=stand").text)
    (_, where, number) = rows[0]
    assert (where.startswith("/concepten/"), number) == (True, "AM-lijst-1")
    assert client.get(where).status_code == 200
    assert client.get(rows[-1][1]).status_code == 200


def test_filters_and_order_live_in_the_address(client_as: As) -> None:
    """What is chosen stays chosen, and a heading turns the order round."""
    page = client_as("coordinator").get("/wachtlijst?urgentie=spoed&sorteer=leeftijd").text
    assert '<option value="spoed" selected>' in page
    assert 'aria-sort="ascending"' in page
    assert "/wachtlijst?urgentie=spoed&amp;sorteer=leeftijd&amp;omgekeerd=true" in page
    assert set(re.findall(r"etiket--(dringend|let-op)\">(Crisis|Spoed)<", page)) == {
        ("let-op", "Spoed")
    }


def test_a_wrong_filter_is_told_and_nothing_is_lost(client_as: As) -> None:
    """A sentence, a page to go on with, and no list that would be untrue."""
    answer = client_as("coordinator").get("/wachtlijst?leeftijdVan=honderd")
    assert answer.status_code == 400
    assert "leeftijdVan" in answer.text
    assert 'value="honderd"' in answer.text


def test_nobody_fits_says_what_to_do(client_as: As) -> None:
    """An empty list under filters offers the whole list."""
    page = client_as("coordinator").get("/wachtlijst?gemeente=Nergens").text
    assert "Niemand past bij deze filters" in page


def test_each_role_sees_what_it_may(client_as: As) -> None:
    """A referrer sees its own alone and no options; a provider has no such list."""
    page = client_as("verwijzer", "gi-a").get("/wachtlijst").text
    assert "Er wacht niemand" in page
    assert 'name="hoogstensOpties"' not in page
    assert client_as("aanbieder-matcher", "spirit").get("/wachtlijst").status_code == 403


def test_the_export_is_the_list_as_asked_and_is_logged(client_as: As) -> None:
    """All pages of it, in the same order, with an event that says how much left."""
    client = client_as("coordinator")
    with capture_logs() as logged:
        answer = client.get("/wachtlijst/wachtlijst.csv?sorteer=leeftijd")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        ages = [int(row["Leeftijd"]) for row in rows if row["Leeftijd"]]
        assert len(ages) > 20 and ages == sorted(ages)
        assert "Voornaam" not in rows[0]
        book = openpyxl.load_workbook(
            io.BytesIO(client.get("/wachtlijst/wachtlijst.xlsx?urgentie=crisis").content)
        )
        values = list(book.active.values)
        at = values[0].index("Urgentie")
        assert {row[at] for row in values[1:]} == {"crisis"}
    told = [one for one in logged if one["event"] == "waiting_list_exported"]
    assert [(one["format"], one["rows"], one["roles"]) for one in told] == [
        ("csv", len(rows), "coordinator"),
        ("xlsx", len(values) - 1, "coordinator"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\uff1d"])
def test_what_was_typed_is_no_formula_elsewhere(start: str) -> None:
    """In CSV it gets a quote; in Excel it is a text."""
    typed = f'{start}HYPERLINK("http://x","y")'
    sheet = sheet_of([{"aanmeldnummer": "A", "verblijftNu": typed, "moetWegOp": None}], "nl")
    (row,) = csv.DictReader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), ""), delimiter=";")
    assert row["Verblijft nu"] == f"'{typed}"
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet, "Wachtlijst"))).active["B2"]
    assert cell.data_type == "s"


def test_days_and_yes_are_cells_of_their_own_kind() -> None:
    """A day is a date, a number a number, yes a word; English where the visit is."""
    child = {"moetWegOp": "2026-12-01", "leeftijd": 3, "groepNavragen": True}
    sheet = sheet_of([child], "en")
    assert sheet.rows == [[3, date(2026, 12, 1), "yes"]]


def test_an_address_keeps_what_it_was_asked() -> None:
    """Only known filters, without what is empty, and back to the start without a page."""
    asked = Asked.of({"vorm": "crisis", "gemeente": " ", "x": "1", "cursor": "abc"})
    assert asked.address() == "/wachtlijst?vorm=crisis"
    assert asked.sorted_by("opties", last_first=False) == "/wachtlijst?vorm=crisis&sorteer=opties"
    assert asked.direction("urgentie") == "ascending"
