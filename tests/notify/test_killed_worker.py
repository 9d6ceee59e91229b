"""A worker killed while it sends: another goes on, and every event arrives, in order."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.db.opened import Database
from app.settings import Settings
from tests.notify.receiver import Receiver
from tests.notify.subscribing import numbers, subscribe_to
from tests.notify.telling import tell_family
from tests.test_workers import QUICK, Worker, wait_for

EVENTS = 40

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]  # real processes, killed


@pytest.fixture
def start(told: Database, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts a worker; whatever still runs is killed at the end."""
    started: list[Worker] = []

    def begin() -> Worker:
        log = tmp_path / f"{len(started)}.log"
        started.append(Worker(told, log, "worker", *QUICK))
        return started[-1]

    yield begin
    for worker in started:
        worker.end()


def test_a_worker_killed_while_it_sends(
    told: Database, start: Callable[[], Worker], settings: Settings, receiver: Receiver
) -> None:
    """Each id at least once, the first times in order; twice only what was under way."""
    subscribe_to(told, receiver, settings)
    for number in range(EVENTS):
        tell_family(told, f"SPI-{number}")
    receiver.pause = 0.1
    killed = start()
    wait_for(lambda: len(receiver.received) >= 5, 120)
    killed.end()
    assert len(set(receiver.ids())) < EVENTS
    start()
    wait_for(lambda: len(set(receiver.ids())) == EVENTS, 120)
    first_times = list(dict.fromkeys(numbers(receiver)))
    assert first_times == [f"SPI-{number}" for number in range(EVENTS)]
    assert len(receiver.received) <= EVENTS + 1
