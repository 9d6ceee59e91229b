"""`pleegzorg match`: a folder of exports in, checked and explained proposals out."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.arrivals import read_arrivals
from app.cli.console import ERR, OUT
from app.cli.executors.choose import ExecutorName, ExecutorOption, open_executor
from app.cli.options import DatabaseUrl, DayOption, parse_day
from app.cli.previous import read_previous
from app.cli.region import load_folder, require_folder, run_match
from app.cli.steps import Steps
from app.cli.table import print_result
from app.cli.weights import WeightsWish, choose_weights
from app.cli.written import require_writable, write_text
from app.db.migrate import migrate
from app.db.opened import (
    Database,
    is_database_current,
    open_database,
    open_throwaway,
    parse_url,
)
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching.policy import load_policy
from app.matching.risk.chunks import in_pieces
from app.proposals.queries import find_run
from app.proposals.report import build_report
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("match")(command)


def command(
    data: Annotated[Path, typer.Option("--data", help="Map met de vijf exports.", metavar="MAP")],
    out: Annotated[Path, typer.Option("--out", help="JSON om te schrijven.", metavar="BESTAND")],
    *,
    peildatum: DayOption = None,
    policy: Annotated[str, typer.Option(help="Naam of bestand van het beleid.")] = "zorgvuldig",
    seed: Annotated[int, typer.Option(help="Zaad; kiest nooit tussen gezinnen.", min=0)] = 0,
    weights: Annotated[
        str | None,
        typer.Option(
            help="Gewichten om te gebruiken, in plaats van die uit de historie in de map.",
            metavar="NAAM|BESTAND",
        ),
    ] = None,
    no_learning: Annotated[
        bool,
        typer.Option("--no-learning", help="Leer niet van plaatsingen: houd de literatuur aan."),
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(
            help="Eerdere voorstellen (JSON van deze opdracht), voor een beleid met een prijs per "
            "veranderd voorstel; anders de laatste run in de database.",
            metavar="BESTAND",
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    executor: ExecutorOption = ExecutorName.LOCAL,
) -> None:
    """Lees een regio, match, en schrijf de voorstellen met hun redenen."""
    require_folder(data)
    require_writable(out)
    report = match_folder(
        data,
        policy=policy,
        peildatum=peildatum,
        seed=seed,
        database_url=database_url,
        wish=WeightsWish(weights, learns=not no_learning),
        executor=executor,
        previous=previous,
    )
    write_json(out, report)
    print_result(report, OUT)
    OUT.print(f"\nAlles staat in {out}.")


def match_folder(
    data: Path,
    *,
    policy: str,
    peildatum: str | None,
    seed: int,
    database_url: str | None,
    wish: WeightsWish = WeightsWish(),  # noqa: B008  frozen
    executor: ExecutorName = ExecutorName.LOCAL,
    previous: Path | None = None,
) -> dict[str, Any]:
    """Load a folder and match it; return the report."""
    chosen, day, settings = load_policy(policy), parse_day(peildatum), load_settings()
    wish.check()
    published = read_previous(previous, chosen) if previous else None
    with (
        open_executor(executor) as where,
        Steps(ERR) as steps,
        open_for_match(database_url, steps) as database,
    ):
        loaded = load_folder(database, data, settings=settings, day=day, steps=steps)
        weights = choose_weights(wish, data, until=loaded.snapshot_day, steps=steps)
        run_id = run_match(
            database,
            chosen,
            snapshot_day=loaded.snapshot_day,
            seed=seed,
            steps=steps,
            weights=weights,
            scorer=in_pieces(where.run),
            published=published,
            past=read_arrivals(data, chosen, loaded.snapshot_day),
        )
        with session_for(database.sessions, SYSTEM) as session:
            report = build_report(session, find_run(session, run_id))
    ERR.print(f"Peildatum: {loaded.snapshot_day.isoformat()} ({loaded.day_source}).")
    return report


def write_json(out: Path, report: dict[str, Any]) -> None:
    """Write the report whole or not at all; raises InputRefused when it cannot be written."""
    write_text(out, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def open_for_match(url: str | None, steps: Steps) -> Iterator[Database]:
    """Open the database at an address, made current; without one a fresh one, thrown away."""
    settings = load_settings()
    with ExitStack() as stack:
        with steps.step("Database klaarzetten"):
            if url is not None and not is_database_current(parse_url(url)):
                migrate(parse_url(url))
            opened = open_throwaway(settings) if url is None else open_database(settings, url=url)
            database = stack.enter_context(opened)
        yield database
