"""Tables to take along: places and shortages, care settings, the recruitment brief."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from structlog.testing import capture_logs

from app.db.opened import Database
from app.db.session import session_for
from app.insight.asked_period import asked_period
from app.insight.places_board import places_board
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.proposals import list_views
from tests.screens.steun.test_support import send

As = Callable[..., TestClient]
SETTING: dict[str, Any] = {
    "nummer": "GH-1", "soort": "gezinshuis", "naam": "=1+1", "postcode": "1013AB",
    "woonplaats": "Amsterdam", "leeftijdVan": "6", "leeftijdTotEnMet": "18",
    "voorkeurGeslacht": "meisje", "plaatsenTotaal": "4", "plaatsenVrij": "2",
}  # fmt: skip

MANAGER = Actor("wie meekijkt", ActorRole.MANAGER, None)


def lines_of(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(f"{path}.csv")
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def values_of(client: TestClient, path: str) -> list[tuple[Any, ...]]:
    answer = client.get(f"{path}.xlsx")
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)


def noted(database: Database, work: str) -> int:
    with session_for(database.sessions, SYSTEM) as session:
        session.execute(text("RESET ROLE"))
        count = text("SELECT count(*) FROM audit_event WHERE operation = :work")
        return int(session.scalar(count, {"work": work}) or 0)


def test_places_and_shortages_are_the_boards_own(client_as: As, screens_database: Database) -> None:
    """Each figure by form, age and area once; in Excel the same; noted that it left."""
    client = client_as("regiomanager")
    with capture_logs() as logged:
        lines = lines_of(client, "/regio/plekken/plekken")
        sheet = values_of(client, "/regio/plekken/plekken")
    today = today_in_amsterdam()
    with session_for(screens_database.sessions, SYSTEM) as session:
        board = places_board(session, period=asked_period(MANAGER, None, None), today=today)

    def said(count: int | None) -> str:
        return "niet genoemd" if count is None else str(count)

    free = [(x["Vorm"], x["Leeftijd"], x["Gemeente"], x["Vrij"]) for x in lines
            if x["Wat"] == "plekken"]  # fmt: skip
    assert free == [
        *((one.name, "", "", said(one.free)) for one in board.by_form),
        *(("", one.name, "", said(one.free)) for one in board.by_age),
        *(("", "", one.name, said(one.free)) for one in board.by_area),
        ("", "", "", said(board.total.free)),
    ]
    short = [(x["Vorm"], x["Leeftijd"], x["Gemeente"], x["Kinderen zonder gezin"]) for x in lines
             if x["Wat"] == "tekort"]  # fmt: skip
    assert short == [
        *((one.form, one.age, "", said(one.count)) for one in board.shortages.groups),
        *(("", "", one.name, said(one.count)) for one in board.shortages.by_area),
        ("", "", "", said(board.shortages.count)),
    ]
    assert len(sheet) == len(lines) + 1
    told = [(one["table"], one["format"], one["rows"], one["roles"]) for one in logged
            if one["event"] == "table_exported"]  # fmt: skip
    assert told == [("plekken", kind, len(lines), "regiomanager") for kind in ("csv", "xlsx")]
    assert noted(screens_database, "voerPlekkenUit") == 2


def test_settings_are_a_table_without_formulas(client_as: As, screens_database: Database) -> None:
    """As the filters leave them, with their places; a name that looks like a formula is a text."""
    send(client_as("aanbieder-matcher", "spirit"), "/zorgsettingen/nieuw", "/zorgsettingen/nieuw",
         **SETTING)  # fmt: skip
    client = client_as("coordinator")
    assert 'href="/zorgsettingen/zorgsettingen.xlsx' in client.get("/zorgsettingen").text
    (line,) = lines_of(client, "/zorgsettingen/zorgsettingen")
    assert (line["Naam"], line["Voor wie"], line["Plaatsen"], line["Vrij"]) == (
        "'=1+1", "Meisjes", "4", "2",
    )  # fmt: skip
    headings, row = values_of(client, "/zorgsettingen/zorgsettingen")
    told = dict(zip(headings, row, strict=True))
    assert (told["Naam"], told["Bevestigd"].date()) == ("=1+1", today_in_amsterdam())
    none = client.get("/zorgsettingen/zorgsettingen.csv?leeftijd=3")
    assert none.content.decode("utf-8-sig").strip() == ""
    assert noted(screens_database, "voerZorgsettingenUit") == 3


@pytest.mark.parametrize(("role", "sees"), [("coordinator", True), ("regiomanager", False)])
def test_a_brief_is_a_row_for_each_family_to_look_for(
    client_as: As, monkeypatch: pytest.MonkeyPatch, role: str, *, sees: bool
) -> None:
    """As the page has them; who may not see children gets no column about them."""
    monkeypatch.setattr(list_views, "FEW", 1)  # in this small region no profile helps five
    client = client_as(role)
    page = client.get("/regio/plekken" if role == "regiomanager" else "/runs").text
    run = page.split('href="/runs/', 1)[1][:36]
    lines = lines_of(client, f"/runs/{run}/werving")
    shown = client.get(f"/runs/{run}/werving").text
    assert len(lines) == shown.count('<li class="kaart">') > 0
    assert all(line["In een zin"] in shown for line in lines)
    assert ("Aanmeldnummers" in lines[0]) is sees
    if sees:
        assert all(len(x["Aanmeldnummers"].split(", ")) == int(x["Helpt kinderen"]) for x in lines)
    assert len(values_of(client, f"/runs/{run}/werving")) == len(lines) + 1


def test_a_brief_without_small_profiles_says_how_many_there_are(client_as: As) -> None:
    """To a manager, on the board and on the page of the run, instead of who they are for."""
    client = client_as("regiomanager")
    board = client.get("/regio/plekken").text
    run = board.split('href="/runs/', 1)[1][:36]
    page = client.get(f"/runs/{run}/werving").text
    for shown in (board, page):
        assert "minder dan vijf kinderen" in shown
        assert "Gezocht in postcodegebied" not in shown
    assert lines_of(client, f"/runs/{run}/werving") == []


def test_who_may_not_see_a_table_gets_no_file(client_as: As) -> None:
    """The file asks the API as the page does; another ending is no page."""
    provider = client_as("aanbieder-matcher", "spirit")
    assert provider.get("/regio/plekken/plekken.csv").status_code == 403
    assert client_as("coordinator").get("/zorgsettingen/zorgsettingen.pdf").status_code in (
        400,
        404,
    )
