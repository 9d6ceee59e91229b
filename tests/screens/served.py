"""The whole service on a drawn region, in a thread: what a browser and a client look at."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import uvicorn
from fastapi.testclient import TestClient
from rich.console import Console
from sqlalchemy import URL

from app.cli.example import make_order
from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import Database, open_throwaway
from app.main import create_app
from app.matching.policy import load_policy
from app.settings import Settings
from app.simulation.folder import write_region
from app.simulation.region import draw_region

DAY = "2026-11-01"


@contextmanager
def filled_region(settings: Settings, folder: Path, reference: URL) -> Iterator[URL]:
    """A database with a drawn region of 30 children and its first run, to be copied."""
    order = make_order(children=30, families=60, seed=3, peildatum=DAY, fouten=2)
    write_region(draw_region(order), folder)
    with open_throwaway(settings, like=reference) as database:
        with Steps(Console(quiet=True)) as steps:
            loaded = load_folder(database, folder, settings=settings, day=None, steps=steps)
            policy = load_policy("zorgvuldig")
            run_match(database, policy, snapshot_day=loaded.snapshot_day, seed=0, steps=steps)
        database.sessions.kw["bind"].dispose()
        yield database.url


@contextmanager
def served(database: Database) -> Iterator[str]:
    """Serve a database in a thread; give the address."""
    server = uvicorn.Server(uvicorn.Config(create_app(database), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, name="served")
    thread.start()
    end = monotonic() + 30
    while not server.started and monotonic() < end:
        sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def signed_in_client(
    database: Database, role: str, organisation: str = "", *, raises: bool = True
) -> TestClient:
    """Return a client that is signed in at the screens in a role; raises: for a fault of ours."""
    client = TestClient(create_app(database), raise_server_exceptions=raises)
    given: dict[str, Any] = {"rol": role, "organisatie": organisation, "naar": "/"}
    answer = client.post("/inloggen", data=given, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client


def mark_in(page: str) -> str:
    """Return the mark that a form of a page must carry."""
    return page.split('name="_merk" value="', 1)[1].split('"', 1)[0]
