"""The frame of every screen: what a browser is told, language, errors, the files of style."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.main import create_app
from app.screens import moments
from app.screens.headers import policy_with
from app.screens.static_files import FETCHED, load_all
from tools.catalogue import current, rooms

ClientAs = Callable[..., TestClient]


@pytest.fixture(scope="module")
def visitor(screens_database: Database) -> TestClient:
    """Somebody who is not signed in."""
    return TestClient(create_app(screens_database), raise_server_exceptions=False)


def test_nothing_inline_and_nothing_from_elsewhere(visitor: TestClient) -> None:
    """The policy says it and the page keeps to it."""
    answer = visitor.get("/inloggen")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert " on" + "click" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org", "")


def test_tiles_open_the_policy_for_their_host_alone() -> None:
    """And only for images."""
    policy = policy_with("https://tegels.example/{z}/{x}/{y}.png")
    assert "img-src 'self' data: https://tegels.example;" in policy
    assert policy.count("tegels.example") == 1


def test_signing_out_may_lead_to_the_issuer() -> None:
    """A browser holds where a form leads to against the policy, also after our answer to it."""
    assert (
        "form-action 'self' https://login.example;"
        in policy_with(None, "https://login.example/realms/pleegzorg") + ";"
    )
    assert policy_with(None).endswith("form-action 'self'")


def test_the_language_is_a_switch(visitor: TestClient) -> None:
    """Dutch first; English stays chosen."""
    assert '<html lang="nl">' in visitor.get("/inloggen").text
    back = visitor.post("/taal", data={"taal": "en", "naar": "/inloggen"}, follow_redirects=False)
    assert back.headers["location"] == "/inloggen"
    page = visitor.get("/inloggen").text
    assert '<html lang="en">' in page
    assert "Sign in" in page
    visitor.post("/taal", data={"taal": "xx", "naar": "/inloggen"})
    assert '<html lang="en">' in visitor.get("/inloggen").text
    visitor.cookies.clear()


@pytest.mark.parametrize("room", rooms())
def test_every_sentence_is_translated(room: str) -> None:
    """In line with the templates: run `python -m tools.catalogue` and fill what is empty."""
    catalogue = current(room, "en")
    missing = [m.id for m in catalogue if m.id and not (m.string and all(m.string))]
    assert missing == []


def test_an_unknown_page_says_so_as_a_page(visitor: TestClient) -> None:
    """And the API's own errors stay problem+json."""
    answer = visitor.get("/bestaat-niet")
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]
    assert "Pagina niet gevonden" in answer.text
    assert "problem+json" in visitor.get("/v1/bestaat-niet").headers["content-type"]


def test_files_of_style_are_kept_by_their_hash(visitor: TestClient) -> None:
    """For good under their hash, never under another one; pressed for who can read that."""
    page = visitor.get("/inloggen").text
    name = page.split("/opmaak/")[-1].split('"')[0]
    kept = visitor.get(f"/opmaak/{name}")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-encoding"] == "gzip"
    other = visitor.get(f"/opmaak/0000/{name.split('/')[-1]}")
    assert other.headers["cache-control"] == "no-cache"
    assert visitor.get("/opmaak/0000/../../settings.py").status_code == 404


@pytest.mark.skipif(not FETCHED.is_dir(), reason="the style was not fetched: run `make screens`")
def test_the_frame_weighs_little() -> None:
    """All that a first visit brings besides its page, pressed: far below 200 kB."""
    assert sum(len(given.pressed) for given in load_all().values()) < 110_000


def test_a_role_sees_its_own_menu(client_as: ClientAs) -> None:
    """What the contract does not let a role do is not in its menu."""
    page = client_as("aanbieder-matcher", "spirit").get("/bestaat-niet").text
    assert 'href="/gezinnen"' in page
    assert 'href="/crisis"' not in page


@pytest.mark.parametrize("place", ["/concepten/nieuw", "/zorgsettingen/nieuw"])
def test_an_empty_form_is_for_who_may_fill_it_in(client_as: ClientAs, place: str) -> None:
    """Asking the API nothing, such a page would come for everybody who is signed in."""
    assert client_as("auditor").get(place).status_code == 403


@pytest.mark.parametrize(
    ("role", "provider", "first"),
    [
        ("aanmeldpunt", None, "/wachtlijst"),
        ("coordinator", None, "/wachtlijst"),
        ("aanbieder-matcher", "spirit", "/vragen"),
        ("regiomanager", None, "/regio"),
        ("gemeente", "0363", "/regio/zelfevaluaties"),
    ],
)
def test_signing_in_leads_to_what_waits(
    client_as: ClientAs, role: str, provider: str | None, first: str
) -> None:
    """Whoever signs in meets their own work first, not what is there to be looked up."""
    args = (role, provider) if provider else (role,)
    answer = client_as(*args).get("/", follow_redirects=False)
    assert answer.headers["location"] == first


@pytest.mark.parametrize(
    ("given", "words"), [("2026-11-01", "1 november 2026"), ("2026-11-01T23:30:00Z", "00:30")]
)
def test_times_are_told_as_here(given: str, words: str) -> None:
    """Dates as dates, instants in Amsterdam's time."""
    assert words in moments.in_full(given, "nl")


def test_numbers_have_a_comma_here() -> None:
    """And points between thousands."""
    assert moments.number(1234.5, "nl", 1) == "1.234,5"


def test_the_sign_in_page_is_right_in_a_browser(browser: Any, address: str) -> None:
    """For axe, at 320 pixels and with large text."""
    from tests.screens.looking import Looker

    looker = Looker(browser, address)
    looker.go("/inloggen")
    assert looker.complaints() == []
    looker.shoot("inloggen")
    looker.close()
