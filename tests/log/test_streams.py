"""All that a running service writes, whatever happens in it: lines of the catalogue."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import URL

from app.db.opened import Database
from app.db.session import session_for
from app.jobs import LEARN, make_queue, queue_job
from app.kernel.actor import SYSTEM, ActorRole
from app.log.events import Event
from app.log.write import FieldNotInCatalogue, log
from app.security.development import make_token
from app.settings import Settings, load_settings
from tests.databases import copied
from tools.live import free_address

# Real processes, four of them at once in one test: make kills (and CI), where nothing runs beside.
pytestmark = [pytest.mark.soak, pytest.mark.timeout(400)]

MARK = "Roosmarijn"
PATIENCE = 150  # seconds: each process imports for eight of its own, on a busy machine for more
_CONTEXT = {"event", "level", "timestamp", "request_id", "job_id", "trace_id"}
_RUN = "from app.cli.main import run; run()"
# A crash at the end of a request, a library that talks, a warning, a thread and a finalizer.
_BROKEN = f"""
import gc, logging, threading, warnings
from app.http import deps

class Last:
    def __del__(self):
        raise RuntimeError("{MARK}")

def fall():
    raise RuntimeError("{MARK}")

def broken(session, *_):
    session.close()
    logging.getLogger("vreemd").error("%s", "{MARK}")
    logging.getLogger("vreemd").error("%s en %s", "{MARK}")
    warnings.warn("{MARK}")
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    Last()
    gc.collect()
    raise RuntimeError("{MARK}") from ValueError("{MARK}")

deps._commit = broken
"""


@pytest.fixture(scope="module")
def database(settings: Settings, reference: URL) -> Iterator[Database]:
    with copied(settings, reference) as opened:
        yield opened


@contextmanager
def running(database: Database, folder: Path, words: list[str], before: str = "") -> Iterator[Path]:
    """A command in a process; all that it writes goes in one file, which is given."""
    told = folder / "alles.txt"
    url = database.url.render_as_string(hide_password=False)
    with told.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{before}\n{_RUN}", *words],
            env=os.environ | {"DATABASE_URL": url},
            stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
        )  # fmt: skip
    try:
        yield told
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()  # of one that is gone already nothing is asked
            process.wait()


def lines(told: Path) -> list[dict[str, Any]]:
    """Read every line as one of the catalogue; raises where it is none."""
    events = {event.code: event for event in Event}
    found = []
    for line in told.read_text("utf-8").splitlines():
        said = json.loads(line)
        assert said.keys() <= events[said["event"]].fields | _CONTEXT, line
        found.append(said)
    return found


def ask(address: str, path: str, **given: Any) -> int:
    request = urllib.request.Request(f"{address}{path}", **given)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        assert MARK not in refused.read().decode()
        return refused.code


def wait_for(told: Path, event: str, *, seconds: float = PATIENCE) -> None:
    end = monotonic() + seconds
    while monotonic() < end:
        if f'"{event}"' in told.read_text("utf-8"):
            return
        sleep(0.1)
    raise AssertionError(f"{event} did not come: {told.read_text('utf-8')[-2000:]}")


def wait_until_it_answers(address: str) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        with suppress(OSError):
            ask(address, "/v1/gezondheid")
            return
        sleep(0.1)
    raise AssertionError("the service does not answer")


def test_a_service_that_breaks_writes_lines_of_the_catalogue(
    database: Database, tmp_path: Path
) -> None:
    """A name in the text of an error comes out nowhere; of what kind it was and where, does."""
    address, port = free_address()
    signed = {"Authorization": f"Bearer {make_token(load_settings(), ActorRole.COORDINATOR)}"}
    with running(database, tmp_path, ["serve", "--port", str(port)], _BROKEN) as told:
        wait_until_it_answers(address)
        assert ask(address, "/v1/kinderen", headers=signed) == 500
        assert ask(address, "/v1/bestaat-niet", headers=signed) == 404
        wait_for(told, "request_failed")
    said = lines(told)
    assert MARK not in told.read_text("utf-8")
    by_event = {line["event"]: line for line in said}
    assert by_event["request_failed"]["error"] == "RuntimeError"
    assert re.match(r"__main__:\d+ < app\.http\.\w+:\d+", by_event["request_failed"]["where"])
    libraries = {line["library"] for line in said if line["event"] == "library_spoke"}
    assert libraries >= {"uvicorn.error", "vreemd", "warnings"}
    parts = {line["part"] for line in said if line["event"] == "code_broke"}
    assert parts == {"thread", "finalizer"}


def test_several_processes_and_a_worker_write_nothing_else(
    database: Database, tmp_path: Path
) -> None:
    """From the first line to the last; also what another process of the same service writes."""
    address, port = free_address()
    words = ["serve", "--port", str(port), "--processen", "2", "--with-worker"]
    with running(database, tmp_path, words) as told:
        wait_until_it_answers(address)
        assert ask(address, "/v1/kinderen") == 401
        wait_for(told, "worker_started")
    assert {"service_started", "worker_started", "request_answered"} <= {
        line["event"] for line in lines(told)
    }


def test_a_port_that_is_taken_is_told_by_its_number(database: Database, tmp_path: Path) -> None:
    """Who runs the service reads why it does not begin, without any text of the system."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with running(database, tmp_path, ["serve", "--port", port]) as told:
            wait_for(told, "library_spoke")
    assert "OSError EADDRINUSE" in {line.get("error") for line in lines(told)}


def test_a_job_that_breaks_tells_nothing_of_what_it_was_given(
    database: Database, tmp_path: Path
) -> None:
    """The queue's own log would tell its arguments, and the text of the error."""
    with session_for(database.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, LEARN, naam=MARK)
        queue_job(make_queue(""), session, "voor-niemand", naam=MARK)
    with running(database, tmp_path, ["worker"]) as told:
        wait_for(told, "library_spoke")
        sleep(1)
    said = lines(told)
    assert MARK not in told.read_text("utf-8")
    assert "TypeError" in {line.get("error") for line in said}


@pytest.mark.parametrize("environment", ["ontwikkeling", "productie"])
def test_a_command_that_breaks_says_what_kind_and_where(environment: str) -> None:
    """On the machine of a developer it shows all of it."""
    planted = f"""
import app.cli.main as main
def fall():
    raise RuntimeError("{MARK}")
main.build_app = lambda wanted: fall
main._shows_faults = lambda: {environment == "ontwikkeling"}
main.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", planted, "match"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (MARK in done.stderr) is (environment == "ontwikkeling")
    assert ("RuntimeError; __main__:4" in done.stderr) is (environment == "productie")


def test_a_line_outside_the_catalogue_is_no_line(tmp_path: Path) -> None:
    """The reading of the lines has teeth."""
    told = tmp_path / "alles.txt"
    for wrong in ("INFO:     gestart", '{"event": "x"}', '{"event": "run_started", "naam": "x"}'):
        told.write_text(wrong, "utf-8")
        with pytest.raises((ValueError, KeyError, AssertionError)):
            lines(told)
    with pytest.raises(FieldNotInCatalogue):
        log(Event.CODE_BROKE, text=MARK)
