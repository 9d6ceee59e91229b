"""How fast the API answers 50 clients on two cores, with a region of 500 children loaded.

Run: `.venv/bin/python -m benchmarks.api_load [--seconds 10]`. The service runs as
`pleegzorg serve` in processes of its own, on the first two cores; the clients and PostgreSQL share
them. Every client keeps one connection open. Two measurements for each address: `rustig`, where a
client waits between requests (50 clients, 100 requests a second), and `vol`, where every client
asks again at once.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from app.cli.example import make_order
from app.simulation.folder import write_region
from app.simulation.region import draw_region
from tools.fuzz import load_and_match
from tools.live import run_service

CLIENTS = 50
CORES = "0,1"
PAUSE = 0.5  # seconds between two requests of a calm client: 100 requests a second in all
WANTED = {"één kind": 50.0, "voorstellen van één kind": 150.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """The answers of one measurement: milliseconds of each, and how many a second."""

    milliseconds: list[float]
    per_second: float
    failed: int

    def cells(self) -> list[str]:
        """Return p50, p99, the slowest, requests a second and failures."""
        p99 = quantiles(self.milliseconds, n=100)[98]
        numbers = (median(self.milliseconds), p99, max(self.milliseconds), self.per_second)
        return [*(f"{number:.1f}" for number in numbers), str(self.failed)]


class Client:
    """One connection that is kept open; bare, so that it takes little of the cores."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._host, self._port, self._token = host, port, token

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    async def get(self, path: str) -> int:
        """Ask one address and read the whole answer; return its status."""
        self._writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Authorization: {self._token}\r\n\r\n".encode()
        )
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = next(
            line for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        await self._reader.readexactly(int(length.split(b":")[1]))
        return int(answer[9:12])

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def measure(
    address: str, token: str, paths: list[str], *, seconds: float, pause: float
) -> Measured:
    """Let all clients ask paths at random for so many seconds."""
    where = urlsplit(address)
    clients = [Client(where.hostname or "", where.port or 0, token) for _ in range(CLIENTS)]
    await asyncio.gather(*(client.open() for client in clients))
    taken: list[float] = []
    failed = 0

    async def run(client: Client, dice: random.Random) -> None:
        nonlocal failed
        await asyncio.sleep(dice.random() * pause)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            status = await client.get(dice.choice(paths))
            failed += status != 200
            taken.append((time.perf_counter() - begin) * 1000)
            await asyncio.sleep(pause * (0.5 + dice.random()) if pause else 0)

    begin = time.perf_counter()
    end = begin + seconds
    await asyncio.gather(*(run(c, random.Random(n)) for n, c in enumerate(clients)))
    for client in clients:
        client.close()
    return Measured(taken, len(taken) / (time.perf_counter() - begin), failed)


def find_paths(address: str, token: str) -> dict[str, list[str]]:
    """Return the addresses to ask: every child, and every child's proposals."""
    asked = urllib.request.Request(
        f"{address}/v1/kinderen?aantal=500", headers={"Authorization": token}
    )
    with urllib.request.urlopen(asked) as answer:
        children = [f"/v1/kinderen/{row['id']}" for row in json.load(answer)["kinderen"]]
    return {
        "één kind": children,
        "voorstellen van één kind": [f"{path}/matchvoorstellen" for path in children],
    }


def draw(folder: Path) -> Path:
    """Write the exports of a region of 500 children and 900 families."""
    order = make_order(children=500, families=900, seed=1, peildatum="2026-11-01", fouten=0)
    write_region(draw_region(order), folder)
    return folder


async def measure_all(
    address: str, token: str, seconds: float, show: Callable[[str, str, Measured], None]
) -> None:
    """Measure every address, calm and full, after warming up."""
    for name, paths in find_paths(address, token).items():
        await measure(address, token, paths, seconds=2, pause=0)
        for way, pause in (("rustig", PAUSE), ("vol", 0.0)):
            found: Awaitable[Measured] = measure(
                address, token, paths, seconds=seconds, pause=pause
            )
            show(name, way, await found)


def main() -> None:
    """Load a region, start the service on two cores and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    table = Table("adres", "drukte", "p50 (ms)", "p99 (ms)", "traagste", "per s", "fout", "gewenst")

    def show(name: str, way: str, found: Measured) -> None:
        table.add_row(name, way, *found.cells(), f"p99 < {WANTED[name]:.0f}")

    with (
        tempfile.TemporaryDirectory() as made,
        run_service(
            prefix=("taskset", "-c", CORES), options=("--processen", str(given.processes))
        ) as it,
    ):
        load_and_match(it.database, draw(Path(made) / "regio"))
        asyncio.run(measure_all(it.address, f"Bearer {it.token()}", given.seconds, show))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
