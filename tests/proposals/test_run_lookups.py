"""Reading on from a run: its children without a proposal, one by number, the run before it."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.matching.policy import load_policy
from app.models import MatchRun
from app.proposals.routes import router
from tests.doors import open_door, signed_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.fixture
def runs(session: Session) -> tuple[MatchRun, MatchRun]:
    """Two runs on one free place: before and after a second child came."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    first = run_here(session)
    make_registration(session, number="AM-2")
    make_registration(session, number="AM-3", needs_wheelchair=True)
    second = run_here(session, policy="zorgvuldig")
    session.commit()
    return first, second


def ask(client: TestClient, run: MatchRun, what: str, **query: str) -> Any:
    return client.get(f"/v1/matchruns/{run.id}{what}", params=query)


def test_only_children_without_a_proposal(
    client: TestClient, runs: tuple[MatchRun, MatchRun]
) -> None:
    """In pages as the whole list, each with why not."""
    found = []
    answer = ask(client, runs[1], "/voorstellen", zonderVoorstel="true", aantal="1")
    found += answer.json()["voorstellen"]
    found += client.get(answer.links["next"]["url"]).json()["voorstellen"]
    assert len(found) == 2
    assert all(child["gezin"] is None and child["waaromNiet"]["zin"] for child in found)
    assert len(ask(client, runs[1], "/voorstellen").json()["voorstellen"]) == 3


def test_a_child_is_found_by_its_number_in_the_run(
    client: TestClient, runs: tuple[MatchRun, MatchRun], session: Session
) -> None:
    """Only one that took part; who may not see children finds none."""
    found = ask(client, runs[1], "/kinderen/AM-2").json()
    assert found["aanmeldnummer"] == "AM-2"
    assert UUID(found["kind"])
    assert ask(client, runs[0], "/kinderen/AM-2").status_code == 404
    client.headers.update(signed_in("regiomanager"))
    assert ask(client, runs[1], "/kinderen/AM-2").status_code == 403


def test_the_run_before_is_what_a_run_is_compared_with(
    client: TestClient, runs: tuple[MatchRun, MatchRun]
) -> None:
    """Without a run to compare with the last one that was done; none for the first."""
    by_name = ask(client, runs[1], "/_vergelijk", met=str(runs[0].id)).json()
    assert ask(client, runs[1], "/_vergelijk").json() == by_name
    assert [child["verandering"] for child in by_name["kinderen"]].count("nieuw in deze run") == 2
    first = ask(client, runs[0], "/_vergelijk")
    assert first.status_code == 404
    assert "niets te vergelijken" in first.json()["detail"]


def test_a_run_names_the_limits_of_its_policy(
    client: TestClient, runs: tuple[MatchRun, MatchRun], session: Session
) -> None:
    """As they stood in the text that it ran with; null where that text cannot be read any more."""
    policy = load_policy("zorgvuldig")
    found = ask(client, runs[1], "").json()["grenzen"]
    assert found["hoogsteBreakdownkans"] == policy.max_breakdown
    assert found["geldigVanaf"] == policy.valid_from.isoformat()
    assert (found["spelingDagen"]["spoed"], found["steunplanBoven"]) == (7, None)
    runs[1].policy_text = "iets anders"
    session.commit()
    assert ask(client, runs[1], "").json()["grenzen"] is None
