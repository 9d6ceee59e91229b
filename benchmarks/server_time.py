"""What the server spends on one request: its own CPU, that of the database, and waiting for a core.

On a machine with others the clock tells of them too, in two ways that are measured apart.

Waiting: Linux counts for every thread how long it was ready to run and no core was free
(`/proc/…/schedstat`, second number, nanoseconds). Elsewhere that is taken for nothing. Pace: a core
that shares its caches and its two halves does the same work in more CPU time. A fixed piece of work
is done beside each request; the pace is its CPU time divided by the quickest ever seen here, 1 on a
core of one's own.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time_ns

from sqlalchemy import Engine, create_engine, text

from app.db.opened import Database

_BACKENDS = text("""
    SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type IN ('client backend', 'parallel worker')
       AND pid <> pg_backend_pid()
""")
_MS = 1e-6  # of a nanosecond
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one request.

    python and database: CPU, all threads and all connections. wall: by the clock. waited: no core
    was free. pace: how much longer the same work took then than it can.
    """

    python: float
    database: float
    wall: float
    waited: float
    pace: float = 1.0

    @property
    def cpu(self) -> float:
        """Return the CPU of both."""
        return self.python + self.database

    @property
    def server(self) -> float:
        """Return the clock without the wait, all CPU at least; at the pace of the moment."""
        return max(self.cpu, self.wall - self.waited)


class ServerClock:
    """Measures requests that this process serves from a database on this machine."""

    def __init__(self, database: Database) -> None:
        self._engine: Engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
        self._backends: tuple[int, ...] = ()
        self._quickest = min(_reference() for _ in range(200))

    def close(self) -> None:
        """Let go of the connection that asks who is connected."""
        self._engine.dispose()

    def look_again(self) -> None:
        """Find the connections that there are now; those made later are not counted."""
        with self._engine.connect() as connection:
            self._backends = tuple(connection.scalars(_BACKENDS))

    def measure(self, work: Callable[[], object]) -> Spent:
        """Return what a piece of work took."""
        beside = _reference()
        self._quickest = min(self._quickest, beside)
        processes = (os.getpid(), *self._backends)
        before, python, begin = _threads(processes), process_time_ns(), perf_counter()
        work()
        wall, python = (perf_counter() - begin) * 1000, process_time_ns() - python
        after = _threads(processes)
        # Of a thread that ended meanwhile nothing more is known; its CPU is in that of the process.
        grown = {at: _less(now, before.get(at, (0, 0))) for at, now in after.items()}
        database = sum(ran for (pid, _), (ran, _) in grown.items() if pid != os.getpid())
        waited = sum(wait for _, wait in grown.values())
        pace = beside / self._quickest
        return Spent(python * _MS, database * _MS, wall, waited * _MS, pace)


def _reference() -> int:
    """Return the CPU nanoseconds of a piece of work that is always the same, some 2 ms."""
    begin, words = process_time_ns(), {}
    for number in range(12_000):
        words[number % 997] = str(number)
    return process_time_ns() - begin


def _less(now: Pair, before: Pair) -> Pair:
    return now[0] - before[0], now[1] - before[1]


def _threads(processes: Iterable[int]) -> dict[Pair, Pair]:
    """Return nanoseconds that each thread ran, and waited for a core, by process and thread."""
    found = {}
    for pid in processes:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                ran, waited, _ = task.read_text().split()
            except OSError:  # ended between the listing and the reading
                continue
            found[pid, int(task.parent.name)] = (int(ran), int(waited))
    return found


def of_several(spent: list[Spent]) -> dict[str, float]:
    """Return medians, and what 95% stay within, of several requests for one page.

    ms and p95: server time at the quickest pace. cpu, python, database, clock: as they were
    measured, with the pace of then.
    """
    pace = median(one.pace for one in spent)
    return {
        "ms": round(median(one.server for one in spent) / pace, 1),
        "p95": round(within(0.95, [one.server / pace for one in spent]), 1),
        "pace": round(pace, 2),
        "cpu": round(median(one.cpu for one in spent), 1),
        "python": round(median(one.python for one in spent), 1),
        "database": round(median(one.database for one in spent), 1),
        "clock": round(median(one.wall for one in spent), 1),
    }


def within(share: float, values: list[float]) -> float:
    """Return the smallest value that at least a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
