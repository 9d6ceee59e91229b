"""Service and workers as they really run, begun again when they end, as a container would be."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import psutil

from tests.test_serving import is_server

COMMAND = (sys.executable, "-c", "from app.cli.main import run; run()")
_LOOK = 0.1  # seconds between two looks at who still lives
_PAUSE = 0.3  # before one that ended is begun again


class Kept:
    """A command that is begun again whenever it ends; all it says goes into one file.

    code: the folder of another version of the service, to begin that one.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        log: Path,
        url: str,
        *,
        code: Path | None = None,
        **environment: str,
    ) -> None:
        self.log, self._code = log, code
        self._words = words
        self._environment = os.environ | {"DATABASE_URL": url} | environment
        self._stop = Event()
        self.process = self._begin()
        self._thread = Thread(target=self._keep, daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """Kill it and all that it began with -9, as the end of a container does."""
        family = [self.process.pid, *(child.pid for child in self._children())]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_one_server(self, number: int) -> bool:
        """Kill one of the processes that take requests; the service itself begins another."""
        servers = [child for child in self._children() if is_server(child)]
        if servers:
            with suppress(ProcessLookupError):
                os.kill(servers[number % len(servers)].pid, signal.SIGKILL)
        return bool(servers)

    def times_said(self, event: str) -> int:
        """Return how often its log tells an event."""
        return sum(f'"{event}"' in line for line in self.log.read_text().splitlines())

    def said(self) -> list[dict[str, object]]:
        """Return its log events."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def end(self) -> None:
        """Stop it for good."""
        self._stop.set()
        self._thread.join()
        family = self._children()
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
        for child in family:
            with suppress(psutil.NoSuchProcess):
                child.kill()

    def _begin(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as stream:
            return subprocess.Popen(
                [*COMMAND, *self._words], env=self._environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=stream, start_new_session=True, cwd=self._code,
            )  # fmt: skip

    def _keep(self) -> None:
        while not self._stop.wait(_LOOK):
            if self.process.poll() is not None and not self._stop.wait(_PAUSE):
                self.process = self._begin()

    def _children(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for something; raises AssertionError with what did not happen."""
    end = monotonic() + seconds
    while monotonic() < end:
        if condition():
            return
        sleep(0.1)
    raise AssertionError(f"in {seconds} seconds: {what}")
