"""Somebody of a municipality at the screens: from signing in to handed in, and nothing else."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.http.templates import flat_routes
from app.insight.questions import questionnaire
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import SurveyForm
from app.screens.mount import ROUTERS
from tests.answered import answered, handed_in
from tests.screens.looking import Looker
from tests.screens.region.test_survey import send, version_in
from tests.screens.served import mark_in
from tests.screens.test_marks import AN_ID, SOME
from tests.screens.test_tables import noted

YEAR = today_in_amsterdam().year
LIST = "/regio/zelfevaluaties"
OWN, OTHER = f"{LIST}/0363/{YEAR}", f"{LIST}/0384/{YEAR}"
Clients = Callable[..., TestClient]


def add(database: Database, make: Callable[[Session], object]) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        make(session)


def lines_of(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_signing_in_takes_a_municipality(client_as: Clients) -> None:
    """Chosen by name, beside the providers; another organisation is refused with a sentence."""
    page = client_as("coordinator")
    page.cookies.clear()
    assert '<option value="0363">Amsterdam (gemeente)</option>' in page.get("/inloggen").text
    for organisation, sentence in (("", "Kies ook een organisatie"), ("spirit", "een gemeente")):
        form = {"rol": "gemeente", "organisatie": organisation, "naar": "/"}
        refused = page.post("/inloggen", data=form)
        assert refused.status_code == 400
        assert sentence in refused.text


def test_a_year_from_signing_in_to_handed_in(client_as: Clients) -> None:
    """It begins this year's form, stops half-way, goes on, hands in, opens again."""
    client = client_as("gemeente", "0363")
    assert client.get("/", follow_redirects=False).headers["location"] == LIST
    page = client.get(LIST).text
    assert "Zelfevaluatie van Amsterdam" in page
    assert f'href="{OWN}?stap=big5"' in page
    assert "Diemen" not in page
    stopped = send(client, "big5", {"vraag-1": "ja", "_stop": "ja"}, place=OWN)
    assert stopped.headers["location"] == OWN
    assert "Beantwoord: 1 van de 28 vragen" in client.get(LIST).text
    for theme in questionnaire().themes:
        given = {f"vraag-{q.number}": next(iter(q.points)) for q in theme.questions}
        assert send(client, theme.key, given, place=OWN).status_code == 303
    handed = hand_in(client)
    assert "Ingediend door demo-gemeente" in handed.text
    assert "Antwoorden van de gemeente zelf: 28" in handed.text
    page = client.get(LIST).text
    assert "Ingediend." in page
    assert "minder dan vijf gemeenten dienden in" in page
    assert "weer open" in hand_in(client, heropenen="ja").text


def hand_in(client: TestClient, **more: str) -> Any:
    page = client.get(OWN).text
    form = {"_merk": mark_in(page), "_versie": version_in(page), **more}
    return client.post(f"{OWN}/indienen", data=form)


def test_another_municipality_is_not_there(client_as: Clients, screens_database: Database) -> None:
    """Neither its page, nor its file, nor a form that is sent to it."""
    add(screens_database, lambda session: answered(session, "0384", YEAR, note="Van Diemen."))
    client = client_as("gemeente", "0363")
    for path in (OTHER, f"{OTHER}?stap=big5", f"{OTHER}/zelfevaluatie.csv"):
        other, none = client.get(path), client.get(path.replace("0384", "0000"))
        assert other.status_code == none.status_code == 404
        assert "Van Diemen" not in other.text
    mark = mark_in(client.get(f"{OWN}?stap=big5").text)
    form = {"_merk": mark, "_versie": '"1"', "vraag-1": "nee"}
    assert client.post(f"{OTHER}?stap=big5", data=form).status_code == 404
    assert client.post(f"{OTHER}/indienen", data=form).status_code == 404
    rows = lines_of(client, f"{LIST}/zelfevaluaties.csv")
    assert {row["Gemeentecode"] for row in rows} <= {"0363"}


def pages() -> list[str]:
    """Return the address of every screen, with something in each gap."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    some = SOME | {"kind": "csv", "provider": "spirit", "versie": "x", "act": "wijzigen"}
    paths = {path for path, methods in flat_routes(app) if "GET" in methods}
    return sorted(
        re.sub(r"\{(\w+)(?::\w+)?\}", lambda gap: some.get(gap[1], AN_ID), path) for path in paths
    )


def test_no_other_screen_is_there_for_it(client_as: Clients) -> None:
    """Every screen is tried: refused or not found, but for its own and for signing in."""
    client = client_as("gemeente", "0363")
    told = {path: client.get(path, follow_redirects=False) for path in pages()}
    assert len(told) > 80
    seen = {path for path, answer in told.items() if answer.status_code == 200}
    assert seen == {LIST, f"{LIST}/0363/2026", f"{LIST}/0363/2026/zelfevaluatie.csv",
                    f"{LIST}/zelfevaluaties.csv"}  # fmt: skip
    menu = re.findall(r'<a href="(/[^"]*)"', client.get(LIST).text.split("<main", 1)[0])
    assert {path for path in menu if not path.startswith("/taal")} <= {LIST, "/"}


def test_the_mean_of_five_is_shown_beside_it(
    client_as: Clients, screens_database: Database
) -> None:
    """Of a year in which enough handed in; the region's page has it all along."""

    def five(session: Session) -> None:
        for code in ("0358", "0362", "0437", "0451"):
            handed_in(session, code, 2024, "nee")
        handed_in(session, "0363", 2024, "ja")

    add(screens_database, five)
    page = client_as("gemeente", "0363").get(LIST).text
    assert "5 gemeenten" in page
    assert 'id="lijn-regio-titel"' in page
    assert 'id="lijn-eigen-titel"' in page
    assert "Uithoorn" not in page


def test_answers_are_a_file(client_as: Clients, screens_database: Database) -> None:
    """Each question a row, with a comma in figures and no formula; who took it is noted."""
    note = "=HYPERLINK(1)"
    add(screens_database, lambda s: answered(s, "0363", 2023, note=note, by="regiomanager"))
    client = client_as("gemeente", "0363")
    before = noted(screens_database, "voerZelfevaluatieUit")
    rows = lines_of(client, f"{LIST}/0363/2023/zelfevaluatie.csv")
    assert len(rows) == 28
    first = rows[0]
    assert (first["Gemeente"], first["Jaar"], first["Stand"]) == ("Amsterdam", "2023", "concept")
    assert (first["Antwoord"], first["Toelichting"]) == ("ja", f"'{note}")
    assert first["Voortgang van het thema"] == "1,0"
    assert first["Gegeven door"] == "de regio, namens de gemeente"
    assert rows[1]["Antwoord"] == ""
    answer = client.get(f"{LIST}/0363/2023/zelfevaluatie.xlsx")
    sheet = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(sheet) == 29
    told = dict(zip(sheet[0], sheet[1], strict=True))
    assert (told["Gemeentecode"], told["Toelichting"], told["Voortgang van het thema"]) == (
        "0363", note, 1,
    )  # fmt: skip
    assert noted(screens_database, "voerZelfevaluatieUit") == before + 2


def test_the_region_takes_all_answers_of_a_year(
    client_as: Clients, screens_database: Database
) -> None:
    """The manager gets each municipality, drafts as drafts; the links stand on the page."""

    def two(session: Session) -> None:
        answered(session, "0362", 2022)
        handed_in(session, "0437", 2022, "nee")

    add(screens_database, two)
    client = client_as("regiomanager")
    assert f'href="{LIST}/zelfevaluaties.csv?jaar=2022"' in client.get(LIST).text
    rows = lines_of(client, f"{LIST}/zelfevaluaties.csv?jaar=2022")
    assert len(rows) == 56
    assert {(row["Gemeentecode"], row["Stand"]) for row in rows} == {
        ("0362", "concept"), ("0437", "ingediend"),
    }  # fmt: skip
    assert {row["Jaar"] for row in rows} == {"2022"}
    assert client_as("aanmeldpunt").get(f"{LIST}/zelfevaluaties.csv").status_code == 403


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_state_is_right_in_a_browser(
    look: Callable[..., Looker], screens_database: Database, language: str
) -> None:
    """Nothing yet, half, handed in beside a region: for axe, at 320 pixels, with large text."""
    code = {"nl": "0394", "en": "0437"}[language]
    looker = look("gemeente", code)
    looker.speak(language)
    looker.go(LIST)
    assert looker.complaints() == []
    add(screens_database, lambda session: answered(session, code, YEAR))
    for place in (LIST, f"{LIST}/{code}/{YEAR}", f"{LIST}/{code}/{YEAR}?stap=netwerk"):
        looker.go(place)
        assert looker.page.locator("html").get_attribute("lang") == language
        assert looker.complaints() == [], place
    add(screens_database, lambda session: _past(session, code))
    looker.go(LIST)
    assert looker.complaints() == []
    if language == "nl":
        looker.shoot("zelfevaluatie-gemeente")


def test_the_region_with_its_files_is_right_in_a_browser(
    look: Callable[..., Looker], screens_database: Database
) -> None:
    """The list, and a form of each kind."""
    add(screens_database, lambda session: answered(session, "0451", 2025))
    add(screens_database, lambda session: handed_in(session, "0451", 2023, "nee"))
    looker = look("regiomanager")
    for place in (LIST, f"{LIST}/0451/2025", f"{LIST}/0451/2023"):
        looker.go(place)
        assert looker.complaints() == [], place


def _past(session: Session, code: str) -> None:
    for year, word in ((2020, "nee"), (2021, "ja")):
        for one in ("0358", "0362", "0384", "0451", code):
            if session.get(SurveyForm, (one, year)) is None:
                handed_in(session, one, year, word)
