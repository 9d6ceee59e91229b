"""What tracing and measuring cost, side by side in one run.

Run: `.venv/bin/python -m benchmarks.telemetry_cost`. One service in this process on one database
with the example region, asked the same in turn, in blocks: with every line written to a file and
every figure counted, and with neither. Shown are the medians of the CPU time per request (of all
threads, so the writer's too), the median ratio of two blocks in turn, and what a line costs.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

from fastapi import FastAPI
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from starlette.types import Receive, Scope, Send

from app.cli.prepare import prepare_reference
from app.cli.region import load_folder
from app.cli.steps import Steps
from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.http.tracing import TraceMiddleware
from app.kernel.actor import SYSTEM, ActorRole
from app.log.write import configure_logs
from app.main import create_app
from app.models import Registration
from app.security.development import make_token
from app.settings import load_settings
from app.telemetry.meters import switch_off, switch_on
from app.telemetry.running import traced
from app.telemetry.sinks import JsonLinesExporter
from app.telemetry.writer import ROUND
from benchmarks.access_cost import Question, block
from tools.fuzz import REGION

BLOCKS, REQUESTS = 7, 60  # as many requests as a block of `access_cost` has


@contextmanager
def with_telemetry(database: Database, place: Path) -> Iterator[None]:
    """Trace into a file and measure; the file is written before the block ends."""
    switch_on()
    with traced(load_settings(), database.sessions, JsonLinesExporter(place)):
        yield
    switch_off()


@contextmanager
def without_telemetry() -> Iterator[None]:
    """Neither trace nor measure."""

    async def untouched(self: TraceMiddleware, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    with patch.object(TraceMiddleware, "__call__", untouched):
        yield


async def compare(
    app: FastAPI, database: Database, question: Question, place: Path
) -> tuple[float, float, float]:
    """Return the median CPU seconds of a block with and without, and the ratio of throughputs."""
    token = make_token(load_settings(), question.role)
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * BLOCKS + 2):
        is_on = turn % 4 in (0, 3)  # each goes first as often as the other
        begin = time.process_time()
        with with_telemetry(database, place) if is_on else without_telemetry():
            await block(app, question.path, token)
        if turn > 1:  # the first of each warms up
            taken[is_on].append(time.process_time() - begin)
    ratios = [less / more for more, less in zip(taken[True], taken[False], strict=True)]
    return median(taken[True]), median(taken[False]), median(ratios)


def questions(database: Database) -> list[Question]:
    """Return what is asked: about one child, and about as many as a page may hold."""
    with session_for(database.sessions, SYSTEM) as session:
        child = session.scalars(select(Registration.id).order_by(Registration.number)).first()
    return [
        Question("één kind", ActorRole.COORDINATOR, f"/v1/kinderen/{child}"),
        Question("lijst van kinderen", ActorRole.INTAKE, "/v1/kinderen?aantal=200"),
    ]


async def measure(database: Database, table: Table, folder: Path) -> None:
    """Ask every question both ways and add a row for each."""
    app = create_app(database)
    for number, question in enumerate(questions(database)):
        place = folder / f"{number}.jsonl"
        with_, without, ratio = await compare(app, database, question, place)
        lines = sum(1 for _ in place.open(encoding="utf-8")) / ((BLOCKS + 1) * REQUESTS)
        each = [f"{1000 * seconds / REQUESTS:.2f}" for seconds in (with_, without)]
        cost = 1e6 * (with_ - without) / REQUESTS / lines
        table.add_row(question.name, *each, f"{ratio:.3f}", f"{lines:.1f}", f"{cost:.0f}")


def main() -> None:
    """Load a region, ask everything in turn and print the table."""
    configure_logs(level=logging.CRITICAL)
    names = ("vraag", "met (ms)", "zonder (ms)", "doorvoer met / zonder", "regels", "µs per regel")
    table = Table(*names, title=f"CPU per verzoek; een ronde van de schrijver: {ROUND} s")
    with open_throwaway(load_settings()) as database, tempfile.TemporaryDirectory() as made:
        prepare_reference(database)
        with Steps(Console(quiet=True)) as steps:
            load_folder(database, REGION, settings=load_settings(), day=None, steps=steps)
        asyncio.run(measure(database, table, Path(made)))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
