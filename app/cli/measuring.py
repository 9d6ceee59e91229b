"""What `serve` and `worker` share: a port on which Prometheus reads the figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from app.cli.console import ERR
from app.db.opened import Database
from app.telemetry.exposed import exposed, measures_along
from app.telemetry.figures import admit_words, read_figures

PORT_VARIABLE = "PLEEGZORG_MEETPOORT"

MeasurePort = Annotated[
    int | None,
    typer.Option(
        "--meetpoort",
        envvar=PORT_VARIABLE,
        help="Poort waarop Prometheus de cijfers leest (/metrics); houd hem binnen.",
        min=0,
        max=65535,
    ),
]
MeasureHost = Annotated[
    str,
    typer.Option(
        "--meetadres", envvar="PLEEGZORG_MEETADRES", help="Adres waarop die poort luistert."
    ),
]


@contextmanager
def measured(database: Database, port: int | None, *, host: str, together: bool) -> Iterator[None]:
    """Let the figures of this process be read, where a port is given, until the end of the block.

    together: those of the processes that are begun in the block count along.
    """
    admit_words()
    if port is None:
        measures_along()
        yield
        return
    read = partial(read_figures, database.sessions)
    with exposed(port, read, host=host, together=together) as found:
        ERR.print(f"De cijfers staan op http://{host}:{found}/metrics.")
        yield
