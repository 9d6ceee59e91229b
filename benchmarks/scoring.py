"""Rules and scores of a country, three ways in one run; writes the table.

Run: `.venv/bin/python -m benchmarks.scoring [--quick]`. Every way runs in a process of its own, so
that the peak of its memory is its own (drawing the country included, which is not timed). The
Pydantic loop takes a sample of the children, and its time is multiplied (making its models is not
timed); so is that of the service's own plain code, which asks every rule for every pair.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from app.matching.pairs import find_pairs
from app.matching.policy import load_policy
from app.matching.problem import Ints, Problem
from app.matching.risk.score import score_by_factor, score_pairs
from app.matching.risk.weights import load_weights
from app.matching.rules import RULES
from benchmarks.balltree import score_by_balltree
from benchmarks.country import draw_country
from benchmarks.measured import keep
from benchmarks.page import write_page
from benchmarks.pydantic_loop import score_by_loop
from benchmarks.pydantic_models import Child, Family, read_children, read_families

COUNTRY, QUICK = (20_000, 14_000), (2_000, 1_400)
POLICY, WEIGHTS = load_policy("maximaal"), load_weights()
WITHIN_KM = 50.0
SAMPLED = 50  # children, for the ways that would take too long
MADE: dict[int, tuple[list[Child], list[Family], float]] = {}
Timed = tuple[int, float]  # pairs found, and by how much the time is to be multiplied


@dataclass(frozen=True, slots=True)
class Row:
    """One way. ratio: CPU against that of the service for the same pairs."""

    method: str
    reach: str
    children: int
    families: int
    pairs: int
    cpu: float
    wall: float
    peak_mib: float
    sampled: bool
    ratio: float = 1.0


def main() -> None:
    """Measure every way, print the table, and keep it."""
    quick = "--quick" in sys.argv
    if "--one" in sys.argv:
        at = sys.argv.index("--one")
        print(json.dumps(asdict(measure_one(sys.argv[at + 1], QUICK if quick else COUNTRY))))
        return
    rows = [_in_a_process(name, quick=quick) for name in WAYS]
    service = {row.reach: row.cpu for row in rows if row.method == OURS}
    rows = [replace(row, ratio=round(row.cpu / service[row.reach], 1)) for row in rows]
    Console(width=120).print(_table(rows))
    if not quick:
        keep("scoring", rows)
        write_page()


def measure_one(name: str, size: tuple[int, int]) -> Row:
    """Time one way in this process, after a warm run on a small country."""
    method, reach, work = WAYS[name]
    work(draw_country(60, 60, seed=2))  # imports and first calls are no part of it
    problem = draw_country(*size, seed=1)
    if name == "loop":
        _models(problem)
    start, clock = perf_counter(), process_time()
    pairs, times = work(problem)
    cpu, wall = process_time() - clock, perf_counter() - start
    return Row(
        method=method,
        reach=reach,
        children=size[0],
        families=size[1],
        pairs=pairs,
        cpu=round(cpu * times, 2),
        wall=round(wall * times, 2),
        peak_mib=round(getrusage(RUSAGE_SELF).ru_maxrss / 1024),
        sampled=times > 1,
    )


def _ours(within_km: float | None) -> Callable[[Problem], Timed]:
    def work(problem: Problem) -> Timed:
        pairs = find_pairs(problem, POLICY, within_km=within_km)
        return len(score_pairs(problem, pairs.child, pairs.family, WEIGHTS)), 1.0

    return work


def _balltree(problem: Problem) -> Timed:
    return len(score_by_balltree(problem, POLICY, WEIGHTS, WITHIN_KM)), 1.0


def _sample(problem: Problem) -> tuple[Ints, float]:
    """Return some children, evenly spread, and how many times as many there are."""
    step = max(1, len(problem.children) // SAMPLED)
    found = np.arange(0, len(problem.children), step, dtype=np.int64)
    return found, len(problem.children) / len(found)


def _loop(problem: Problem) -> Timed:
    kids, homes, times = _models(problem)
    found = score_by_loop(kids, homes, WEIGHTS)
    return round(len(found) * times), times


def _models(problem: Problem) -> tuple[list[Child], list[Family], float]:
    """Return the models of a sample of children and of all families, made once a country."""
    if id(problem) not in MADE:
        children, times = _sample(problem)
        kids = read_children(problem, POLICY, WEIGHTS, children.tolist())
        MADE[id(problem)] = kids, read_families(problem, WEIGHTS), times
    return MADE[id(problem)]


def _plain(problem: Problem) -> Timed:
    children, times = _sample(problem)
    families = np.arange(len(problem.families), dtype=np.int64)
    is_open = np.ones((len(children), len(families)), dtype=np.bool_)
    for rule in RULES:
        is_open &= ~rule.refuses(problem, POLICY, children[:, None], families[None, :])
    row, family = np.nonzero(is_open)
    score_by_factor(problem, children[row], family, WEIGHTS)
    return round(len(row) * times), times


OURS, NEAR, FAR = "deze dienst", f"binnen {WITHIN_KM:.0f} km", "alle afstanden"
WAYS: dict[str, tuple[str, str, Callable[[Problem], Timed]]] = {
    "near": (OURS, NEAR, _ours(WITHIN_KM)),
    "balltree": ("BallTree en NumPy", NEAR, _balltree),
    "far": (OURS, FAR, _ours(None)),
    "plain": ("regel voor regel, NumPy", FAR, _plain),
    "loop": ("lus met Pydantic", FAR, _loop),
}


def _in_a_process(name: str, *, quick: bool) -> Row:
    words = [sys.executable, "-m", "benchmarks.scoring", *["--quick"] * quick, "--one", name]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return Row(**json.loads(done.stdout))


def _table(rows: list[Row]) -> Table:
    table = Table(
        "manier", "bereik", "kinderen", "gezinnen", "paren", "CPU (s)", "wand (s)", "piek (MiB)",
        "steekproef", "maal",
    )  # fmt: skip
    for row in rows:
        table.add_row(*map(str, asdict(row).values()))
    return table


if __name__ == "__main__":
    main()
