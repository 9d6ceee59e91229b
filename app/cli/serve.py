"""`pleegzorg serve`: the HTTP service, on request with a worker beside it."""

from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from app.cli.beside import WorkerBeside
from app.cli.console import tell_person
from app.cli.measuring import MeasureHost, MeasurePort, measured
from app.cli.options import DatabaseUrl
from app.cli.prepare import prepare_reference
from app.cli.serving import read_tls, run_many, run_one
from app.db.opened import open_database, require_humble
from app.db.patience import OF_A_REQUEST
from app.log.events import Event
from app.log.foreign import take_over
from app.log.write import log
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(command)


def command(
    host: Annotated[str, typer.Option(help="Adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort om op te luisteren.")] = 8000,
    *,
    with_worker: Annotated[
        bool, typer.Option("--with-worker", help="Start ook een worker, voor één machine.")
    ] = False,
    processes: Annotated[
        int,
        typer.Option("--processen", min=1, max=64, help="Zoveel processen nemen verzoeken aan."),
    ] = 1,
    certificate: Annotated[
        Path | None,
        typer.Option("--tls-certificaat", help="PEM-bestand; dan spreekt de API zelf TLS."),
    ] = None,
    key: Annotated[Path | None, typer.Option("--tls-sleutel", help="De sleutel daarbij.")] = None,
    measure_port: MeasurePort = None,
    measure_host: MeasureHost = "127.0.0.1",
    database_url: DatabaseUrl = None,
) -> None:
    """Start de API; zonder PLEEGZORG_ISSUER gelden tokens van deze machine (pleegzorg token)."""
    take_over()
    settings = load_settings()
    tls = read_tls(certificate, key)
    together = processes > 1 or with_worker
    with (
        open_database(settings, url=database_url, patience=OF_A_REQUEST) as database,
        measured(database, measure_port, host=measure_host, together=together),
    ):
        require_humble(database, settings)
        prepare_reference(database)
        tell_person(
            f"De API luistert op {'https' if tls else 'http'}://{host}:{port}/v1 (stoppen: Ctrl-C)."
        )
        log(Event.SERVICE_STARTED, port=port, version=version("pleegzorg"))
        with WorkerBeside(database_url) if with_worker else nullcontext():
            if processes == 1:
                run_one(database, host=host, port=port, tls=tls)
            else:
                run_many(database, host=host, port=port, processes=processes, tls=tls)
