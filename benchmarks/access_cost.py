"""What signing in, field lists and row-level security cost together, side by side in one run.

Run: `.venv/bin/python -m benchmarks.access_cost`. Two services in this process on one database with
500 children: one as it is; one whose gate believes everybody at once, which leaves no field out and
whose connections are not held by row-level security. They are asked the same in turn, in blocks;
shown are the medians of the blocks, and the median ratio of two blocks after each other (what else
the machine does falls on both). Wanted: more than 0.90.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, select

from app.cli.prepare import prepare_reference
from app.db.opened import Database, open_throwaway
from app.db.session import make_sessions, session_for
from app.http import secured
from app.kernel.actor import SYSTEM, ActorRole
from app.log.write import configure_logs
from app.main import create_app
from app.models import MatchRun, Provider, Registration
from app.security.development import make_token
from app.security.gate import Gate, Identity
from app.settings import load_settings
from benchmarks.api_load import draw
from tools.fuzz import load_and_match

BLOCKS, REQUESTS, AT_ONCE = 31, 60, 4


@dataclass(frozen=True, slots=True)
class Question:
    """An address, asked by somebody in a role."""

    name: str
    role: ActorRole
    path: str


class Believes(Gate):
    """A gate that asks nothing: everybody is who the question says."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def known(self, token: str) -> Identity:  # noqa: ARG002
        """Return the one identity."""
        return self._identity


async def ask(app: FastAPI, path: str, token: str) -> int:
    """Send one GET straight into an app; return the status."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": where, "raw_path": where.encode(), "query_string": query.encode(),
        "root_path": "", "server": ("x", 80), "client": ("x", 1),
        "headers": [(b"authorization", f"Bearer {token}".encode()), (b"host", b"x")],
    }  # fmt: skip
    status = [0]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        status[0] = message.get("status", status[0])

    await app(scope, receive, send)
    return status[0]


async def block(app: FastAPI, path: str, token: str) -> float:
    """Return the seconds that a block of requests takes, a few of them at once."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with turns:
            status = await ask(app, path, token)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")

    begin = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(REQUESTS)))
    return time.perf_counter() - begin


async def compare(
    guarded: FastAPI, bare: FastAPI, question: Question
) -> tuple[float, float, float]:
    """Return the median seconds of a block with and without, and the ratio of the throughputs."""
    organisation = "spirit" if question.role is ActorRole.PROVIDER_SYSTEM else None
    token = make_token(load_settings(), question.role, organisation=organisation)
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * BLOCKS + 2):
        is_guarded = turn % 4 in (0, 3)  # each goes first as often as the other
        with nullcontext() if is_guarded else whole_answers():
            found = await block(guarded if is_guarded else bare, question.path, token)
        if turn > 1:  # the first of each warms up
            taken[is_guarded].append(found)
    ratios = [less / more for more, less in zip(taken[True], taken[False], strict=True)]
    return median(taken[True]), median(taken[False]), median(ratios)


@contextmanager
def whole_answers() -> Iterator[None]:
    """Let answers out as they are, whoever asks."""
    with patch.object(secured, "_shortened", lambda _, response, *__: response):
        yield


def open_bare(database: Database, question: Question) -> FastAPI:
    """Return the service without a guard, on connections of the owner of the server."""
    engine = create_engine(database.url, pool_size=20)
    sessions = make_sessions(engine)
    app = create_app(replace(database, sessions=sessions))
    with session_for(database.sessions, SYSTEM) as session:
        provider = session.scalar(select(Provider.id).where(Provider.code == "spirit"))
    identity = Identity("api", frozenset({question.role}), provider, None, time.time() + 9e9)
    v1: Any = next(route.app for route in app.routes if getattr(route, "path", "") == "/v1")
    v1.state.gate = Believes(identity)
    return app


def questions(database: Database) -> list[Question]:
    """Return what is asked: staff, a provider that sees its own, a manager who sees no child."""
    with session_for(database.sessions, SYSTEM) as session:
        child = session.scalars(select(Registration.id).order_by(Registration.number)).first()
        run = session.scalars(select(MatchRun.id)).one()
    return [
        Question("één kind", ActorRole.COORDINATOR, f"/v1/kinderen/{child}"),
        Question("lijst van 50 kinderen", ActorRole.INTAKE, "/v1/kinderen?aantal=50"),
        Question(
            "voorstellen van één kind",
            ActorRole.COORDINATOR,
            f"/v1/kinderen/{child}/matchvoorstellen",
        ),
        Question(
            "eigen gezinnen van een aanbieder",
            ActorRole.PROVIDER_SYSTEM,
            "/v1/pleeggezinnen?aanbieder=spirit&aantal=50",
        ),
        Question("cijfers van een run", ActorRole.MANAGER, f"/v1/matchruns/{run}/afwegingen"),
    ]


async def measure(database: Database, table: Table) -> None:
    """Ask every question of both services and add a row for each."""
    guarded = create_app(database)
    for question in questions(database):
        with_, without, ratio = await compare(guarded, open_bare(database, question), question)
        each = [f"{1000 * seconds / REQUESTS:.2f}" for seconds in (with_, without)]
        table.add_row(question.name, question.role.value, *each, f"{ratio:.3f}")


def main() -> None:
    """Load a region, ask everything in turn and print the table."""
    configure_logs(level=logging.CRITICAL)
    table = Table("vraag", "rol", "met (ms)", "zonder (ms)", "doorvoer met / zonder")
    with open_throwaway(load_settings()) as database, tempfile.TemporaryDirectory() as made:
        prepare_reference(database)
        load_and_match(database, draw(Path(made) / "regio"))
        asyncio.run(measure(database, table))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
