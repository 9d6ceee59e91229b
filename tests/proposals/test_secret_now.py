"""A child that became secret after a run is so in every answer about that run."""

from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.models import Registration
from app.proposals.runs import perform_run
from tests.signing import bearer

FORBID = {"soort": "uitsluiten", "kind": "AM-1", "aanbieder": "spirit", "gezin": "SPI-1"}


def moved(client: TestClient, run_id: UUID) -> list[dict[str, Any]]:
    answer = client.post(f"/v1/matchruns/{run_id}/wat-als", json={"wijzigingen": [FORBID]})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["verschil"]["kinderen"])


def test_secret_since_the_run(small: Database, run_id: UUID) -> None:
    """Said where distances must stay out, though the run itself knew nothing of it."""
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with TestClient(create_app(small), headers=bearer()) as client:
        assert [one["geheimePlaatsing"] for one in moved(client, run_id)] == [False]
        with session_for(small.sessions, SYSTEM) as session:
            session.execute(update(Registration).values(secret_placement=True))
        assert [one["geheimePlaatsing"] for one in moved(client, run_id)] == [True]


def test_a_kind_that_is_not_there_names_those_that_are(small: Database, run_id: UUID) -> None:
    """Of a change in a "what if": the words to choose from, or that there is none."""
    told = {"kind": "AM-1"}
    with TestClient(create_app(small), headers=bearer()) as client:
        for change, words in ((told | {"soort": "x"}, "'vastzetten'"), (told, "noemt geen soort")):
            answer = client.post(f"/v1/matchruns/{run_id}/wat-als", json={"wijzigingen": [change]})
            assert answer.status_code == 400
            assert "wijzigingen[1]" in answer.json()["detail"]
            assert words in answer.json()["detail"]
