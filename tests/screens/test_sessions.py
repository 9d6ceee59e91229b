"""Sessions of the screens: what a cookie opens, how it ends, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.main import create_app
from app.models import KeptForm, ScreenSession
from app.screens.sign_in import _inside
from app.security.sealed import form_token, is_form_token, new_secret, seal, unseal
from tests.screens.served import mark_in

ClientAs = Callable[..., TestClient]
COOKIE, FORM_COOKIE = "pleegzorg-sessie", "pleegzorg-formulier"


def end_all(database: Database) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        session.execute(update(ScreenSession).values(seen_at=now() - timedelta(hours=1)))


def test_a_screen_asks_who_comes(screens_database: Database) -> None:
    """Nobody signed in: to the page to sign in, and back to where one was going."""
    client = TestClient(create_app(screens_database))
    answer = client.get("/?a=b", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/inloggen?naar=%2F%3Fa%3Db"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(screens_database: Database) -> None:
    """htmx would put the page to sign in inside the page."""
    client = TestClient(create_app(screens_database))
    answer = client.get("/", headers={"HX-Request": "true"}, follow_redirects=False)
    assert answer.headers["hx-redirect"].startswith("/inloggen")


@pytest.mark.parametrize(
    "place",
    ["//elders.nl", "https://elders.nl", "/\\elders.nl", "\\\\elders.nl", "elders", "/a\nb"],
)
def test_signing_in_leads_nowhere_else(place: str) -> None:
    """An address in a link is only followed within this service."""
    assert _inside(place) == "/"
    assert _inside("/kinderen/1?a=b") == "/kinderen/1?a=b"


def test_a_session_gets_a_new_secret_at_each_sign_in(client_as: ClientAs) -> None:
    """A secret that somebody planted in the browser before never becomes a session."""
    client = client_as("coordinator")
    first = client.cookies[COOKIE]
    client.post("/inloggen", data={"rol": "auditor"}, follow_redirects=False)
    assert client.cookies[COOKIE] != first
    planted = TestClient(client.app, cookies={COOKIE: "geplant"})
    assert planted.get("/", follow_redirects=False).headers["location"].startswith("/inloggen")


def test_the_table_gives_no_session_away(screens_database: Database, client_as: ClientAs) -> None:
    """Neither the secret nor a token stands in the table; what is sealed needs the cookie."""
    client = client_as("coordinator")
    secret = client.cookies[COOKIE]
    with session_for(screens_database.sessions, SYSTEM) as session:
        rows = session.scalars(select(ScreenSession)).all()
    assert all(secret.encode() not in row.sealed + row.key_hash for row in rows)
    opened = [unseal(secret, row.sealed) for row in rows]
    assert sum(found is not None for found in opened) == 1
    assert unseal(new_secret(), rows[0].sealed) is None


def test_a_form_of_another_session_is_refused(client_as: ClientAs) -> None:
    """Cross-site request forgery: without a mark of this session nothing happens."""
    client = client_as("coordinator")
    mine, other = client.cookies[COOKIE], new_secret()
    for mark in ("", "zz", form_token(other)):
        assert client.post("/uitloggen", data={"_merk": mark}).status_code == 403
    assert form_token(mine) != form_token(mine)
    assert is_form_token(mine, form_token(mine))
    out = client.post("/uitloggen", data={"_merk": form_token(mine)}, follow_redirects=False)
    assert out.headers["location"] == "/inloggen"
    assert client.get("/", follow_redirects=False).headers["location"].startswith("/inloggen")


def test_what_was_typed_outlives_the_session(
    screens_database: Database, client_as: ClientAs
) -> None:
    """It is kept, shown to who typed it after signing in, and sent only when they say so."""
    client = client_as("coordinator")
    end_all(screens_database)
    typed = {"_merk": "oud", "reden": "Het gezin belt terug"}
    answer = client.post("/uitloggen", data=typed, follow_redirects=False)
    assert answer.headers["location"] == "/inloggen?naar=/onverzonden"
    client.post("/inloggen", data={"rol": "coordinator", "naar": "/onverzonden"})
    page = client.get("/onverzonden").text
    assert "Het gezin belt terug" in page
    assert 'action="/uitloggen"' in page
    assert "oud" not in page.split('name="reden"')[0].split('name="_merk"')[-1]
    gone = client.post("/onverzonden/weg", data={"_merk": mark_in(page)}, follow_redirects=False)
    assert gone.status_code == 303
    assert "Het gezin" not in client.get("/onverzonden").text


def test_nobody_else_sees_what_was_typed(screens_database: Database, client_as: ClientAs) -> None:
    """Who signs in next on the same machine gets nothing of it."""
    client = client_as("coordinator")
    end_all(screens_database)
    client.post("/uitloggen", data={"reden": "van een ander"}, follow_redirects=False)
    client.post("/inloggen", data={"rol": "auditor"}, follow_redirects=False)
    assert "van een ander" not in client.get("/onverzonden").text


def test_a_stranger_leaves_no_form_behind(screens_database: Database) -> None:
    """Only a browser that was signed in may leave something to be kept."""
    client = TestClient(create_app(screens_database), cookies={COOKIE: new_secret()})
    with session_for(screens_database.sessions, SYSTEM) as session:
        before = session.query(KeptForm).count()
    answer = client.post("/uitloggen", data={"reden": "x"}, follow_redirects=False)
    assert answer.headers["location"].startswith("/inloggen?naar=%2Fuitloggen")
    with session_for(screens_database.sessions, SYSTEM) as session:
        assert session.query(KeptForm).count() == before


def test_sealed_text_needs_its_secret() -> None:
    """The key is made from the secret and from nothing else."""
    secret = new_secret()
    assert unseal(secret, seal(secret, b"inhoud")) == b"inhoud"
    assert unseal(secret + "x", seal(secret, b"inhoud")) is None
