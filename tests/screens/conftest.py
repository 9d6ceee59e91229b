"""Fixtures of the screens: a matched region, clients in a role, and a browser if there is one."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.settings import Settings
from tests.databases import copied
from tests.screens.looking import AXE, Looker, open_browser
from tests.screens.served import filled_region, served, signed_in_client

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def screens_url(
    settings: Settings, reference: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[URL]:
    """A database with a drawn region and a run, to be copied."""
    folder = tmp_path_factory.mktemp("regio") / "regio"
    with filled_region(settings, Path(folder), reference) as url:
        yield url


@pytest.fixture(scope="module")
def screens_database(settings: Settings, screens_url: URL) -> Iterator[Database]:
    """A matched region of the module's own."""
    with copied(settings, screens_url) as opened:
        yield opened


@pytest.fixture
def client_as(screens_database: Database) -> Iterator[Callable[..., TestClient]]:
    """Return a maker of clients that are signed in: client_as("coordinator").

    Each on one event loop, as the service has: what waits for its turn is bound to the first.
    """
    with ExitStack() as opened:

        def make(role: str, organisation: str = "") -> TestClient:
            return opened.enter_context(signed_in_client(screens_database, role, organisation))

        yield make


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; the test is skipped with a visible line where there is none.

    For one module: Playwright keeps a loop in this thread while it is open, and no test after it
    could run one of its own.
    """
    missing = _missing()
    if missing:
        if os.environ.get("PLEEGZORG_BROWSER_MUST"):
            pytest.fail(f"PLEEGZORG_BROWSER_MUST asks for what is not there: {missing}")
        pytest.skip(f"SKIPPED in the browser: {missing}")
    assert CHROMIUM is not None
    with open_browser(CHROMIUM) as opened:
        yield opened


def _missing() -> str | None:
    """Return what a browser test lacks here, and how to get it."""
    if CHROMIUM is None:
        return "chromium (apt-get install chromium)"
    return None if AXE.is_file() else "axe-core (make node)"


@pytest.fixture(scope="module")
def address(screens_database: Database) -> Iterator[str]:
    """Where the module's region is served."""
    with served(screens_database) as found:
        yield found


@pytest.fixture
def look(browser: Any, address: str) -> Iterator[Callable[..., Looker]]:
    """Return a maker of pages that are signed in: look("coordinator", width=1280)."""
    opened: list[Looker] = []

    def make(role: str, organisation: str = "", **options: Any) -> Looker:
        looker = Looker(browser, address, **options)
        opened.append(looker)
        looker.sign_in(role, organisation)
        return looker

    yield make
    for looker in opened:
        looker.close()
