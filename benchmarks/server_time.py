"""What the server spends on one request: by the clock, CPU of its own, CPU of the database.

Nothing is taken off or scaled: on a machine with others the clock tells of them too. How much of it
was waiting for a core stands beside it, as Linux counts that for every thread
(`/proc/…/schedstat`, second number, nanoseconds; elsewhere nothing).
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
    was free, summed over threads.
    """

    python: float
    database: float
    wall: float
    waited: float

    @property
    def cpu(self) -> float:
        """Return the CPU of both."""
        return self.python + self.database


class ServerClock:
    """Measures requests that this process serves from a database on this machine."""

    def __init__(self, database: Database) -> None:
        self._engine: Engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
        self._backends: tuple[int, ...] = ()

    def close(self) -> None:
        """Let go of the connection that asks who is connected."""
        self._engine.dispose()

    def look_again(self) -> None:
        """Find the connections that there are now; those made later are not counted."""
        with self._engine.connect() as connection:
            self._backends = tuple(connection.scalars(_BACKENDS))

    def measure(self, work: Callable[[], object]) -> Spent:
        """Return what a piece of work took."""
        processes = (os.getpid(), *self._backends)
        before, python, begin = _threads(processes), process_time_ns(), perf_counter()
        work()
        wall, python = (perf_counter() - begin) * 1000, process_time_ns() - python
        after = _threads(processes)
        # Of a thread that ended meanwhile nothing more is known; its CPU is in that of the process.
        grown = {at: _less(now, before.get(at, (0, 0))) for at, now in after.items()}
        database = sum(ran for (pid, _), (ran, _) in grown.items() if pid != os.getpid())
        waited = sum(wait for _, wait in grown.values())
        return Spent(python * _MS, database * _MS, wall, waited * _MS)


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
    """Return medians of several requests for one page; ms and p95 (what 95% stay within): clock."""
    return {
        "ms": round(median(one.wall for one in spent), 1),
        "p95": round(within(0.95, [one.wall for one in spent]), 1),
        "cpu": round(median(one.cpu for one in spent), 1),
        "python": round(median(one.python for one in spent), 1),
        "database": round(median(one.database for one in spent), 1),
        "waited": round(median(one.waited for one in spent), 1),
    }


def within(share: float, values: list[float]) -> float:
    """Return the smallest value that at least a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
