"""What the server spends on one request: its own CPU, that of the database, and waiting for a core.

A machine with others on it makes the clock tell of them too. Linux counts for every thread how long
it was ready to run and no core was free (`/proc/…/schedstat`, second number, nanoseconds): without
that the clock tells what a quiet core would have. Elsewhere that wait is taken for nothing.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, create_engine, text

from app.db.opened import Database

_BACKENDS = text("""
    SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type IN ('client backend', 'parallel worker')
       AND pid <> pg_backend_pid()
""")
_MS = 1e-6  # of a nanosecond


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one request.

    python and database: CPU, all threads and all connections. wall: by the clock. waited: no core
    was free.
    """

    python: float
    database: float
    wall: float
    waited: float

    @property
    def cpu(self) -> float:
        """Return the CPU of both."""
        return self.python + self.database

    @property
    def server(self) -> float:
        """Return what it takes on one quiet core: the clock without the wait, all CPU at least."""
        return max(self.cpu, self.wall - self.waited)


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
        own, theirs, begin = _of_process(os.getpid()), self._of_backends(), perf_counter()
        work()
        wall = (perf_counter() - begin) * 1000
        own_after, theirs_after = _of_process(os.getpid()), self._of_backends()
        python, waited = (own_after[at] - own[at] for at in (0, 1))
        database, waited_there = (theirs_after[at] - theirs[at] for at in (0, 1))
        return Spent(python * _MS, database * _MS, wall, (waited + waited_there) * _MS)

    def _of_backends(self) -> tuple[int, int]:
        each = [_of_process(pid) for pid in self._backends]
        return sum(ran for ran, _ in each), sum(waited for _, waited in each)


def _of_process(pid: int) -> tuple[int, int]:
    """Return nanoseconds that the threads of a process ran, and waited for a core."""
    ran = waited = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            first, second, _ = task.read_text().split()
        except OSError:  # a thread that ended meanwhile
            continue
        ran, waited = ran + int(first), waited + int(second)
    return ran, waited


def of_several(spent: list[Spent]) -> dict[str, float]:
    """Return medians, and what 95% stay within, of several requests for one page."""
    return {
        "ms": round(median(one.server for one in spent), 1),
        "p95": round(within(0.95, [one.server for one in spent]), 1),
        "cpu": round(median(one.cpu for one in spent), 1),
        "python": round(median(one.python for one in spent), 1),
        "database": round(median(one.database for one in spent), 1),
        "clock": round(median(one.wall for one in spent), 1),
    }


def within(share: float, values: list[float]) -> float:
    """Return the smallest value that at least a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
