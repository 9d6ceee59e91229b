"""A region of a size with a run, to look at: filled as its users would, or copied from a kept one.

Filling takes minutes, most of them the run of 1,000 children × 15,000 families with its questions
worked out. A kept one lies on the embedded server, filled, analysed, and nobody connected: later
measurements copy it in seconds. Its name holds the migrations, so that no old one is taken.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from rich.console import Console
from sqlalchemy import URL, create_engine, text

from app.cli.example import make_order
from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.embedded import as_admin, drop_database, start_embedded
from app.db.opened import Database, open_database, open_throwaway
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions, session_for
from app.db.template import make_migrated, migrations_digest
from app.insight.kept import keep_boards
from app.jobs import make_queue
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.matching.policy import load_policy
from app.models import RunCallList
from app.models.match_run import REGION
from app.outcomes.fair_ready import fairness_rows
from app.proposals.call_list import KEPT
from app.proposals.call_steps import work_out_next
from app.proposals.question_queries import newest_done_run
from app.settings import load_settings
from app.simulation.folder import write_region
from app.simulation.region import draw_region

DAY = "2026-11-01"


@contextmanager
def loaded(children: int, families: int, *, keep: bool = False) -> Iterator[Database]:
    """Yield a region of that size with a run, thrown away at the end.

    keep: leave a filled one on the server for the next time, and take that where there is one.
    """
    settings = load_settings()
    if not keep:
        with open_throwaway(settings) as database:
            _fill_and_tell(database, children, families)
            yield database
        return
    with open_throwaway(settings, like=_kept(children, families)) as database:
        yield database


def _kept(children: int, families: int) -> URL:
    server = start_embedded(load_settings())
    name = f"pleegzorg_maat_{children}_{families}_{migrations_digest()}"
    half = "pleegzorg_maatbouw"
    with as_admin(server) as connection:
        known = set(connection.scalars(text("SELECT datname FROM pg_database")))
        if name in known:
            print(f"copied from {name}")
            return server.set(database=name)
        drop_database(server, half)
        place = make_migrated(server, half).render_as_string(hide_password=False)
        with open_database(load_settings(), url=place) as database:
            _fill_and_tell(database, children, families)
        # Named when it is whole: one that was interrupted is never taken.
        connection.execute(text(f'ALTER DATABASE "{half}" RENAME TO "{name}"'))
    return server.set(database=name)


def work_out_calls(database: Database) -> None:
    """Do what the worker does once somebody asks for the call list of the newest run."""
    engine = make_engine(database.url, role=WORKER)
    sessions, outbox = make_sessions(engine), make_queue("")
    with session_for(sessions, SYSTEM) as session:
        run = newest_done_run(session, REGION)
        assert run is not None
        kept = session.get(RunCallList, run.id)
    for _ in range(0 if kept and kept.is_done else KEPT + 1):
        work_out_next(sessions, outbox, run.id)
    engine.dispose()


def make_boards_ready(database: Database) -> None:
    """Do what the worker does every ten minutes; what it made lasts for fifteen."""
    engine = make_engine(database.url, role=WORKER)
    with session_for(make_sessions(engine), SYSTEM) as session:
        keep_boards(session, today=today_in_amsterdam(), also=[fairness_rows])
    engine.dispose()


def _fill_and_tell(database: Database, children: int, families: int) -> None:
    begin = perf_counter()
    fill(database, children, families)
    print(f"filled with {children:,} × {families:,} in {perf_counter() - begin:.0f} s", flush=True)


def fill(database: Database, children: int, families: int) -> None:
    """Bring a drawn region in by its five exports and match it; the tables are analysed."""
    order = make_order(children=children, families=families, seed=1, peildatum=DAY, fouten=0)
    with tempfile.TemporaryDirectory() as folder, Steps(Console(quiet=True)) as steps:
        write_region(draw_region(order), Path(folder) / "regio")
        read = load_folder(
            database, Path(folder) / "regio", settings=load_settings(), day=None, steps=steps
        )
        policy, day = load_policy("maximaal"), read.snapshot_day
        run_match(database, policy, snapshot_day=day, seed=0, steps=steps)
    work_out_calls(database)
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # As autovacuum would within minutes; else it does so while pages are measured.
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
