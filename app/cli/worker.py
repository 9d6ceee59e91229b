"""`pleegzorg worker`: performs queued jobs, or says whether a worker is alive."""

import os
import signal
import sys
import threading
from typing import Annotated

import typer

from app.cli.console import ERR, tell_person
from app.cli.measuring import MeasureHost, MeasurePort, measured
from app.cli.options import DatabaseUrl
from app.db.opened import Database, open_database, require_humble
from app.db.roles import WORKER
from app.db.session import session_for
from app.jobs import is_worker_alive
from app.kernel.actor import SYSTEM
from app.kernel.errors import InputRefused
from app.log.foreign import take_over
from app.settings import load_settings
from app.telemetry.running import traced
from app.worker import Times, run_worker

_USUAL = Times()

Heartbeat = Annotated[
    float,
    typer.Option(
        "--hartslag",
        envvar="PLEEGZORG_WORKER_HARTSLAG",
        help="Om de hoeveel seconden de worker een teken van leven geeft.",
        min=0.1,
        max=60,
    ),
]
LostAfter = Annotated[
    float,
    typer.Option(
        "--kwijt-na",
        envvar="PLEEGZORG_WORKER_KWIJT_NA",
        help="Na hoeveel seconden zonder teken van leven een ander zijn werk overneemt.",
        min=0.3,
        max=600,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worker")(command)


def command(
    *,
    once: Annotated[
        bool, typer.Option("--eenmalig", help="Stop zodra de wachtrij leeg is.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--controleer", help="Zeg alleen of er een worker leeft.")
    ] = False,
    heartbeat: Heartbeat = _USUAL.heartbeat,
    lost_after: LostAfter = _USUAL.lost_after,
    stop_with_input: Annotated[bool, typer.Option("--stop-met-invoer", hidden=True)] = False,
    measure_port: MeasurePort = None,
    measure_host: MeasureHost = "127.0.0.1",
    database_url: DatabaseUrl = None,
) -> None:
    """Voer wachtend werk uit: matchruns en imports."""
    times = _times(heartbeat, lost_after)
    if not check:
        take_over()
    settings = load_settings()
    with open_database(settings, url=database_url, role=WORKER) as database:
        require_humble(database, settings)
        if check:
            raise typer.Exit(_check(database, times))
        if stop_with_input:
            threading.Thread(target=_stop_with_input, daemon=True).start()
        else:
            tell_person("De worker wacht op werk (stoppen: Ctrl-C).")
        with (
            measured(database, measure_port, host=measure_host, together=False),
            traced(load_settings(), database.sessions),
        ):
            run_worker(database, wait=not once, times=times)


def _times(heartbeat: float, lost_after: float) -> Times:
    if lost_after < 3 * heartbeat:
        raise InputRefused(
            "--kwijt-na is te kort: geef ten minste drie keer --hartslag, anders verliest een "
            "worker zijn werk terwijl hij nog bezig is."
        )
    return Times(heartbeat=heartbeat, lost_after=lost_after)


def _check(database: Database, times: Times) -> int:
    with session_for(database.sessions, SYSTEM) as session:
        is_alive = is_worker_alive(session, lost_after=times.lost_after)
    ERR.print("Er leeft een worker." if is_alive else "Er leeft geen worker: start hem opnieuw.")
    return 0 if is_alive else 1


def _stop_with_input() -> None:
    # Whoever started this worker holds the other end: when that ends, however, so does this.
    # Not through the buffer of Python: at its end a thread in it breaks the process.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
