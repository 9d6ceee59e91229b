"""Two hundred clients at once, each with work of its own: is there an error, does memory stay flat?

Run: `.venv/bin/python -m benchmarks.load [--minutes 10] [--clients 200] [--processes 2]`. The
service runs in processes of its own with a worker beside it; PostgreSQL and the clients share the
two cores. A client is somebody: intake, a coordinator, a provider's system, somebody at a screen.
Each asks, thinks for a while, and asks again. Answers by design under too much work (503 with
Retry-After, 429) are counted apart from errors; memory is that of the service's processes.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import psutil
from rich.console import Console
from rich.table import Table

from app.kernel.actor import ActorRole
from benchmarks.api_load import CORES, draw, find_paths
from benchmarks.load_client import Client, Request
from benchmarks.measured import keep
from tools.fuzz import load_and_match
from tools.live import Service, run_service

THINKS = 2.0  # seconds between two requests of one client, on average: 100 requests a second
BY_DESIGN = (429, 503)
EVERY = 5.0  # seconds between two looks at memory

Choose = Callable[[random.Random], Request]


class Seen:
    """What came back: milliseconds and statuses by kind of request, and memory by moment."""

    def __init__(self) -> None:
        self.taken: defaultdict[str, list[float]] = defaultdict(list)
        self.statuses: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self.memory: list[tuple[float, float]] = []

    def errors(self, kind: str) -> int:
        """Return how many answers were neither good nor refused by design."""
        bad = (n for status, n in self.statuses[kind].items() if status >= 400)
        return sum(bad) - self.refused(kind)

    def refused(self, kind: str) -> int:
        """Return how many were told to come back later."""
        return sum(self.statuses[kind][status] for status in BY_DESIGN)


def people(service: Service) -> list[Choose]:
    """Return what each kind of client asks; every fourth client is of one kind."""
    staff = service.token()
    of_provider = service.token(ActorRole.PROVIDER_SYSTEM, organisation="spirit")
    children, proposals = find_paths(service.address, f"Bearer {staff}").values()

    def intake(dice: random.Random) -> Request:
        return dice.choice(
            [
                Request("een kind", "GET", dice.choice(children), staff),
                Request("wachtlijst", "GET", "/v1/wachtlijst?aantal=50", staff),
                Request("concept", "POST", "/v1/concepten", staff, {"voornaam": "Sam"}),
            ]
        )

    def coordinator(dice: random.Random) -> Request:
        return dice.choice(
            [
                Request("voorstellen", "GET", dice.choice(proposals), staff),
                Request("een kind", "GET", dice.choice(children), staff),
                Request("matchruns", "GET", "/v1/matchruns", staff),
            ]
        )

    def provider(_: random.Random) -> Request:
        return Request("gezinnen", "GET", "/v1/pleeggezinnen?aantal=50", of_provider)

    def crisis(_: random.Random) -> Request:
        return Request("crisismeldingen", "GET", "/v1/crisismeldingen", staff)

    return [intake, coordinator, provider, crisis]


async def run(service: Service, seen: Seen, *, clients: int, seconds: float) -> None:
    """Let clients ask until the time is over."""
    where = urlsplit(service.address)
    kinds = people(service)
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        dice = random.Random(number)
        await asyncio.sleep(dice.random() * THINKS)
        asker = Client(where.hostname or "", where.port or 0)
        while time.perf_counter() < end:
            request = kinds[number % len(kinds)](dice)
            begin = time.perf_counter()
            status = await asker.ask(request)
            seen.taken[request.kind].append((time.perf_counter() - begin) * 1000)
            seen.statuses[request.kind][status] += 1
            await asyncio.sleep(THINKS * (0.5 + dice.random()))
        asker.close()

    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(client(number))
        group.create_task(_watch(service.pid, seen, end))


async def _watch(pid: int, seen: Seen, end: float) -> None:
    start = time.perf_counter()
    while time.perf_counter() < end:
        seen.memory.append((time.perf_counter() - start, _memory(pid)))
        await asyncio.sleep(EVERY)


def _memory(pid: int) -> float:
    """Return the megabytes that the service's processes hold."""
    top = psutil.Process(pid)
    return sum(p.memory_info().rss for p in [top, *top.children(recursive=True)]) / 2**20


def growth(memory: list[tuple[float, float]]) -> float:
    """Return megabytes a minute over the second half: what does not stop growing."""
    half = memory[len(memory) // 2 :]
    seconds, sizes = [s for s, _ in half], [m for _, m in half]
    middle, mean = sum(seconds) / len(half), sum(sizes) / len(half)
    over = sum((s - middle) ** 2 for s in seconds)
    across = sum((s - middle) * (m - mean) for s, m in zip(seconds, sizes, strict=True))
    return 60 * across / over if over else 0.0


@contextmanager
def loaded(processes: int) -> Iterator[Service]:
    """Serve a region of 500 children with its run, on two cores."""
    options = ("--processen", str(processes), "--with-worker")
    with (
        tempfile.TemporaryDirectory() as made,
        run_service(prefix=("taskset", "-c", CORES), options=options) as service,
    ):
        load_and_match(service.database, draw(Path(made) / "regio"))
        yield service


def show(seen: Seen) -> list[dict[str, float | str]]:
    """Print the table; return its rows."""
    table = Table("werk", "verzoeken", "p50 (ms)", "p99 (ms)", "later terug", "fouten")
    rows: list[dict[str, float | str]] = []
    for kind, taken in sorted(seen.taken.items()):
        p99 = quantiles(taken, n=100)[98] if len(taken) > 1 else taken[0]
        row = {"werk": kind, "verzoeken": len(taken), "p50": median(taken), "p99": p99,
               "later": seen.refused(kind), "fouten": seen.errors(kind)}  # fmt: skip
        rows.append(row)
        cells = (kind, len(taken), f"{median(taken):.1f}", f"{p99:.1f}")
        table.add_row(*map(str, cells), str(row["later"]), str(row["fouten"]))
    Console(width=110).print(table)
    first, last = seen.memory[0][1], seen.memory[-1][1]
    print(f"geheugen: {first:.0f} MB aan het begin, {last:.0f} MB aan het eind, "
          f"{growth(seen.memory):+.2f} MB per minuut in de tweede helft")  # fmt: skip
    return rows


def main() -> None:
    """Load the service and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    seen = Seen()
    with loaded(given.processes) as service:
        work = run(service, seen, clients=given.clients, seconds=given.minutes * 60)
        asyncio.run(work)
        rows = show(seen)
    keep("load", [{**row, "groei": growth(seen.memory)} for row in rows])


if __name__ == "__main__":
    main()
