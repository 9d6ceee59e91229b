"""The same request twice is done once; a key is for one request, and for a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import Session

from app.http.once import Answer, Once
from app.intake.example import EXAMPLE
from app.intake.routes import router
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.models import GivenAnswer
from tests.doors import OpenGate, open_door, signed_in


@pytest.fixture
def done() -> list[int]:
    return []


def ask(session: Session, done: list[int], *, key: str | None = "k", digest: str = "d") -> int:
    def work() -> Answer:
        done.append(1)
        return Answer(201, {"id": len(done)})

    return Once("systeem", key, digest).perform(session, work).status_code


def test_a_repetition_gets_the_first_answer(session: Session, done: list[int]) -> None:
    """The work is done once, the answer given twice."""
    assert [ask(session, done), ask(session, done)] == [201, 201]
    assert done == [1]


def test_a_key_is_for_one_request(session: Session, done: list[int]) -> None:
    """The same key with another body is a conflict, not another answer."""
    ask(session, done)
    with pytest.raises(Conflict, match="ander verzoek"):
        ask(session, done, digest="anders")


@pytest.mark.usefixtures("session")
def test_an_answer_is_of_one_organisation(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who works for another since asks something else, and gets nothing of the former one."""
    client = open_door(connection, router)
    body, key = EXAMPLE | {"broersZussen": None, "bsn": None}, {"Idempotency-Key": "dezelfde"}
    known = OpenGate.known
    monkeypatch.setattr(OpenGate, "known", lambda *a: replace(known(*a), name="iemand"))
    first, again, other = (
        client.post("/v1/kinderen", json=body, headers=signed_in("verwijzer", code) | key)
        for code in ("gi-a", "gi-a", "gi-b")
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 409
    assert first.json()["id"] not in other.text


def test_without_a_key_everything_is_done(session: Session, done: list[int]) -> None:
    """Nobody is obliged to send a key."""
    ask(session, done, key=None)
    ask(session, done, key=None)
    assert len(done) == 2


def test_answers_are_kept_for_a_day(session: Session, done: list[int]) -> None:
    """The next request with a key clears older answers away."""
    ask(session, done)
    session.execute(update(GivenAnswer).values(created_at=now() - timedelta(days=2)))
    ask(session, done, key="later")
    assert session.scalar(select(func.count()).select_from(GivenAnswer)) == 1


def test_a_process_whose_clock_is_ahead_lets_go_of_no_answer(
    session: Session, done: list[int]
) -> None:
    """Its clock jumps two days; what another process was asked a moment ago is still done once."""
    ask(session, done)
    with time_machine.travel(now() + timedelta(days=2)):
        ask(session, done, key="later")
    assert ask(session, done) == 201
    assert done == [1, 1]
