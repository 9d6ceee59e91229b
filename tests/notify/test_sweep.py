"""The worker sends: what was queued with the change, and what the sweep finds."""

import pytest
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Outcome
from app.notify import delivery, tasks
from app.settings import Settings
from tests.databases import empty, of_worker, work_off
from tests.notify.receiver import Receiver
from tests.notify.subscribing import (
    let_time_pass,
    numbers,
    send,
    stored,
    subscribe_to,
    sweep_once,
)
from tests.notify.telling import tell_family, tell_run, wait_until_settled

pytestmark = [
    pytest.mark.timeout(300),  # waits for others' transactions
    pytest.mark.usefixtures("only_own"),
]


def test_the_worker_sends_what_was_told_in_the_same_transaction(
    told: Database, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rights of its own role; a job is there with the event, and neither after a rollback.

    A first attempt that fails is made again by itself.
    """
    id_ = subscribe_to(told, receiver, settings)
    wait_until_settled(told)
    with pytest.raises(ZeroDivisionError), session_for(told.sessions, SYSTEM) as session:
        tell_run(session)
        raise ZeroDivisionError
    tell_family(told, "SPI-1")
    with session_for(told.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1
    receiver.statuses = [500]
    monkeypatch.setattr(delivery, "DELAYS", (0.2, 300))
    wait_until_settled(told)
    work_off(told)
    assert numbers(receiver) == ["SPI-1", "SPI-1"]
    assert stored(told, id_).outcome is Outcome.DELIVERED


def test_the_sweep_finds_what_no_job_was_queued_for(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """As after a worker that died, or a database that was away for longer."""
    subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    empty(told.url, "procrastinate_jobs")
    wait_until_settled(told)
    work_off(told)
    assert numbers(receiver) == ["SPI-1"]
    assert sweep_once(told) == 0


@pytest.mark.parametrize("waits", [False, True])
def test_who_lies_far_back_for_nothing_is_moved_on(
    *,
    told: Database,
    receiver: Receiver,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    waits: bool,
) -> None:
    """Only where nothing waits for it, also not for a later attempt: that would be lost."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "YOU-1", code="youke")
    if waits:
        tell_family(told, "SPI-1")
        receiver.statuses = [500]
    send(told, settings, id_)
    before = stored(told, id_)
    monkeypatch.setattr(tasks, "FAR_BACK", 0)
    sweep_once(told)
    after = stored(told, id_)
    assert (after.transaction_id == before.transaction_id) is waits
    let_time_pass(told, id_)
    tell_family(told, "SPI-2")
    send(told, settings, id_)
    assert numbers(receiver) == (["SPI-1", "SPI-1", "SPI-2"] if waits else ["SPI-2"])


def test_jobs_that_were_done_yesterday_are_forgotten(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """There is one for nearly every event; those of today, and of other work, stay."""
    subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    wait_until_settled(told)
    work_off(told)
    with session_for(told.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1
    sweep_once(told)
    with session_for(told.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1
    with of_worker(told) as own, session_for(own.sessions, SYSTEM) as session:
        session.execute(text("UPDATE procrastinate_events SET at = at - interval '2 days'"))
    sweep_once(told)
    with session_for(told.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 0
