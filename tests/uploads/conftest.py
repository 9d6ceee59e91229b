"""A service on a database of its own, and a worker that works with the worker's own role."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.db.opened import Database, open_throwaway
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions, session_for
from app.families.tasks import register_tasks as register_families
from app.intake.tasks import register_tasks as register_intake
from app.jobs import make_queue
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.reference.service import ensure_reference
from app.settings import Settings
from app.uploads.routes import router

Work = Callable[[], None]
Send = Callable[..., dict[str, Any]]
FILLED = "child, family, sibling_group, import_batch, given_answer, procrastinate_jobs"


@pytest.fixture(scope="module")
def module_database(settings: Settings) -> Iterator[Database]:
    """A database of its own, because a worker sees only what is committed."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
        yield opened


@pytest.fixture
def own_database(module_database: Database) -> Iterator[Database]:
    """The same, emptied after each test by its owner."""
    yield module_database
    owner = create_engine(module_database.url)
    with owner.begin() as connection:
        connection.execute(text(f"TRUNCATE {FILLED} CASCADE"))
    owner.dispose()


@pytest.fixture
def client(own_database: Database) -> Iterator[TestClient]:
    app = create_app(own_database)
    v1 = app.routes[0].app
    if not any(getattr(r, "path", "").startswith("/imports") for r in v1.routes):
        v1.include_router(router)
    with TestClient(app) as opened:
        yield opened


@pytest.fixture
def worker_database(own_database: Database) -> Iterator[Database]:
    """The same database as the worker's role sees it."""
    engine = make_engine(own_database.url, role=WORKER)
    yield Database(own_database.url, make_sessions(engine), WORKER)
    engine.dispose()


@pytest.fixture
def work(worker_database: Database, settings: Settings) -> Work:
    """Perform every job that is queued."""

    async def run() -> None:
        queue = make_queue(worker_database.conninfo())
        register_families(queue, worker_database.sessions, settings)
        register_intake(queue, worker_database.sessions, settings)
        async with queue.open_async():
            await queue.run_worker_async(wait=False, install_signal_handlers=False)

    return lambda: asyncio.run(run())


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
