"""The same request twice is done once; a key is for one request, and for a day."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.http.once import Answer, Once
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.models import GivenAnswer


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
