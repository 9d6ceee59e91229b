"""The filled region, asked at its doors and by its tables."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.main import create_app
from tests.figures.filling import fill
from tests.insight.kept_year import keep_a_year_back
from tests.signing import bearer


@pytest.fixture(scope="module")
def ask(loaded_region: Database) -> Iterator[Callable[..., Any]]:
    """Ask the tables themselves, as their owner: nothing of the service stands between."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        fill(session)
        session.commit()
    keep_a_year_back(loaded_region)

    def asked(sql: str) -> Any:
        with engine.connect() as connection:
            return connection.execute(text(sql)).all()

    yield asked
    engine.dispose()


@pytest.fixture(scope="module")
def read(loaded_region: Database, ask: Callable[..., Any]) -> Callable[[str], Any]:
    """Return a reader of any path, for a manager; each is read once."""
    client, told = TestClient(create_app(loaded_region)), {}

    def asked(path: str) -> Any:
        if path not in told:
            answer = client.get(f"/v1{path}", headers=bearer(ActorRole.MANAGER))
            assert answer.status_code == 200, answer.text
            told[path] = answer.json()
        return told[path]

    return asked
