"""The history on a screen, for an auditor."""

from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from tests.screens.looking import Looker

ClientAs = Callable[..., TestClient]


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
