"""What the sealed log costs: each request, sealing, and proving a hundred thousand lines.

Run: `.venv/bin/python -m benchmarks.audit_cost`. Three services in one process are asked the same
in turn, in blocks: one that notes a line as before (no client, purpose and trace), one as it is,
and one as it is while a worker seals four times a second (in earnest: once a minute). Shown are the
medians of the blocks and the median ratio of two blocks after each other. Then lines are drawn,
sealed and proved: CPU seconds of this process, and what its memory grew by.
"""

import asyncio
import logging
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from unittest.mock import patch

from fastapi import FastAPI
from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import Session

from app.audit.keys import known_keys, load_seal_key
from app.audit.noted import Noted
from app.audit.sealing import seal_lines
from app.audit.verifying import verify_chain
from app.cli.prepare import prepare_reference
from app.db.opened import Database, open_database, open_throwaway
from app.db.roles import WORKER
from app.db.session import session_for
from app.http import deps
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.log.write import configure_logs
from app.main import create_app
from app.models import AuditEvent, AuditOutcome
from app.security.development import make_token
from app.settings import load_settings
from benchmarks.access_cost import block

LINES, BLOCKS = 100_000, 11
PATH = "/v1/aanbieders"  # the smallest answer there is: what a line costs weighs most here
_DRAW = """
INSERT INTO audit_event (operation, actor, role, subject, reference, outcome, request_id, client,
                         purpose)
SELECT 'leesKind', 'medewerker-' || n % 40, 'coordinator', 'kind', gen_random_uuid()::text,
       'gelukt', gen_random_uuid()::text, 'pleegzorg-schermen', 'aanmelden'
  FROM generate_series(1, :lines) n
"""


def note_as_before(session: Session, noted: Noted, actor: Actor) -> None:
    """Add a line with the columns that there were before this."""
    session.execute(
        insert(AuditEvent)
        .inline()
        .values(
            operation=noted.operation,
            actor=actor.name,
            role=actor.role.value,
            subject=noted.subject,
            reference=noted.reference,
            outcome=AuditOutcome.DONE,
            request_id=noted.request_id,
        )
    )


@contextmanager
def as_before() -> Iterator[None]:
    """Let requests note what they did before."""
    with patch.object(deps, "note", note_as_before):
        yield


@contextmanager
def sealing(worker: Database) -> Iterator[None]:
    """Let a worker seal all the time."""
    stop, key = threading.Event(), load_seal_key(load_settings())

    def go_on() -> None:
        while not stop.wait(0.25):
            seal_lines(worker.sessions, key)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def as_it_is() -> Iterator[None]:
    """Change nothing."""
    yield


async def requests(app: FastAPI, worker: Database, table: Table) -> None:
    """Ask the three services in turn and add a row for each."""
    token = make_token(load_settings(), ActorRole.COORDINATOR)
    kinds = {
        "zoals voorheen": as_before,
        "toepassing, doel en spoor erbij": as_it_is,
        "en vier keer per seconde verzegeld": lambda: sealing(worker),
    }
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(BLOCKS + 1):
        order = list(kinds) if turn % 2 else list(reversed(kinds))
        for name in order:
            with kinds[name]():
                found = await block(app, PATH, token)
            if turn:  # the first of each warms up
                taken[name].append(found)
    first = next(iter(taken.values()))
    for name, seconds in taken.items():
        ratio = median(a / b for a, b in zip(first, seconds, strict=True))
        table.add_row(name, f"{1000 * median(seconds) / 60:.2f}", f"{ratio:.3f}")


def chain(worker: Database, table: Table) -> None:
    """Draw lines, seal them and prove them."""
    owner = create_engine(worker.url)
    with owner.begin() as connection:
        connection.execute(text(_DRAW), {"lines": LINES})
    owner.dispose()
    settings = load_settings()
    before, clock, wall = _memory(), time.process_time(), time.perf_counter()
    done = seal_lines(worker.sessions, load_seal_key(settings))
    _add(table, f"{done.lines} regels verzegelen", clock, wall, before)
    before, clock, wall = _memory(), time.process_time(), time.perf_counter()
    with session_for(worker.sessions, SYSTEM) as session:
        found = verify_chain(session, known_keys(settings))
    if found.broken is not None:
        raise RuntimeError(found.broken.why)
    _add(table, f"{found.lines} regels controleren", clock, wall, before)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _add(table: Table, name: str, clock: float, wall: float, before: int) -> None:  # noqa: PLR0917
    cpu, seconds = time.process_time() - clock, time.perf_counter() - wall
    grown = (_memory() - before) / 1024
    table.add_row(name, f"{cpu:.2f}", f"{seconds:.2f}", f"{grown:.1f}")


def main() -> None:
    """Measure both and print the tables."""
    configure_logs(level=logging.CRITICAL)
    asked = Table("regel", "ms per verzoek", "doorvoer t.o.v. voorheen")
    proved = Table("werk", "CPU s", "klok s", "geheugen MB erbij")
    settings = load_settings()
    with open_throwaway(settings) as database:
        prepare_reference(database)
        url = database.url.render_as_string(hide_password=False)
        with open_database(settings, url=url, role=WORKER) as worker:
            chain(worker, proved)
            asyncio.run(requests(create_app(database), worker, asked))
    for table in (asked, proved):
        Console(width=110).print(table)


if __name__ == "__main__":
    main()
