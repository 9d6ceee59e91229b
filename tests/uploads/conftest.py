"""A service on a database of its own, and a worker that works with the worker's own role."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions
from app.main import create_app
from app.settings import Settings
from app.worker import run_worker
from tests.databases import copied, empty
from tests.signing import bearer
from tests.test_workers import QUICK, Worker

Work = Callable[[], None]
Send = Callable[..., dict[str, Any]]
FILLED = "child, family, sibling_group, import_batch, match_run, given_answer, procrastinate_jobs"


@pytest.fixture(scope="module")
def module_database(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own, because a worker sees only what is committed."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture
def own_database(module_database: Database) -> Iterator[Database]:
    """The same, emptied after each test by its owner."""
    yield module_database
    empty(module_database.url, FILLED)


@pytest.fixture(scope="module")
def service(module_database: Database) -> FastAPI:
    """The service on it, made once."""
    return create_app(module_database)


@pytest.fixture
def client(service: FastAPI, own_database: Database) -> Iterator[TestClient]:
    with TestClient(service, headers=bearer()) as opened:
        yield opened


@pytest.fixture
def worker_database(own_database: Database) -> Iterator[Database]:
    """The same database as the worker's role sees it."""
    engine = make_engine(own_database.url, role=WORKER)
    yield Database(own_database.url, make_sessions(engine), WORKER)
    engine.dispose()


@pytest.fixture
def work(worker_database: Database) -> Work:
    """Perform every job that is queued."""
    return lambda: run_worker(worker_database, wait=False)


@pytest.fixture
def send(client: TestClient) -> Send:
    """Upload a file and return what the service answers."""

    def call(path: Path | bytes, kind: str = "pleeggezinnen", **query: str) -> dict[str, Any]:
        content = path if isinstance(path, bytes) else path.read_bytes()
        name = query.pop("bestandsnaam", path.name if isinstance(path, Path) else "bestand.csv")
        answer = client.post(
            "/v1/imports",
            params={"soort": kind, "bestandsnaam": name, **query},
            content=content,
            headers={"Content-Type": "application/octet-stream"},
        )
        assert answer.status_code == 202, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return call


@pytest.fixture
def start(own_database: Database, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts a worker; whatever still runs is killed at the end."""
    started: list[Worker] = []

    def begin() -> Worker:
        log = tmp_path / f"{len(started)}.log"
        started.append(Worker(own_database, log, "worker", *QUICK))
        return started[-1]

    yield begin
    for worker in started:
        worker.end()
