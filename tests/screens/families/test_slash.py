"""A family whose number has a slash is one like any other: found, opened and confirmed."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from tests.screens.served import mark_in

ClientAs = Callable[..., TestClient]
NUMBER, ADDRESS = "SPI/10/7", "/gezinnen/spirit/SPI~10~7"


@pytest.fixture
def renamed(screens_database: Database) -> str:
    """One that takes part, by another number; returns the number that the run knows it by."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(
            text("UPDATE family SET reference = 'SPI-was' WHERE reference = :number"),
            {"number": NUMBER},
        )
        found = session.execute(
            text(
                "SELECT f.id, f.reference FROM family f JOIN provider p ON p.id = f.provider_id "
                "WHERE p.code = 'spirit' AND f.status = 'actief' ORDER BY f.reference LIMIT 1"
            )
        ).one()
        session.execute(
            text("UPDATE family SET reference = :number WHERE id = :id"),
            {"number": NUMBER, "id": found.id},
        )
        return str(found.reference)


def test_it_is_opened_and_confirmed(client_as: ClientAs, renamed: str) -> None:
    """From the list; its page, its form of availability, and the button."""
    assert renamed != NUMBER
    matcher = client_as("aanbieder-matcher", "spirit")
    page = matcher.get("/gezinnen", params={"nummer": NUMBER}).text
    assert f'<a href="{ADDRESS}">{NUMBER}</a>' in page
    assert f'action="{ADDRESS}/bevestig"' in page
    shown = matcher.get(ADDRESS)
    assert (shown.status_code, NUMBER in shown.text) == (200, True)
    assert matcher.get(f"{ADDRESS}/beschikbaarheid").status_code == 200
    given = {"_merk": mark_in(shown.text)}
    done = matcher.post(f"{ADDRESS}/bevestig", data=given, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, ADDRESS)


def test_its_number_of_the_night_is_kept(client_as: ClientAs, renamed: str) -> None:
    """Typed as it is written on paper."""
    assert renamed != NUMBER
    matcher = client_as("aanbieder-matcher", "spirit")
    sent = {"_merk": mark_in(matcher.get("/crisis/nummers").text), "aanbieder": "spirit"}
    told = sent | {"gezin": NUMBER, "telefoon": "020-2222222"}
    assert "Het nummer is bewaard" in matcher.post("/crisis/nummers/gezin", data=told).text
