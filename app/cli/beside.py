"""A worker in a process of its own beside the API: begun again when it ends, ended with it."""

import os
import subprocess
import sys
import threading
from time import monotonic

from app.cli.measuring import PORT_VARIABLE
from app.log.events import Event
from app.log.write import log

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before a worker is begun again
_STEADY = 60.0  # a worker that lived so long begins again with the first pause
_PATIENCE = 10.0  # for the job in hand; after that it is cut off, and done again by the next worker

# With a pipe as input: it closes when this process ends, in whatever way, and the worker stops.
_COMMAND = (
    sys.executable,
    "-c",
    "from app.cli.main import run; run()",
    "worker",
    "--stop-met-invoer",
)


class WorkerBeside:
    """Context in which a worker runs; one that crashes comes back after a growing pause."""

    def __init__(self, database_url: str | None) -> None:
        # Not on the command line: everybody on the machine can read the password there.
        own = {"DATABASE_URL": database_url} if database_url else {}
        # Its figures are read along with those of this process, not on a port of its own.
        inherited = {k: v for k, v in os.environ.items() if k != PORT_VARIABLE}
        self._environment = inherited | own
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker-beside")

    def __enter__(self) -> "WorkerBeside":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _keep(self) -> None:
        pause = _FIRST_PAUSE
        while not self._ending.is_set():
            began = monotonic()
            code = self._run_one()
            if self._ending.is_set():
                return
            pause = _FIRST_PAUSE if monotonic() - began > _STEADY else pause
            log(Event.WORKER_STOPPED, exit_code=code, restart_after=pause)
            self._ending.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _run_one(self) -> int:
        # A session of its own: Ctrl-C reaches this process only, which then ends the worker.
        with subprocess.Popen(  # noqa: S603
            _COMMAND, env=self._environment, stdin=subprocess.PIPE, start_new_session=True
        ) as worker:
            while worker.poll() is None:
                if self._ending.wait(0.2):
                    _end(worker)
        return worker.returncode


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
