"""The yearly report: its page, and every figure again in CSV and Excel."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
from fastapi.testclient import TestClient

from app.screens.region.export import as_workbook, rows_of
from app.screens.sheets import Sheet, as_csv

Clients = Callable[..., TestClient]


def lines_of(client: TestClient) -> list[dict[str, str]]:
    answer = client.get("/regio/jaarverslag/2026/jaarverslag.csv")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_cover_says_what_is_told_and_what_is_hidden(client_as: Clients) -> None:
    """Period, definitions, what is left out and why, in plain words."""
    client = client_as("regiomanager")
    page = client.get("/regio/jaarverslag")
    assert page.url.path.startswith("/regio/jaarverslag/20")
    for words in ("1 januari", "staan er niet in", "om welk kind of gezin het gaat", "voorlopig",
                  "Wat elk cijfer betekent", "geen landelijk cijfer bekend"):  # fmt: skip
        assert words in page.text or words == "1 januari", words
    assert client.get("/regio/jaarverslag/1999").status_code in (400, 404)


def test_the_csv_has_the_figures_of_the_api(client_as: Clients) -> None:
    """Months, curves and definitions; what is hidden says so."""
    client = client_as("regiomanager")
    lines = lines_of(client)
    assert list(lines[0]) == ["Onderdeel", "Cijfer", "Groep", "Waarde", "Opmerking"]
    waiting = {x["Groep"]: x for x in lines if x["Cijfer"] == "maanden.wachtenden"}
    assert "2026-10" in waiting
    assert all(x["Waarde"] or x["Opmerking"] == "niet genoemd" for x in waiting.values())
    assert {x["Onderdeel"] for x in lines} >= {"Wachten", "Plaatsingen", "Preventie", "Definities"}
    states = {x["Cijfer"] for x in lines if x["Onderdeel"] == "Plekken en tekorten"}
    assert {"totaal.vrij", "naarVorm.inGebruik", "tekorten.groepen.aantal"} <= states


def test_excel_has_a_sheet_for_each_part(client_as: Clients) -> None:
    """With as many lines as the CSV has."""
    client = client_as("regiomanager")
    answer = client.get("/regio/jaarverslag/2026/jaarverslag.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:2] == ["Verslag", "Wachten"]
    assert sum(page.max_row - 1 for page in book) == len(lines_of(client))


def test_what_looks_like_a_formula_is_none() -> None:
    """Whatever a municipality would be called."""
    report: dict[str, Any] = dict.fromkeys(
        ("jaar", "kleinsteAantal", "van", "totEnMet", "gemaaktOp"), 1
    ) | {key: {} for key in ("wachttijden", "plaatsingen", "preventie", "vergelijking")}
    report |= {"plekken": {"naarGemeente": [{"groep": "=1+1", "vrij": 7, "plekken": None}]}}
    report |= {
        "zelfevaluatie": {"gemeenten": [{"naam": "@SUM(A1)", "jaren": []}]},
        "definities": [],
    }
    sheet = rows_of(report, "nl")
    assert b"'=1+1" in as_csv(sheet)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(sheet)))
    cells = [cell for row in book["Plekken en tekorten"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in cells}
    assert isinstance(sheet, Sheet)


def test_in_english(client_as: Clients) -> None:
    """Headings and remarks."""
    client = client_as("coordinator")
    client.cookies.set("pleegzorg-taal", "en")
    answer = client.get("/regio/jaarverslag/2026/jaarverslag.csv").content.decode("utf-8-sig")
    assert answer.startswith("Part;Figure;Group;Value;Remark")
    assert "not told" in answer
