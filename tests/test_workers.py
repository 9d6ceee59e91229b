"""Real worker processes on one database: killed, watched, started beside the API."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import psutil
import pytest
from sqlalchemy import text

from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.jobs import make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.matching.policy import load_policy
from app.models import RunState
from app.proposals.queries import find_run, progress_of
from app.proposals.report import build_report
from app.proposals.runs import request_run
from app.reference.service import ensure_reference
from app.settings import Settings
from app.simulation.folder import write_region
from app.simulation.order import Order
from app.simulation.region import draw_region
from tests.region import DAY, load_region

PLEEGZORG = (sys.executable, "-c", "from app.cli.main import run; run()")
QUICK = ("--hartslag", "0.5", "--kwijt-na", "3")

pytestmark = pytest.mark.soak  # real processes, killed: make soak, and CI


class Worker:
    """A worker process that writes its log into a file."""

    def __init__(self, database: Database, log: Path, *words: str) -> None:
        url = database.url.render_as_string(hide_password=False)
        self.log = log
        self._stream = log.open("wb")
        self.process = subprocess.Popen(
            [*PLEEGZORG, *(words or ("worker", *QUICK))],
            env=os.environ | {"DATABASE_URL": url},
            stderr=self._stream,
            stdout=subprocess.DEVNULL,
        )

    def events(self, code: str) -> list[dict[str, Any]]:
        lines = [line for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [event for event in map(json.loads, lines) if event["event"] == code]

    def end(self, sign: int = signal.SIGKILL) -> int:
        if self.process.poll() is None:
            self.process.send_signal(sign)
        code = self.process.wait(20)
        self._stream.close()
        return code


@pytest.fixture(scope="module")
def big(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A drawn region of 300 children: its run takes seconds."""
    folder = tmp_path_factory.mktemp("regio")
    write_region(draw_region(Order(300, 550, 7, DAY)), folder)
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
            load_region(session, folder, settings)
        yield opened


@pytest.fixture
def start(big: Database, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Return a function that starts a worker; whatever still runs is killed at the end."""
    started: list[Worker] = []

    def begin(*words: str) -> Worker:
        started.append(Worker(big, tmp_path / f"{len(started)}.log", *words))
        return started[-1]

    yield begin
    for worker in started:
        worker.end()


def ask_for_job(database: Database) -> UUID:
    queue = make_queue(database.conninfo())
    with session_for(database.sessions, SYSTEM) as session:
        run_id = request_run(
            session, actor=SYSTEM, policy=load_policy("zorgvuldig"), snapshot_day=DAY
        )
        queue_job(queue, session, "matchrun", lock="matchrun:amsterdam", run_id=str(run_id))
    return run_id


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> Any:
    end = monotonic() + seconds
    while monotonic() < end:
        found = condition()
        if found:
            return found
        sleep(0.02)
    raise AssertionError("it did not happen in time")


def step_of(database: Database, run_id: UUID) -> str:
    with session_for(database.sessions, SYSTEM) as session:
        progress = progress_of(session, [run_id]).get(run_id)
        return progress.step if progress else ""


def is_done(database: Database, run_id: UUID) -> bool:
    with session_for(database.sessions, SYSTEM) as session:
        return find_run(session, run_id).state is RunState.DONE


def outcome(database: Database, run_id: UUID) -> Any:
    with session_for(database.sessions, SYSTEM) as session:
        return build_report(session, find_run(session, run_id))["voorstellen"]


def states_of_jobs(database: Database) -> set[str]:
    with session_for(database.sessions, SYSTEM) as session:
        return set(session.scalars(text("SELECT status::text FROM procrastinate_jobs")))


def test_a_worker_killed_in_the_middle_gives_its_run_to_another(
    big: Database, start: Callable[..., Worker]
) -> None:
    """The run ends once, its proposals are whole, and equal to those of a run without a kill."""
    workers = [start(), start()]
    run_id = ask_for_job(big)
    wait_for(lambda: step_of(big, run_id).startswith("Beste plan"))
    killed = next(worker for worker in workers if worker.events("run_started"))
    other = workers[1 - workers.index(killed)]
    killed.end(signal.SIGKILL)
    assert not is_done(big, run_id)
    wait_for(lambda: other.events("run_finished"))
    assert [event["attempt"] for event in other.events("run_started")] == [2]
    assert len(other.events("job_rescued")) == len(other.events("run_finished")) == 1
    assert not killed.events("run_finished")
    undisturbed = ask_for_job(big)
    wait_for(lambda: is_done(big, undisturbed))
    assert len(outcome(big, run_id)) == 300
    assert outcome(big, run_id) == outcome(big, undisturbed)
    wait_for(lambda: states_of_jobs(big) == {"succeeded"})


def test_a_worker_that_only_slept_comes_too_late(
    big: Database, start: Callable[..., Worker]
) -> None:
    """Stopped and taken for lost, then awake again: its run is another's, and ends once."""
    sleeper = start()
    run_id = ask_for_job(big)
    wait_for(lambda: step_of(big, run_id).startswith("Beste plan"))
    sleeper.process.send_signal(signal.SIGSTOP)
    other = start()
    wait_for(lambda: other.events("run_started"))
    sleeper.process.send_signal(signal.SIGCONT)
    wait_for(lambda: sleeper.events("run_lost"))
    wait_for(lambda: other.events("run_finished"))
    assert not sleeper.events("run_finished")
    wait_for(lambda: states_of_jobs(big) == {"succeeded"})
    assert sleeper.process.poll() is None
    assert sleeper.end(signal.SIGTERM) == 0


def test_the_check_sees_whether_a_worker_lives(big: Database, start: Callable[..., Worker]) -> None:
    """Exit code 0 while one gives signs of life, 1 soon after it died."""

    def check() -> int:
        return start("worker", "--controleer", *QUICK).process.wait(30)

    worker = start()
    wait_for(lambda: worker.events("worker_started"))
    wait_for(lambda: check() == 0)
    worker.end(signal.SIGKILL)
    sleep(3.1)
    assert check() == 1


def test_serve_with_a_worker_ends_both_and_begins_a_dead_worker_again(
    big: Database, start: Callable[..., Worker]
) -> None:
    """One command, two processes; the worker killed comes back; one Ctrl-C ends all."""

    served = start("serve", "--with-worker", "--port", "0")
    wait_for(lambda: served.events("worker_started"))
    (first,) = psutil.Process(served.process.pid).children()
    first.kill()
    wait_for(lambda: len(served.events("worker_started")) == 2)
    (stopped,) = served.events("worker_stopped")
    assert (stopped["exit_code"], stopped["restart_after"]) == (-signal.SIGKILL, 1.0)
    (second,) = psutil.Process(served.process.pid).children()
    served.process.send_signal(signal.SIGINT)
    served.process.wait(20)
    assert not second.is_running()


def test_a_worker_beside_the_api_ends_when_that_is_killed(
    big: Database, start: Callable[..., Worker]
) -> None:
    """Even when nobody can end it any more, it does not stay behind."""

    served = start("serve", "--with-worker", "--port", "0")
    wait_for(lambda: served.events("worker_started"))
    (worker,) = psutil.Process(served.process.pid).children()
    served.end(signal.SIGKILL)
    wait_for(lambda: not worker.is_running(), 20)
