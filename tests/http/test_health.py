"""Alive asks nothing of anybody; ready asks the database, its tables and the keys."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from app.db.opened import Database
from app.http import health
from app.main import create_app


@pytest.fixture
def client(loaded_region: Database) -> TestClient:
    return TestClient(create_app(loaded_region))


def revision(database: Database, value: str) -> str:
    engine = create_engine(database.url)
    with engine.begin() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": value})
    engine.dispose()
    return str(before)


def test_ready(client: TestClient) -> None:
    """Without a token, as everything that keeps it running asks."""
    assert client.get("/v1/gereedheid").json() == {"status": "gereed"}


def test_a_database_that_is_away(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alive, so that nobody ends the process; not ready, so that nobody sends it requests."""

    def away(*_: object) -> object:
        raise OperationalError("SELECT", {}, Exception("weg"))

    monkeypatch.setattr(health, "session_for", away)
    answer = client.get("/v1/gereedheid")
    assert client.get("/v1/gezondheid").status_code == 200
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("database: antwoordt niet")


@pytest.mark.parametrize(("found", "status"), [("20261128_20", 503), ("20991231_99", 200)])
def test_tables_of_another_version(
    client: TestClient, loaded_region: Database, found: str, status: int
) -> None:
    """Older: migrate first. Newer: a version is being rolled out, and this one goes on serving."""
    before = revision(loaded_region, found)
    try:
        answer = client.get("/v1/gereedheid")
    finally:
        revision(loaded_region, before)
    assert answer.status_code == status
    assert (status == 200) or "pleegzorg migrate" in answer.json()["detail"]


def test_keys_that_do_not_work(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sealed must open again."""
    monkeypatch.setattr(health, "unseal", lambda *_, **__: b"iets anders")
    answer = client.get("/v1/gereedheid")
    assert answer.status_code == 503
    assert answer.json()["velden"] == ["sleutels"]
