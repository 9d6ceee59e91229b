"""What signing in, field lists and row-level security cost together, side by side in one run.

Run: `.venv/bin/python -m benchmarks.access_cost [--quick]`. Two services in this process on one
database with 500 children: one as it is; one whose gate believes everybody at once, which leaves no
field out and whose connections are not held by row-level security. They are asked the same in turn,
in blocks; shown are the medians of the blocks, and the median ratio of two blocks after each other
(what else the machine does falls on both). Wanted: 0.90 at least; under it the exit code is 1.
"""

import asyncio
import logging
import sys
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
from app.models import Family, MatchRun, Provider, Registration
from app.security.development import make_token
from app.security.gate import Gate, Identity
from app.settings import load_settings
from benchmarks.api_load import draw
from tools.fuzz import load_and_match

BLOCKS, QUICK, REQUESTS, AT_ONCE = 31, 7, 60, 4
WANTED = 0.90


@dataclass(frozen=True, slots=True)
class Question:
    """An address, asked by somebody in a role; a POST writes at every request."""

    name: str
    role: ActorRole
    path: str
    method: str = "GET"


class Believes(Gate):
    """A gate that asks nothing: everybody is who the question says."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def known(self, token: str) -> Identity:  # noqa: ARG002
        """Return the one identity."""
        return self._identity


async def ask(app: FastAPI, path: str, token: str, method: str = "GET") -> int:
    """Send one request without a body straight into an app; return the status."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
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


async def block(app: FastAPI, path: str, token: str, method: str = "GET") -> float:
    """Return the seconds that a block of requests takes, a few of them at once."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with turns:
            status = await ask(app, path, token, method)
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
    blocks = QUICK if "--quick" in sys.argv else BLOCKS
    for turn in range(2 * blocks + 2):
        is_guarded = turn % 4 in (0, 3)  # each goes first as often as the other
        with nullcontext() if is_guarded else whole_answers():
            app = guarded if is_guarded else bare
            found = await block(app, question.path, token, question.method)
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
    """Return what is asked: staff, a provider that sees and confirms its own, a manager."""
    with session_for(database.sessions, SYSTEM) as session:
        child = session.scalars(select(Registration.id).order_by(Registration.number)).first()
        run = session.scalars(select(MatchRun.id)).one()
        at_spirit = select(Family.reference).join(Provider, Family.provider_id == Provider.id)
        spirits = at_spirit.where(Provider.code == "spirit").order_by(Family.reference)
        family = session.scalars(spirits).first()
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
        Question(
            "een gezin bevestigen (schrijft)",
            ActorRole.PROVIDER_SYSTEM,
            f"/v1/pleeggezinnen/spirit/{family}/_bevestig",
            "POST",
        ),
        Question("cijfers van een run", ActorRole.MANAGER, f"/v1/matchruns/{run}/afwegingen"),
    ]


async def measure(database: Database, table: Table) -> list[float]:
    """Ask every question of both services and add a row for each; return the ratios."""
    guarded, ratios = create_app(database), []
    for question in questions(database):
        with_, without, ratio = await compare(guarded, open_bare(database, question), question)
        each = [f"{1000 * seconds / REQUESTS:.2f}" for seconds in (with_, without)]
        table.add_row(question.name, question.role.value, *each, f"{ratio:.3f}")
        ratios.append(ratio)
    return ratios


def main() -> int:
    """Load a region, ask everything in turn and print the table; return 1 under what is wanted."""
    configure_logs(level=logging.CRITICAL)
    table = Table("vraag", "rol", "met (ms)", "zonder (ms)", "doorvoer met / zonder")
    with open_throwaway(load_settings()) as database, tempfile.TemporaryDirectory() as made:
        prepare_reference(database)
        load_and_match(database, draw(Path(made) / "regio"))
        ratios = asyncio.run(measure(database, table))
    Console(width=110).print(table)
    return int(min(ratios) < WANTED)


if __name__ == "__main__":
    sys.exit(main())
