"""The yearly report: its page, and every figure again in CSV and Excel."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

import openpyxl
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from app.db.opened import Database
from app.insight.yearly_schemas import YearlyReport
from app.screens.region.export import as_workbook, rows_of
from app.screens.sheets import Sheet, as_csv
from tests.insight.kept_year import keep_a_year_back
from tests.screens.test_tables import noted

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
        ("jaar", "kleinsteAantal", "van", "totEnMet", "gemaaktOp", "standVan", "voorlopig"), 1
    ) | {key: {} for key in ("cijfers", "wachttijden", "plaatsingen", "preventie", "vergelijking")}
    report |= {"plekkenPerMaand": []}
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


def test_every_part_of_the_report_is_in_the_file(client_as: Clients) -> None:
    """Also the figures of the dashboard, and what is provisional; no line could be another's."""
    lines = lines_of(client_as("regiomanager"))
    parts = {"cijfers", "wachttijden", "plaatsingen", "plekken", "preventie", "vergelijking",
             "zelfevaluatie", "definities"}  # fmt: skip
    kept = {"plekkenPerMaand", "eindstand"}  # of months that are over, and of a year that is
    about = {x["Cijfer"] for x in lines if x["Onderdeel"] == "Verslag"}
    about |= {"jaar"}  # it names every line of that part
    assert about | parts | kept == {field.alias for field in YearlyReport.model_fields.values()}
    # And the recruitment brief, which is of the last run, and the watch list of today.
    assert len({x["Onderdeel"] for x in lines}) == len(parts) + 3
    dashboard = {x["Cijfer"] for x in lines if x["Onderdeel"] == "De regio in cijfers"}
    assert {"wachtenden.naarUrgentie.aantal", "thuis.eigenGemeente", "voorstellen.nee"} <= dashboard
    often = Counter((x["Onderdeel"], x["Cijfer"], x["Groep"]) for x in lines)
    assert {line: many for line, many in often.items() if many > 1} == {
        ("Plekken en tekorten", "pleegouders.nietVastgelegd", ""): 2  # sentences, no figures
    }


def test_a_count_of_two_things_says_of_which() -> None:
    """Which form and age is short of families; why, and whose no it was."""
    report: dict[str, Any] = dict.fromkeys(
        ("jaar", "kleinsteAantal", "van", "totEnMet", "gemaaktOp", "standVan", "voorlopig"), 1
    ) | {key: {} for key in ("wachttijden", "plaatsingen", "preventie", "vergelijking")}
    report |= {"plekkenPerMaand": []}
    short = {"vorm": "crisis", "leeftijd": "4 t/m 7", "aantal": 6}
    no = {"door": "ouders", "reden": "afstand", "aantal": 8}
    report |= {"plekken": {"tekorten": {"groepen": [short]}}, "zelfevaluatie": {}, "definities": []}
    report |= {"cijfers": {"voorstellen": {"redenen": [no]}, "tekorten": {"groepen": [short]}}}
    rows = [row[1:4] for row in rows_of(report, "nl").rows if row[0] != "Verslag"]
    assert rows == [
        ["tekorten.groepen.aantal", "crisis · 4 t/m 7", 6],
        ["voorstellen.redenen.aantal", "ouders · afstand", 8],
    ]


def test_the_recruitment_brief_goes_along(client_as: Clients) -> None:
    """As on the page: how many have too little choice, and which family would help, by profile."""
    for role in ("regiomanager", "coordinator"):
        client = client_as(role)
        lines = [x for x in lines_of(client) if x["Onderdeel"] == "Wervingsopdracht"]
        told = {x["Cijfer"] for x in lines}
        assert {"peildatum", "getoetst", "teWeinig", "kleineProfielen"} <= told
        book = openpyxl.load_workbook(
            io.BytesIO(client.get("/regio/jaarverslag/2026/jaarverslag.xlsx").content)
        )
        assert book["Wervingsopdracht"].max_row == len(lines) + 1
    page = client.get("/regio/jaarverslag/2026").text
    profiles = {x["Groep"].partition(". ")[2] for x in lines if x["Cijfer"] == "profielen.gezinnen"}
    assert profiles
    assert any(sentence in page for sentence in profiles)
    assert {"profielen.vorm", "profielen.leeftijdVan", "profielen.bereidVoor"} <= told
    assert not [x for x in lines if "AM-20" in "".join(x.values())]  # no child is named


def test_a_report_before_any_run_has_no_brief() -> None:
    """And is a report."""
    empty = {key: {} for key in ("cijfers", "wachttijden", "plaatsingen", "plekken", "preventie",
                                 "vergelijking", "zelfevaluatie", "definities")}  # fmt: skip
    about = dict.fromkeys(
        ("jaar", "kleinsteAantal", "van", "totEnMet", "gemaaktOp", "standVan", "voorlopig"), 1
    )
    about |= {"plekkenPerMaand": []}
    assert {row[0] for row in rows_of(about | empty, "nl").rows} == {"Verslag"}


def test_a_number_is_read_as_that_number() -> None:
    """Of 0.875 a Dutch spreadsheet makes 875; what was typed stays as it was."""
    sheet = Sheet(["x"], [[0.875, -2.5, 12, "0.875"]])
    assert as_csv(sheet).decode("utf-8-sig").splitlines()[1] == "0,875;-2,5;12;0.875"


def test_who_takes_the_report_along_is_noted(
    client_as: Clients, screens_database: Database
) -> None:
    """As of every other file that leaves."""
    client = client_as("regiomanager")
    before = noted(screens_database, "voerJaarverslagUit")
    with capture_logs() as logged:
        lines = lines_of(client)
        client.get("/regio/jaarverslag/2026/jaarverslag.xlsx")
    told = [(one["table"], one["format"], one["rows"]) for one in logged
            if one["event"] == "table_exported"]  # fmt: skip
    assert told == [("jaarverslag", kind, len(lines)) for kind in ("csv", "xlsx")]
    assert noted(screens_database, "voerJaarverslagUit") == before + 2


def test_in_english(client_as: Clients) -> None:
    """Headings and remarks; an empty cell stays empty."""
    client = client_as("coordinator")
    client.cookies.set("pleegzorg-taal", "en")
    answer = client.get("/regio/jaarverslag/2026/jaarverslag.csv").content.decode("utf-8-sig")
    assert answer.startswith("Part;Figure;Group;Value;Remark")
    assert "not told" in answer
    lines = list(csv.DictReader(io.StringIO(answer), delimiter=";"))
    assert {x["Remark"] for x in lines} <= {"", "not told", "not known"}
    assert not [x for x in lines if "Project-Id" in x["Group"]]


def of_year(client: TestClient, year: int, kind: str = "csv") -> Any:
    answer = client.get(f"/regio/jaarverslag/{year}/jaarverslag.{kind}")
    assert answer.status_code == 200
    if kind == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_of_a_past_year_holds_nothing_of_today(client_as: Clients) -> None:
    """Who waited at its end, with the day beside it; what was not kept is a sentence."""
    client = client_as("regiomanager")
    lines = of_year(client, 2024)
    told = {x["Cijfer"]: x["Waarde"] for x in lines if x["Onderdeel"] == "De regio in cijfers"}
    assert told["wachtenden.peildatum"] == "2024-12-31"
    months = {x["Groep"]: x for x in lines if x["Cijfer"] == "maanden.wachtenden"}
    assert told["wachtenden.aantal"] == months["2024-12"]["Waarde"]
    assert "wachtenden.concepten" not in told
    named = {x["Cijfer"] for x in lines}
    assert not {"totaal.vrij", "naarVorm.plekken", "profielen.gezinnen", "getoetst",
                "respijt.gezinnenDieHetBieden"} & named  # fmt: skip
    said = [x["Waarde"] for x in lines if x["Cijfer"].endswith("toelichting")]
    for sentence in ("welke plekken en gezinnen", "geen wervingsopdracht bewaard",
                     "geen matchrun bewaard", "op de volglijst stonden"):  # fmt: skip
        assert any(sentence in one for one in said), sentence
    book = of_year(client, 2024, "xlsx")
    assert sum(page.max_row - 1 for page in book) == len(lines)
    assert "opDeVolglijst" not in named
    this_year = {x["Cijfer"] for x in of_year(client, 2026)}
    assert {"totaal.vrij", "getoetst", "wachtenden.concepten", "opDeVolglijst"} <= this_year


def test_the_page_of_a_past_year_says_what_is_not_kept(client_as: Clients) -> None:
    """No places of today; those stay in the report of the year that runs."""
    client = client_as("regiomanager")
    page = client.get("/regio/jaarverslag/2024").text
    assert "niet bewaard welke plekken en gezinnen er waren" in page
    assert "geen wervingsopdracht bewaard" in page
    assert "plekken zijn vandaag vrij" not in page
    assert "Gezinnen waar een respijtronde" not in page
    assert "plekken zijn vandaag vrij" in client.get("/regio/jaarverslag/2026").text


def test_a_past_year_that_was_kept_is_told_whole(
    client_as: Clients, screens_database: Database
) -> None:
    """Places by form, age and area, the brief, the watch list: on the page and in the files."""
    keep_a_year_back(screens_database)
    client = client_as("regiomanager")
    lines = of_year(client, 2025)
    parts = {x["Onderdeel"] for x in lines}
    assert {"Plekken en tekorten", "Plekken per maand", "Wervingsopdracht", "Volglijst"} <= parts
    days = {x["Onderdeel"]: x["Waarde"] for x in lines if x["Cijfer"] == "peildatum"}
    assert days == {
        "Plekken en tekorten": "2025-12-30", "Wervingsopdracht": "2025-12-15",
        "Volglijst": "2025-12-30",
    }  # fmt: skip
    told = {(x["Cijfer"], x["Groep"]): x["Waarde"] for x in lines}
    assert told["totaal.vrij", "alle"]
    named = {x["Cijfer"] for x in lines}
    assert {"naarVorm.vrij", "naarLeeftijd.vrij", "naarGemeente.vrij", "profielen.gezinnen",
            "respijt.gezinnenDieHetBieden", "wachtenden.concepten"} <= named  # fmt: skip
    free = int(told["totaal.vrij", "alle"])
    assert abs(int(told["maanden.vrij", "2025-12"]) - free) < 3  # in fives
    page = client.get("/regio/jaarverslag/2025").text
    for words in ("Plekken op 30 dec 2025.", "plekken waren op 30 dec 2025 vrij",
                  "Volgens de matchrun van 15 dec 2025", "Gezocht: een gezin.",
                  "waar het spande op 30 dec 2025", "waarin een respijtronde toen zocht",
                  "aan het eind van elke maand"):  # fmt: skip
        assert words in page, words
    for path in ("/regio/jaarverslag/2025", "/regio/jaarverslag/2026"):
        assert "Uw rol ziet de wervingsopdracht niet." in client_as("auditor").get(path).text
    seen = {x["Onderdeel"]: x["Waarde"] for x in of_year(client_as("auditor"), 2025)}
    assert seen["Wervingsopdracht"] == "Uw rol ziet de wervingsopdracht niet."
    assert "vandaag" not in page.partition('<div class="verslag">')[2].partition("begrippen")[0]
