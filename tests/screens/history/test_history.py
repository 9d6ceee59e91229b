"""The history on a screen, for an auditor."""

import re
from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from tests.screens.looking import Looker

ClientAs = Callable[..., TestClient]


def marks_of(page: str) -> dict[str, str]:
    found = re.findall(r'name="(_\w+)"[^>]*value="([^"]*)"', page)
    return dict(found)


def a_child(database: Database) -> str:
    with session_for(database.sessions, SYSTEM) as session:
        return str(session.scalar(text("SELECT id FROM registration ORDER BY number LIMIT 1")))


def test_an_auditor_finds_who_looked(screens_database: Database, client_as: ClientAs) -> None:
    """By file: who, when, what, and the road of the registration beside it."""
    child = a_child(screens_database)
    client_as("coordinator").get(f"/kinderen/{child}/voorstellen")
    page = client_as("auditor").get(f"/geschiedenis?onderwerp=kind&kenmerk={child}")
    assert page.status_code == 200
    assert "De weg van deze aanmelding" in page.text
    others = client_as("auditor").get("/geschiedenis?wie=demo-auditor")
    assert "demo-auditor" in others.text


def test_nothing_found_says_what_to_do(client_as: ClientAs) -> None:
    """An empty list that offers the way back."""
    page = client_as("auditor").get("/geschiedenis?wie=niemand")
    assert "Geen regels gevonden" in page.text
    assert "Toon alles" in page.text


def test_a_wrong_day_is_told_beside_its_field(client_as: ClientAs) -> None:
    """With the whole log below it."""
    page = client_as("auditor").get("/geschiedenis?van=gisteren")
    assert page.status_code == 400
    assert "Dit kon niet" in page.text


def test_nobody_else_has_it(client_as: ClientAs) -> None:
    """Not even who decides."""
    assert client_as("coordinator").get("/geschiedenis").status_code == 403


def test_it_is_right_in_a_browser(screens_database: Database, look: Callable[..., Looker]) -> None:
    """For axe, at 320 pixels, with large text; full, of one file, and empty."""
    looker = look("auditor")
    child = a_child(screens_database)
    for name, place in (
        ("geschiedenis", "/geschiedenis"),
        ("geschiedenis-dossier", f"/geschiedenis?onderwerp=kind&kenmerk={child}"),
        ("geschiedenis-leeg", "/geschiedenis?wie=niemand"),
    ):
        looker.go(place)
        assert looker.complaints() == []
        looker.shoot(name)


def test_how_far_it_is_sealed_stands_there(client_as: ClientAs) -> None:
    """And the file holds what was filtered, and stands in the log itself."""
    auditor = client_as("auditor")
    page = auditor.get("/geschiedenis?doel=toezicht").text
    assert "Er is nog niets verzegeld." in page
    assert "toezicht" in page
    file = auditor.get("/geschiedenis/logboek.csv?doel=toezicht")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert {line.split(";")[8] for line in file.text.splitlines()[1:]} == {"toezicht"}
    assert "exporteerLogboek" in auditor.get("/geschiedenis/logboek.csv?doel=toezicht").text


def test_a_file_is_opened_in_need_and_judged(
    screens_database: Database, client_as: ClientAs
) -> None:
    """The desk reads it, the coordinator says whether that was right, the auditor sees both."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        number = session.scalar(text("SELECT number FROM registration ORDER BY number LIMIT 1"))
    desk = client_as("crisisdienst")
    mark = marks_of(desk.get("/noodtoegang").text)
    body = {"aanmeldnummer": number, "aanleiding": "vermissing", "uren": "1", **mark}
    short = desk.post("/noodtoegang", data=body | {"reden": "kort"})
    assert (short.status_code, "Dit kon niet" in short.text) == (400, True)
    told = desk.post("/noodtoegang", data=body | {"reden": "Het kind is sinds vanavond weg."})
    assert (told.status_code, str(number) in told.text) == (200, True)
    coordinator = client_as("coordinator")
    page = coordinator.get("/noodtoegang").text
    assert "Het kind is sinds vanavond weg." in page
    where = page.split('action="/noodtoegang/')[1].split("/")[0]
    done = coordinator.post(
        f"/noodtoegang/{where}/oordeel", data={"oordeel": "terecht", **marks_of(page)}
    )
    assert "Het oordeel is vastgelegd." in done.text
    assert "Terecht" in client_as("auditor").get("/noodtoegang").text
    log = client_as("auditor").get("/geschiedenis?doel=noodtoegang").text
    assert "Open in nood een dossier" in log
    assert "sinds vanavond weg" not in log


def test_a_judgement_that_is_refused_does_not_turn(
    screens_database: Database, client_as: ClientAs
) -> None:
    """What was chosen and typed stands in its own row: the judgement can never change."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        number = session.scalar(text("SELECT number FROM registration ORDER BY number LIMIT 1"))
    desk, coordinator = client_as("crisisdienst"), client_as("coordinator")
    body = {"aanmeldnummer": number, "aanleiding": "anders", "uren": "1"}
    for reason in ("Iemand anders vroeg hier vannacht om.", "Uit nieuwsgierigheid gekeken."):
        told = body | {"reden": reason, **marks_of(desk.get("/noodtoegang").text)}
        assert desk.post("/noodtoegang", data=told).status_code == 200
    page = coordinator.get("/noodtoegang").text
    assert row_of(page).count("<option value") == 3 and "selected" not in row_of(page)
    where = row_of(page).split('action="/noodtoegang/')[1].split("/")[0]
    at, mark = f"/noodtoegang/{where}/oordeel", marks_of(page)
    nothing = coordinator.post(at, data=mark | {"toelichting": "Geen reden om te kijken."})
    assert (nothing.status_code, 'value="Geen reden om' in row_of(nothing.text)) == (400, True)
    wrong = coordinator.post(at, data=mark | {"oordeel": "onterecht"})
    assert wrong.status_code == 400
    assert f'href="#toelichting-{where}"' in wrong.text
    assert f'id="toelichting-{where}-fout"' in row_of(wrong.text)
    assert '<option value="onterecht" selected>' in row_of(wrong.text)
    assert "<details" in row_of(wrong.text) and wrong.text.count("<details class") == 2
    assert wrong.text.count('<details class="niet-printen" open>') == 1
    assert wrong.text.count("selected") == 1


def row_of(page: str) -> str:
    """Return the row of who looked out of curiosity."""
    return next(row for row in page.split("<tr>") if "Uit nieuwsgierigheid" in row)


def test_a_child_is_found_by_its_number(screens_database: Database, client_as: ClientAs) -> None:
    """The number is in no address; one that is nobody's is told beside its field."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        child, number = session.execute(
            text("SELECT id, number FROM registration ORDER BY number LIMIT 1")
        ).one()
    client_as("coordinator").get(f"/kinderen/{child}")
    auditor = client_as("auditor")
    mark = marks_of(auditor.get("/geschiedenis").text)
    found = auditor.post("/geschiedenis/kind", data=mark | {"aanmeldnummer": number})
    assert found.url.query.decode() == f"onderwerp=kind&kenmerk={child}"
    assert "De weg van deze aanmelding" in found.text
    nobody = auditor.post("/geschiedenis/kind", data=mark | {"aanmeldnummer": "AM-NIEMAND"})
    assert nobody.status_code == 400
    assert 'id="aanmeldnummer-fout"' in nobody.text
