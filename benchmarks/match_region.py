"""How long a match takes on data already loaded, and where the time goes.

Run: `.venv/bin/python -m benchmarks.match_region [CHILDREN FAMILIES]`; without numbers on the
example region of the tests. Prints the median of five runs through database and services.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from app.cli.example import make_order
from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching.policy import load_policy
from app.models import MatchRun
from app.settings import load_settings
from app.simulation.folder import write_region
from app.simulation.order import Order
from app.simulation.region import draw_region

REGION = Path(__file__).parents[1] / "tests" / "data" / "regio-1"
RUNS = 5
QUIET = Console(quiet=True)


def main() -> None:
    """Measure both policies on one region."""
    with tempfile.TemporaryDirectory() as made:
        folder = REGION if len(sys.argv) < 3 else _draw(Path(made) / "regio")
        _measure(folder)


def _draw(folder: Path) -> Path:
    order: Order = make_order(
        children=int(sys.argv[1]), families=int(sys.argv[2]), seed=1,
        peildatum="2026-11-01", fouten=0,
    )  # fmt: skip
    write_region(draw_region(order), folder)
    return folder


def _measure(folder: Path) -> None:
    table = Table("beleid", "lezen tot bewaren (s)", "regels", "kansen", "plan", "uitleg", "bewijs")
    with open_throwaway(load_settings()) as database, Steps(QUIET) as steps:
        loaded = load_folder(database, folder, settings=load_settings(), day=None, steps=steps)
        for name in ("maximaal", "zorgvuldig"):
            walls, runs = [], []
            for _ in range(RUNS):
                start = time.perf_counter()
                run_id = run_match(
                    database, load_policy(name), snapshot_day=loaded.snapshot_day, seed=0,
                    steps=steps,
                )  # fmt: skip
                walls.append(time.perf_counter() - start)
                with session_for(database.sessions, SYSTEM) as session:
                    run = session.get_one(MatchRun, run_id)
                    runs.append((run.seconds, run.proof))
            parts = [
                f"{median(seconds[step] for seconds, _ in runs):.3f}"
                for step in ("regels", "kansen", "plan", "uitleg")
            ]
            table.add_row(name, f"{median(walls):.2f}", *parts, runs[-1][1])
    Console().print(folder.name, table)


if __name__ == "__main__":
    main()
