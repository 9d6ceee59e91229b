"""`pleegzorg simulate`: a made-up region over a year, policies side by side on the same chance."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.cli.console import ERR, OUT
from app.cli.example import MOST_CHILDREN, MOST_FAMILIES, SNAPSHOT_DAY
from app.cli.executors.choose import ExecutorName, ExecutorOption, open_executor
from app.cli.learnt import LEARNT, count_placements, run_learnt
from app.cli.steps import Steps
from app.cli.written import require_writable, write_text
from app.kernel.errors import InputRefused
from app.matching.policy import Policy, load_policy
from app.matching.risk.weights import DEFAULT, Weights, load_weights
from app.simulation.year.choosers import CHOOSERS
from app.simulation.year.page import (
    MEASURES_FILE,
    WAITING_FILE,
    WARNING,
    Report,
    as_html,
    as_markdown,
    differences,
    levels,
)
from app.simulation.year.plot import draw_measures, draw_waiting
from app.simulation.year.run import Task, run_replication
from app.simulation.year.summary import Outcome, summarise
from app.simulation.year.world import YearOrder

REFERENCE = "dit systeem"
_MOST_REPLICATIONS, _MOST_WEEKS = 1_000, 520


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate")(command)


def command(
    out: Annotated[Path, typer.Option("--out", help="Nieuwe of lege map.", metavar="MAP")],
    *,
    replications: Annotated[int, typer.Option(help="Aantal herhalingen, elk een regio.")] = 30,
    seed: Annotated[int, typer.Option(help="Zaad van de eerste herhaling.", min=0)] = 1,
    weeks: Annotated[int, typer.Option(help="Aantal weken.")] = 52,
    children: Annotated[int, typer.Option(help="Wachtende kinderen bij het begin.")] = 120,
    families: Annotated[int, typer.Option(help="Pleeggezinnen bij het begin.")] = 220,
    arrivals: Annotated[int, typer.Option(help="Aanmeldingen per jaar.")] = 240,
    policy: Annotated[str, typer.Option(help="Naam of bestand van het beleid.")] = "maximaal",
    weights: Annotated[
        str,
        typer.Option(
            help=f"Gewichten van de score; '{LEARNT}' leert ze per herhaling uit een verleden.",
            metavar=f"{LEARNT}|NAAM|BESTAND",
        ),
    ] = DEFAULT,
    executor: ExecutorOption = ExecutorName.LOCAL,
) -> None:
    """Speel een verzonnen regio een jaar na, vijf manieren van plaatsen naast elkaar."""
    _check(replications, "--replications", 1, _MOST_REPLICATIONS)
    _check(weeks, "--weeks", 1, _MOST_WEEKS)
    _check(children, "--children", 1, MOST_CHILDREN)
    _check(arrivals, "--arrivals", 0, MOST_CHILDREN)
    _check(families, "--families", 5, MOST_FAMILIES)
    learns = weights == LEARNT
    chosen, scoring = load_policy(policy), load_weights(DEFAULT if learns else weights)
    require_folder(out)
    order = YearOrder(children, families, arrivals, weeks, seed, SNAPSHOT_DAY)
    outcomes = run_all(order, replications, chosen, scoring, executor=executor, learns=learns)
    report = Report(
        order=order,
        replications=replications,
        lines=summarise(outcomes, reference=REFERENCE),
        reference=REFERENCE,
        policy=f"{chosen.name} ({chosen.version})",
        weights=_told(scoring, order, learns=learns),
    )
    write_pages(out, report, outcomes)
    _print(report)
    OUT.print(f"\nDe hele uitkomst staat in {out / 'index.html'}.", soft_wrap=True)


def _told(weights: Weights, order: YearOrder, *, learns: bool) -> str:
    if not learns:
        return weights.version
    return (
        f"{LEARNT}, per herhaling uit {count_placements(order)} verzonnen plaatsingen, vanuit "
        f"{weights.version}"
    )


def require_folder(out: Path) -> None:
    """Make the folder; raises InputRefused, before any work, where that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InputRefused(
            "De map van --out kan niet worden gemaakt: geef een map waarin u mag schrijven."
        ) from error
    require_writable(out / "index.html")


def run_all(
    order: YearOrder,
    replications: int,
    policy: Policy,
    weights: Weights,
    *,
    executor: ExecutorName,
    learns: bool = False,
) -> list[Outcome]:
    """Return what each replication came to, in order of seed; learns: on weights of its own."""
    tasks = [
        Task(replace(order, seed=order.seed + nth), policy.text, weights.text, tuple(CHOOSERS))
        for nth in range(replications)
    ]
    outcomes: list[Outcome] = []
    with (
        open_executor(executor) as where,
        Steps(ERR) as steps,
        steps.step("Herhalingen", total=replications) as advance,
    ):
        for outcome in where.run(run_learnt if learns else run_replication, tasks):
            outcomes.append(outcome)
            advance(len(outcomes))
    return outcomes


def write_pages(out: Path, report: Report, outcomes: list[Outcome]) -> None:
    """Write the page as HTML and Markdown, its drawings, and the figures as JSON."""
    write_text(out / WAITING_FILE, draw_waiting(report.lines, title="Simulatie: wie er wacht"))
    write_text(out / MEASURES_FILE, draw_measures(report.lines, title="Simulatie: elke maat"))
    write_text(out / "simulatie.md", as_markdown(report))
    figures = json.dumps(as_json(report, outcomes), ensure_ascii=False, indent=1)
    write_text(out / "uitkomsten.json", figures + "\n")
    write_text(out / "index.html", as_html(report))


def as_json(report: Report, outcomes: list[Outcome]) -> dict[str, Any]:
    """Return all figures of all replications."""
    return {
        "letOp": WARNING,
        "opzet": report.setting(),
        "order": {**asdict(report.order), "start": report.order.start.isoformat()},
        "herhalingen": [
            {
                "zaad": outcome.seed,
                "manieren": {
                    name: {
                        "maten": dict(figures.value),
                        "slechtsteGroep": figures.worst,
                        "wachtendPerWeek": list(outcome.waiting[name]),
                    }
                    for name, figures in outcome.figures.items()
                },
            }
            for outcome in outcomes
        ],
    }


def _print(report: Report) -> None:
    OUT.print(f"[bold]{WARNING}[/]\n", soft_wrap=True)
    OUT.print(report.setting(), soft_wrap=True)
    tables = (
        ("Gemiddeld, met 95%-interval", levels(report)),
        (f"Gepaard verschil met '{report.reference}' (* 0 ligt erbuiten)", differences(report)),
    )
    for title, (head, *rows) in tables:
        table = Table(title=title)
        for column, name in enumerate(head):
            table.add_column(name, justify="right" if column else "left")
        for row in rows:
            table.add_row(*row)
        OUT.print(table)


def _check(value: int, option: str, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InputRefused(
            f"{option} moet tussen {low} en {high} liggen: kies een aantal binnen die grenzen."
        )
