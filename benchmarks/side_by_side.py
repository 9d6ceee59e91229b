"""This engine beside five others on the work that each can do, in one run.

Run: `.venv/bin/python -m benchmarks.side_by_side [--quick]`. One to one: scipy, lapx and ours find
the same least cost. With siblings and places: plain HiGHS and plain CP-SAT get all pairs and one
weighted sum of the goals; ours ranks the goals, proves each, breaks ties and checks the plan.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from app.matching.columns import list_columns
from app.matching.couplings import list_couplings
from app.matching.face import first_face
from app.matching.goals import Case, count_worths, ranked_goals
from app.matching.one_to_one import assign
from app.matching.policy import load_policy
from app.matching.solve import solve
from app.matching.stretches import mix_gently
from benchmarks.measured import Measured, keep, measure
from benchmarks.national import draw_problem
from benchmarks.page import write_page
from benchmarks.plain import cp_sat, highs

CANDIDATES, SPARSE, DENSE = 50, 20_000, 1_000
SIBLINGS = (500, 2_000)
OURS = "deze dienst"
CP_SAT_LIMIT = 60.0  # seconds; it has no proof by then at 2,000 children


@dataclass(frozen=True, slots=True)
class Row:
    """One method on one piece of work."""

    work: str
    method: str
    cpu: float
    wall: float
    ratio: float  # CPU against the best of the others
    outcome: str


def main() -> None:
    """Measure everything, print the table and keep it."""
    quick = "--quick" in sys.argv
    runs = 1 if quick else 3
    rows = [*_one_to_one("dun 20k", _sparse(), runs), *_one_to_one("dicht 1k", _dense(), runs)]
    for children in SIBLINGS[: 1 if quick else None]:
        rows += _with_siblings(children, runs)
    table = Table("werk", "methode", "CPU (s)", "wand (s)", "maal de beste andere", "uitkomst")
    for row in rows:
        table.add_row(
            row.work, row.method, str(row.cpu), str(row.wall), f"{row.ratio:.2f}", row.outcome
        )
    Console(width=120).print(table)
    if not quick:
        keep("side_by_side", rows)
        write_page()


def _rows(work: str, methods: dict[str, Callable[[], object]], runs: int) -> list[Row]:
    found: dict[str, Measured] = {name: measure(call, runs) for name, call in methods.items()}
    best = min(measured.cpu for name, measured in found.items() if name != OURS)
    return [
        Row(work, name, one.cpu, one.wall, round(one.cpu / max(best, 1e-9), 2), one.outcome)
        for name, one in found.items()
    ]


def _sparse() -> tuple[Any, Any, Any, int]:
    """Draw 50 candidates for each of 20,000, one of them from a hidden full assignment."""
    rng = np.random.default_rng(1)
    hidden = rng.permutation(SPARSE)[:, None]
    right = np.concatenate([hidden, rng.integers(0, SPARSE, (SPARSE, CANDIDATES - 1))], axis=1)
    key = np.unique(np.repeat(np.arange(SPARSE), CANDIDATES) * SPARSE + right.ravel())
    return key // SPARSE, key % SPARSE, rng.integers(1, 1_000_000, len(key)), SPARSE


def _dense() -> tuple[Any, Any, Any, int]:
    left, right = np.divmod(np.arange(DENSE * DENSE), DENSE)
    cost = np.random.default_rng(2).integers(1, 1_000_000, DENSE * DENSE)
    return left, right, cost, DENSE


def _one_to_one(work: str, pairs: tuple[Any, Any, Any, int], runs: int) -> list[Row]:
    import lap
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    left, right, cost, size = pairs
    weight = cost.astype(np.float64)

    def scipy_sparse() -> int:
        matrix = csr_matrix((weight, (left, right)), shape=(size, size))
        return int(matrix[min_weight_full_bipartite_matching(matrix)].sum())

    def scipy_dense() -> int:
        square = cost.reshape(size, size)
        return int(square[linear_sum_assignment(square)].sum())

    def lapx() -> int:
        if len(cost) == size * size:
            return int(lap.lapjv(weight.reshape(size, size))[0])
        first = np.searchsorted(left, np.arange(size + 1)).astype(np.int32)
        return int(lap.lapmod(size, weight, first, right.astype(np.int32))[0])

    methods: dict[str, Callable[[], object]] = {
        "scipy min_weight_full_bipartite_matching": scipy_sparse,
        "lapx": lapx,
        OURS: lambda: assign(left, right, cost, size).cost,
    }
    if len(cost) == size * size:
        methods = {"scipy linear_sum_assignment": scipy_dense, **methods}
    return _rows(work, methods, runs)


def _with_siblings(children: int, runs: int) -> list[Row]:
    problem, pairs = draw_problem(children, CANDIDATES, seed=1)
    policy = load_policy("maximaal")
    columns = list_columns(problem, pairs, policy)
    goals = ranked_goals(policy)[: len(policy.goals)]
    worths = count_worths(Case(problem, pairs, policy), columns, goals)
    mix = mix_gently(worths)
    assert mix is not None
    rows = first_face(list_couplings(problem, columns)).rows

    def ours() -> str:
        plan = solve(problem, pairs, policy)
        chances = next(goal for goal in plan.goals if goal.code == "breakdowns")
        return f"{int((plan.family >= 0).sum())} geplaatst, {chances.value} ({plan.proof})"

    methods: dict[str, Callable[[], object]] = {
        "HiGHS (MathOpt)": lambda: highs(rows, mix.worth, worths),
        "CP-SAT (MathOpt)": lambda: cp_sat(rows, mix.worth, worths, CP_SAT_LIMIT),
        OURS: ours,
    }
    return _rows(f"{children} met broers en zussen", methods, runs)


if __name__ == "__main__":
    main()
