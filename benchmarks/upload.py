"""Uploads of 2,500, 10,000 and 40,000 families: how long, and how much memory they take.

Run: `.venv/bin/python -m benchmarks.upload [FAMILIES ...]`. For each number: draws a region, makes
one provider's export of all of it, uploads that to `pleegzorg serve` and waits until `pleegzorg
worker` has worked it off, twice; both are fresh processes on a throw-away database. The memory is
flat when the worker takes hardly more for more families.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
from rich.console import Console
from rich.table import Table

from app.cli.example import make_order
from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.reference.service import ensure_reference
from app.settings import load_settings
from app.simulation.region import draw_region
from app.simulation.spirit import write_spirit

RUN = "from app.cli.main import run; run()"
PORT = 8765
WANTED_SECONDS = 60
BASE = f"http://127.0.0.1:{PORT}/v1"
DONE = {"verwerkt", "ongewijzigd", "aangehouden", "geweigerd", "mislukt"}


class Memory(threading.Thread):
    """Samples the resident memory of processes, ten times a second, in MiB."""

    def __init__(self, processes: dict[str, int]) -> None:
        super().__init__(daemon=True)
        self._processes = {name: psutil.Process(pid) for name, pid in processes.items()}
        self.samples: dict[str, list[float]] = {name: [] for name in processes}
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(0.1):
            for name, process in self._processes.items():
                self.samples[name].append(process.memory_info().rss / 2**20)

    def stop(self) -> None:
        """Take no more samples."""
        self._ended.set()
        self.join()


@dataclass(frozen=True, slots=True)
class Measured:
    """What one number of families took: seconds, and the most memory of each process in MiB."""

    families: int
    received: float
    seconds: tuple[float, float]
    states: tuple[str, str]
    peaks: dict[str, float]


def main() -> None:
    """Upload each number to an empty database, and the same file again."""
    measured = []
    for families in [int(word) for word in sys.argv[1:]] or [2_500, 10_000, 40_000]:
        measured.append(_measure(families))
        _show(measured)
    sys.exit(any(max(m.seconds) > WANTED_SECONDS for m in measured if m.families <= 10_000))


def _measure(families: int) -> Measured:
    with tempfile.TemporaryDirectory() as made, open_throwaway(load_settings()) as database:
        with session_for(database.sessions, SYSTEM) as session:
            ensure_reference(session)
        file = _draw(Path(made) / "pleeggezinnen-spirit.csv", families)
        with _started(database, "worker") as worker, _started(database, "serve") as serve:
            _wait_for_server()
            memory = Memory({"serve": serve, "worker": worker})
            memory.start()
            outcomes = [_upload(file) for _ in range(2)]
            memory.stop()
    first, second = outcomes
    return Measured(
        families,
        max(first[0], second[0]),
        (first[1], second[1]),
        (str(first[2]["stand"]), str(second[2]["stand"])),
        {name: max(found) for name, found in memory.samples.items()},
    )


def _draw(path: Path, families: int) -> Path:
    order = make_order(children=120, families=families, seed=1, peildatum="2026-11-01", fouten=0)
    path.write_bytes(write_spirit(list(draw_region(order).families)))
    return path


@contextmanager
def _started(database: Database, command: str) -> Iterator[int]:
    words = ["--port", str(PORT)] if command == "serve" else []
    url = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, command, *words],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for_server() -> None:
    for _ in range(200):
        try:
            if httpx2.get(f"{BASE}/gezondheid").is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _upload(file: Path) -> tuple[float, float, dict[str, object]]:
    start = time.perf_counter()
    with file.open("rb") as stream:
        answer = httpx2.post(
            f"{BASE}/imports",
            params={"soort": "pleeggezinnen", "aanbieder": "spirit", "bestandsnaam": file.name},
            content=iter(lambda: stream.read(2**16), b""),
            headers={"Content-Type": "text/csv"},
            timeout=60,
        )
    received = time.perf_counter() - start
    where = f"{BASE}/imports/{answer.json()['id']}"
    while (shown := httpx2.get(where).json())["stand"] not in DONE:
        time.sleep(0.2)
    return received, time.perf_counter() - start, shown


def _show(measured: list[Measured]) -> None:
    table = Table(
        "gezinnen", "ontvangen (s)", "verwerkt (s)", "nog eens (s)", "stand",
        "server (MiB)", "worker (MiB)", "erbij per gezin (KB)",
    )  # fmt: skip
    for before, one in zip([None, *measured], measured, strict=False):
        grown = before and (one.peaks["worker"] - before.peaks["worker"]) * 1024
        share = f"{grown / (one.families - before.families):.2f}" if before and grown else ""
        table.add_row(
            str(one.families), f"{one.received:.1f}", f"{one.seconds[0]:.1f}",
            f"{one.seconds[1]:.1f}", " / ".join(one.states),
            f"{one.peaks['serve']:.0f}", f"{one.peaks['worker']:.0f}", share,
        )  # fmt: skip
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
