"""How time, memory and the proof grow with the number of children; writes the table and the plot.

Run: `.venv/bin/python -m benchmarks.growth [--quick]`. Every size runs in a process of its own, so
that the peak of its memory is its own; the peak includes drawing the problem.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from app.matching.plan import GoalValue, Plan
from app.matching.policy import load_policy
from app.matching.solve import solve
from benchmarks.measured import keep
from benchmarks.national import draw_problem
from benchmarks.page import write_page
from benchmarks.plot import draw_plot

SIZES = (120, 500, 2_000, 5_000, 20_000)
QUICK = (120, 500)
CANDIDATES = 41
PLOT = Path(__file__).parents[1] / "docs" / "growth.svg"


@dataclass(frozen=True, slots=True)
class Grown:
    """One size. gaps: per goal, how far the bound is from the value, in the goal's unit."""

    children: int
    families: int
    pairs: int
    cpu: float
    wall: float
    peak_mib: float
    placed: int
    placed_at_most: int
    breakdowns: float
    breakdowns_at_least: float
    proof: str


def main() -> None:
    """Measure every size, print the table, and keep it with its plot."""
    if "--one" in sys.argv:
        print(json.dumps(asdict(measure_one(int(sys.argv[-1])))))
        return
    quick = "--quick" in sys.argv
    rows = [_in_a_process(size) for size in (QUICK if quick else SIZES)]
    Console(width=120).print(_table(rows))
    if not quick:
        keep("growth", rows)
        PLOT.write_text(draw_plot([(row.children, row.cpu, row.peak_mib) for row in rows]))
        write_page()


def measure_one(children: int) -> Grown:
    """Solve one drawn problem under policy `maximaal` in this process."""
    policy = load_policy("maximaal")
    warm, few = draw_problem(20, 5, seed=1)
    solve(warm, few, policy)  # loading the solver is no part of the growth
    problem, pairs = draw_problem(children, min(CANDIDATES, children // 3), seed=1)
    start, clock = perf_counter(), process_time()
    plan = solve(problem, pairs, policy)
    cpu, wall = process_time() - clock, perf_counter() - start
    chances = _goal(plan, "breakdowns")
    tiers = [_goal(plan, f"{tier}_geplaatst") for tier in ("crisis", "spoed", "regulier")]
    return Grown(
        children=children,
        families=len(problem.families),
        pairs=len(pairs),
        cpu=round(cpu, 2),
        wall=round(wall, 2),
        peak_mib=round(getrusage(RUSAGE_SELF).ru_maxrss / 1024),
        placed=int((plan.family >= 0).sum()),
        placed_at_most=int(sum(tier.bound for tier in tiers)),
        breakdowns=chances.value,
        breakdowns_at_least=chances.bound,
        proof=str(plan.proof),
    )


def _goal(plan: Plan, code: str) -> GoalValue:
    return next(goal for goal in plan.goals if goal.code == code)


def _in_a_process(size: int) -> Grown:
    words = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return Grown(**json.loads(done.stdout))


def _table(rows: list[Grown]) -> Table:
    table = Table(
        "kinderen", "gezinnen", "paren", "CPU (s)", "wand (s)", "piek (MiB)",
        "geplaatst", "hooguit", "breakdowns", "minstens", "bewijs",
    )  # fmt: skip
    for row in rows:
        table.add_row(*map(str, asdict(row).values()))
    return table


if __name__ == "__main__":
    main()
