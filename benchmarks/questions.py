"""How long questions to a region's plan take, as CPU seconds; writes the table of the page.

Run: `.venv/bin/python -m benchmarks.questions [--quick] [CHILDREN FAMILIES]`. Regions are drawn as
`pleegzorg simulate` draws them, imported and matched on a fresh database. Of the larger region the
alternatives of all children are worked out for a sample of children, and the time of all is that
of the sample times the number of children: `sampled` says so.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from app.cli.asked import Ask, asked
from app.cli.example import make_order
from app.kernel.errors import Conflict
from app.matching.explain.case import Case
from app.matching.questions.alternatives import find_alternatives
from app.matching.questions.price import Pricer
from app.matching.questions.whatif import (
    Change,
    ChangePlaces,
    ChildFact,
    FamilyFact,
    Forbid,
    Pin,
    ask_what_if,
)
from app.matching.resolve import CannotBeForced
from app.simulation.folder import write_region
from app.simulation.region import draw_region
from benchmarks.measured import RESULTS, keep
from benchmarks.page import write_page

SIZES = ((120, 215), (500, 900))
POLICIES = ("maximaal", "zorgvuldig")
ALL_UP_TO = 200  # children whose alternatives are all worked out
SAMPLE = 3
SEED = 1  # of the children, pairs and families that are asked about
ASKED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one region under one policy. cpu: median seconds of one, or the whole."""

    children: int
    families: int
    pairs: int
    policy: str
    question: str
    number: int
    cpu: float
    slowest: float
    sampled: bool = False


def main() -> None:
    """Measure both policies on every size, print the table, and keep it."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    wanted = [(sizes[0], sizes[1])] if len(sizes) == 2 else list(SIZES)
    if "--quick" in sys.argv:
        wanted = wanted[:1]
    rows = [row for children, families in wanted for row in _measure(children, families)]
    Console(width=130).print(_table(rows))
    _keep_beside(rows)
    write_page()


def _keep_beside(rows: list[Asked]) -> None:
    """Keep the rows, beside those of sizes that were not measured now."""
    path = RESULTS / "questions.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    sizes = {row.children for row in rows}
    kept = [Asked(**row) for row in old if row["children"] not in sizes]
    keep("questions", sorted([*kept, *rows], key=lambda row: row.children))


def _measure(children: int, families: int) -> Iterator[Asked]:
    for policy in POLICIES:
        with _case(children, families, policy) as case:
            for question, seconds, whole, sampled in _questions(case):
                yield Asked(
                    len(case.problem.children), len(case.problem.families),
                    len(case.scores.scored), policy, question, len(seconds),
                    round(whole if whole is not None else median(seconds), 3),
                    round(max(seconds), 3), sampled,
                )  # fmt: skip


@contextmanager
def _case(children: int, families: int, policy: str) -> Iterator[Case]:
    order = make_order(
        children=children, families=families, seed=1, peildatum="2026-11-01", fouten=0
    )
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "regio"
        write_region(draw_region(order), folder)
        with asked(Ask(folder, policy, None, None, learns=False)) as standing:
            yield standing.case


def _questions(case: Case) -> Iterator[tuple[str, list[float], float | None, bool]]:
    """Yield each question with the seconds of every time it was asked."""
    rng = np.random.default_rng(SEED)
    pairs = case.scores.scored
    fresh = Pricer(case)
    at = rng.choice(len(pairs), ASKED, replace=False)
    some = zip(pairs.child[at].tolist(), pairs.family[at].tolist(), strict=True)
    yield (
        "price of one pair (a full forced solve)",
        [_time(lambda pair=pair: _price(fresh, *pair)) for pair in some],
        None, False,
    )  # fmt: skip
    pricer = Pricer(case)
    yield "getting ready for many pairs, once", [_time(lambda: _ready(pricer))], None, False
    yield from _alternatives(case, pricer, rng)
    for kind, changes in _changes(case, rng).items():
        yield (
            f"what if: {kind}",
            [_time(lambda change=change: _ask(case, change)) for change in changes],
            None, False,
        )  # fmt: skip


def _alternatives(
    case: Case, pricer: Pricer, rng: np.random.Generator
) -> Iterator[tuple[str, list[float], float | None, bool]]:
    size = len(case.problem.children)
    is_all = size <= ALL_UP_TO
    kids = np.arange(size) if is_all else rng.choice(size, SAMPLE, replace=False)
    seconds = [_time(lambda kid=kid: find_alternatives(pricer, int(kid))) for kid in kids]
    whole = sum(seconds) * size / len(kids)
    drawn = "" if is_all else f" (of {SAMPLE} drawn with seed {SEED})"
    yield f"all alternatives of one child{drawn}", seconds, None, False
    yield f"all alternatives of every child{drawn}", seconds, whole, not is_all


def _ready(pricer: Pricer) -> None:
    pricer.prepare()


def _price(pricer: Pricer, child: int, family: int) -> None:
    try:
        pricer.price(child, family)
    except CannotBeForced:
        return


def _ask(case: Case, change: Change) -> None:
    try:
        ask_what_if(case, [change])
    except Conflict:
        return


def _changes(case: Case, rng: np.random.Generator) -> dict[str, list[Change]]:
    pairs, family = case.scores.scored, case.plan.family
    other = np.flatnonzero(family[pairs.child] != pairs.family)
    placed = np.flatnonzero(family >= 0)
    kids = rng.choice(placed, ASKED, replace=False).tolist()
    homes = [int(family[kid]) for kid in kids]
    pins = rng.choice(other, ASKED, replace=False).tolist()
    return {
        "pin": [Pin(int(pairs.child[at]), int(pairs.family[at])) for at in pins],
        "forbid": [Forbid(kid, home) for kid, home in zip(kids, homes, strict=True)],
        "hold a place back": [ChangePlaces(home, -1) for home in homes],
        "a place more": [ChangePlaces(home, 1) for home in homes],
        "a fact of a child": [ChildFact(kid, "urgentie", "crisis") for kid in kids],
        "a fact of a family": [FamilyFact(home, "leeftijdTotEnMet", 17) for home in homes],
    }


def _time(work: Callable[[], object]) -> float:
    clock = process_time()
    work()
    return process_time() - clock


def _table(rows: list[Asked]) -> Table:
    table = Table(
        "kinderen",
        "gezinnen",
        "paren",
        "beleid",
        "vraag",
        "keer",
        "CPU (s)",
        "traagste",
        "steekproef",
    )
    for row in rows:
        table.add_row(*map(str, asdict(row).values()))
    return table


if __name__ == "__main__":
    main()
