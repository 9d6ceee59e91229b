"""Taking over running placements in the screens: a file in, a report of each row out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from tests.placements.living import waiting
from tests.rows import make_family
from tests.screens.looking import Looker
from tests.screens.served import mark_in

Make = Callable[..., TestClient]
AT = "/plaatsingen/overnemen"
LONG_AGO = today_in_amsterdam() - timedelta(days=400)


@pytest.fixture(scope="module")
def children(screens_database: Database) -> None:
    with session_for(screens_database.sessions, SYSTEM) as session:
        make_family(session, reference="SPI-9700")
        waiting(session, "AM-9700")


def hand_in(client: TestClient, *rows: str) -> Any:
    body = "\n".join(("aanmeldnummer,aanbieder,gezin,van", *rows)).encode()
    files = {"bestand": ("plaatsingen (1).csv", body, "text/csv")} if rows else None
    return client.post(AT, data={"_merk": mark_in(client.get(AT).text)}, files=files)


@pytest.mark.usefixtures("children")
def test_a_file_becomes_placements_and_a_report(client_as: Make) -> None:
    """What was told, what was refused with what to do, and the same again is there already."""
    client = client_as("coordinator")
    assert f'href="{AT}"' in client.get("/plaatsingen").text
    good = f"AM-9700,spirit,SPI-9700,{LONG_AGO}"
    report = hand_in(client, good, f"AM-404,spirit,SPI-9700,{LONG_AGO}")
    assert report.status_code == 200, report.text
    assert str(report.url.path).startswith(AT + "/")
    assert "<b>1</b><span>overgenomen</span>" in report.text
    assert "bied eerst de aanmelding van dit kind aan" in report.text
    assert "AM-404" in report.text and "plaatsingen (1).csv" in report.text
    again = hand_in(client, good).text
    assert "<b>1</b><span>waren er al</span>" in again


def test_what_is_no_such_file_is_said_beside_the_field(client_as: Make) -> None:
    """None chosen, or one that is refused as a whole; who may not tell gets no page."""
    client = client_as("aanmeldpunt")
    none = hand_in(client)
    assert (none.status_code, "Kies eerst het bestand" in none.text) == (400, True)
    wrong = client.post(
        AT, data={"_merk": mark_in(client.get(AT).text)},
        files={"bestand": ("x.csv", b"een,twee\n1,2", "text/csv")},
    )  # fmt: skip
    assert wrong.status_code == 400
    assert "mist in regel 1 de kolom" in wrong.text
    assert client_as("aanbieder-matcher", "spirit").get(AT).status_code == 403


@pytest.mark.usefixtures("children")
def test_each_state_as_a_person_sees_it(look: Callable[..., Looker]) -> None:
    """Before, nothing chosen, and the report of a file with one row that is right and one wrong."""
    desk = look("coordinator")
    desk.go(AT)
    assert desk.complaints() == []
    desk.shoot("plaatsingen-overnemen")
    rows = ("aanmeldnummer,aanbieder,gezin,van", f"AM-9700,spirit,SPI-9700,{LONG_AGO}",
            f"AM-404,spirit,SPI-9700,{LONG_AGO}")  # fmt: skip
    file = {"name": "oud.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    desk.page.set_input_files("input[type=file]", file)
    desk.page.locator("main form button").last.click()
    desk.page.wait_for_url("**/overnemen/*")
    assert desk.complaints() == []
    desk.shoot("plaatsingen-overgenomen")
