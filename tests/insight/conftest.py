"""Fixtures of the boards: a region with three years of placements, and questions of one's own."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.main import create_app
from tests.insight.past import QUERY, add_three_years
from tests.signing import bearer


@pytest.fixture(scope="module")
def rows(loaded_region: Database) -> Any:
    """Ask the database itself, as its owner: nothing of the service stands between."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        add_three_years(session)
        session.commit()
        yield lambda sql, **given: session.execute(text(sql), given).all()
    engine.dispose()


@pytest.fixture(scope="module")
def past_client(loaded_region: Database, rows: Any) -> TestClient:
    """The whole service on that region."""
    return TestClient(create_app(loaded_region))


@pytest.fixture(scope="module")
def ask(past_client: TestClient) -> Callable[[str], Any]:
    """Return a maker of boards of the year 2025, for a manager."""

    def asked(board: str) -> Any:
        url = f"/v1/regiocijfers/{board}{QUERY}"
        answer = past_client.get(url, headers=bearer(ActorRole.MANAGER))
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked
