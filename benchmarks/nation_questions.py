"""Questions to the plan of a country: alternatives of a child, one place more; beside a solve.

Run: `.venv/bin/python -m benchmarks.nation_questions [--quick]`. All in one process and one run, so
that the ratios are of the same moment; CPU milliseconds: medians, 95th percentiles and the slowest.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import median
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from app.kernel.errors import Conflict
from app.matching.explain.case import Case
from app.matching.pairs import EligiblePairs
from app.matching.policy import load_policy
from app.matching.problem import Problem
from app.matching.questions.alternatives import find_alternatives
from app.matching.questions.difference import Difference
from app.matching.questions.incremental import Incremental, Wanted
from app.matching.questions.price import Pricer
from app.matching.questions.whatif import Change, ChangePlaces, Forbid, Pin, ask_what_if
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from app.matching.rules import RULES
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from benchmarks.measured import keep
from benchmarks.national import draw_problem
from benchmarks.page import write_page

CHILDREN, QUICK, CANDIDATES = 20_000, 3_000, 41
CHILDREN_ASKED, CHANGES = 400, 100
POLICY = "maximaal"


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question. typical (median), p95 and slowest: CPU milliseconds. ratio: a solve to
    a typical one.

    found: what the answers came to, in words.
    """

    question: str
    asked: int
    typical: float
    p95: float
    slowest: float
    ratio: float
    found: str


def main() -> None:
    """Solve once, ask, print the table and keep it."""
    quick = "--quick" in sys.argv
    rows = measure_questions(QUICK if quick else CHILDREN)
    table = Table(
        "vraag", "aantal", "CPU (ms)", "p95 (ms)", "traagste (ms)", "keer zo snel", "uitkomst"
    )
    for row in rows:
        table.add_row(
            row.question, str(row.asked), str(row.typical), str(row.p95), str(row.slowest),
            f"{row.ratio:,.0f}", row.found,
        )  # fmt: skip
    Console(width=140).print(table)
    if not quick:
        keep("nation_questions", rows)
        write_page()


def measure_questions(children: int) -> list[Asked]:
    """Return how long each kind of question to one plan of so many children takes."""
    problem, pairs = draw_problem(children, CANDIDATES, seed=1)
    start = process_time()
    case = _case(problem, pairs)
    whole = process_time() - start
    rows = [_row("het plan zelf", [whole], whole, str(case.plan.proof))]
    start = process_time()
    shared = Incremental(case)
    ready = process_time() - start
    rows.append(_row("wat-als gereedmaken, een keer", [ready], whole, ""))
    for name, changes in _changes(case).items():
        rows.append(_ask_changes(name, case, shared, changes, whole=whole))
    return [*rows, *_ask_alternatives(case, whole)]


def _case(problem: Problem, pairs: ScoredPairs) -> Case:
    policy = load_policy(POLICY)
    plan = solve(problem, pairs, policy)
    refused = np.zeros((len(problem.children), len(RULES)), dtype=np.int64)
    eligible = EligiblePairs(pairs.child, pairs.family, refused, RULES)
    made = score(problem, eligible, load_weights())  # drawn chances stand in for these
    return Case(problem, eligible, replace(made, scored=pairs), plan, policy)


def _changes(case: Case) -> dict[str, list[Change]]:
    """Return drawn changes of each kind; pins and forbidden families of children alone."""
    rng, plan, pairs = np.random.default_rng(1), case.plan, case.scores.scored
    open_homes = np.flatnonzero(case.problem.families.free_places > 0)
    homes = rng.choice(open_homes, CHANGES, replace=False).tolist()
    alone = np.flatnonzero((case.siblings.of_child < 0) & (plan.family >= 0))
    alone = alone[~np.isin(alone, case.problem.kept_apart)]
    kids = rng.choice(alone, CHANGES, replace=False).tolist()
    bounds = np.searchsorted(pairs.child, [kids, np.array(kids) + 1])
    others = [int(pairs.family[rng.integers(*bounds[:, at])]) for at in range(CHANGES)]
    return {
        "een plaats erbij": [ChangePlaces(home, 1) for home in homes],
        "een plaats achterhouden": [ChangePlaces(home, -1) for home in homes],
        "vastzetten": [Pin(child, home) for child, home in zip(kids, others, strict=True)],
        "uitsluiten": [Forbid(child, int(plan.family[child])) for child in kids],
    }


def _ask_changes(
    name: str, case: Case, shared: Incremental, changes: Iterable[Change], *, whole: float
) -> Asked:
    seconds, moved, refused = [], 0, 0
    for change in changes:
        start = process_time()
        try:
            moved += len(_ask(case, shared, change).moves)
        except Conflict:
            refused += 1
        seconds.append(process_time() - start)
    found = f"{moved} kinderen gaan elders heen" + (f", {refused} geweigerd" if refused else "")
    return _row(name, seconds, whole, found)


def _ask(case: Case, shared: Incremental, change: Change) -> Difference:
    """Return what a change comes to; a pin past the rules, for the drawn pairs know none."""
    if isinstance(change, Pin):
        return shared.answer(Wanted(case, (), ((change.child, change.family),), ()))[1]
    return ask_what_if(case, [change], lambda: shared).difference


def _ask_alternatives(case: Case, whole: float) -> list[Asked]:
    pricer, seconds, found = Pricer(case), [], 0
    kids = np.random.default_rng(2).choice(len(case.plan.family), CHILDREN_ASKED, replace=False)
    ready = _time(pricer.prepare)
    for child in kids.tolist():
        start = process_time()
        found += len(find_alternatives(pricer, child))
        seconds.append(process_time() - start)
    first = _row("alternatieven gereedmaken, een keer", [ready], whole, "")
    words = f"{found / len(seconds):.0f} gezinnen per kind"
    return [first, _row("alle alternatieven van een kind", seconds, whole, words)]


def _row(name: str, seconds: list[float], whole: float, found: str) -> Asked:
    typical = median(seconds)
    ratio = round(whole / max(typical, 1e-6), 1)
    p95 = _ms(float(np.percentile(seconds, 95)))
    return Asked(name, len(seconds), _ms(typical), p95, _ms(max(seconds)), ratio, found)


def _time(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


if __name__ == "__main__":
    main()
