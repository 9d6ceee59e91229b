"""How much of the gap the engine closes in regions whose truth it has never seen.

Run: `.venv/bin/python -m benchmarks.heldout [REGIONS [FIRST_SEED [CHILDREN [PLACEMENTS]]]]`;
without any number twenty regions, and their table goes into docs/performance.md. Regions 1 to 100
are for tuning (choosing between ways to fit), 101 and up for judging only. Each is drawn with a
seed of its own: waiting children, families, past placements, and a hidden truth that is not the
fitted model (app/simulation/history_truth.py). The weights are fitted on the past placements alone;
plans are judged by the truth. The gap runs from first come, nearest family (0%) to the best plan
that knows the truth (100%), in expected breakdowns per placed child, policy `maximaal`. A
simulation: it says nothing about breakdowns in real families.
"""

import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from app.cli.example import SNAPSHOT_DAY, make_order
from app.cli.region import load_folder
from app.cli.steps import Steps
from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.learning.fit import YEAR
from app.learning.history import FILE, read_history
from app.learning.learn import learn
from app.learning.sample import Sample
from app.matching.check import check_plan
from app.matching.pairs import find_pairs
from app.matching.plan import Plan
from app.matching.policy import load_policy
from app.matching.problem import Floats, Ints, Problem
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.factors.siblings import CODE as SPLIT
from app.matching.risk.hazard import horizon_months
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.proposals.assemble import assemble
from app.settings import load_settings
from app.simulation.folder import write_region
from app.simulation.history import Points, draw_history, facts_of
from app.simulation.history_truth import Truth
from app.simulation.order import Region
from app.simulation.region import draw_region
from benchmarks.first_come import place_first_come_nearest
from benchmarks.measured import keep
from benchmarks.page import METHODS, write_page

POLICY = load_policy("maximaal")
DEFAULTS = (20, 101, 120, 1600)  # regions, first seed, children, placements
QUIET = Console(quiet=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One region. closed: share of the gap by method. same: placed per tier and whole groups as
    in the best plan; broken: rules that the learnt plan breaks."""

    seed: int
    breakdowns: int
    nearest: float
    best: float
    closed: dict[str, float]
    same: bool
    broken: int


def main() -> None:
    """Draw, fit, match, judge; print a row a region, then mean and minimum."""
    given = [int(word) for word in sys.argv[1:]]
    regions, first, children, placements = (*given, *DEFAULTS[len(given) :])
    found = []
    for seed in range(first, first + regions):
        found.append(run_region(seed, children=children, placements=placements))
        print(f"{seed}: {found[-1].closed}", file=sys.stderr)
    Console().print(_table(found))
    if not given:
        keep("heldout", found)
        write_page()


def run_region(seed: int, *, children: int, placements: int) -> Outcome:
    """Return what one drawn region shows."""
    order = make_order(
        children=children, families=children * 11 // 6, seed=seed,
        peildatum=SNAPSHOT_DAY.isoformat(), fouten=0,
    )  # fmt: skip
    region, truth = draw_region(order), Truth.of(seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_region(region, folder / "regio")
        problem = read_problem(folder / "regio")
        path = folder / FILE
        path.write_bytes(draw_history(order, placements=placements, truth=truth))
        history = read_history(path, until=order.snapshot_day)
    learned = learn(history, load_weights(), code_version="benchmark")
    pairs = find_pairs(problem, POLICY)
    scores = {
        "geleerd": score(problem, pairs, learned.weights).scored,
        "literatuur": score(problem, pairs, load_weights()).scored,
    }
    scores["Cox"] = score_by_cox(problem, scores["geleerd"], learned.sample)
    true = true_pairs(region, problem, scores["geleerd"], truth)
    return _judge(seed, problem, scores, true, breakdowns=history.breakdowns)


def _judge(
    seed: int, problem: Problem, scores: dict[str, ScoredPairs], true: ScoredPairs, *,
    breakdowns: int,
) -> Outcome:  # fmt: skip
    plans = {name: solve(problem, scores[name], POLICY) for name in METHODS}
    best_plan = solve(problem, true, POLICY)
    nearest = expected(problem, true, place_first_come_nearest(problem, true))
    best = expected(problem, true, best_plan.family)
    return Outcome(
        seed=seed,
        breakdowns=breakdowns,
        nearest=nearest,
        best=best,
        closed={
            name: (nearest - expected(problem, true, plan.family)) / (nearest - best)
            for name, plan in plans.items()
        },
        same=_tiers(plans["geleerd"]) == _tiers(best_plan),
        broken=len(check_plan(problem, scores["geleerd"], POLICY, plans["geleerd"])),
    )


def _tiers(plan: Plan) -> list[float]:
    return [goal.value for goal in plan.goals if goal.code != "breakdowns"][:4]


def expected(problem: Problem, true: ScoredPairs, family: Ints) -> float:
    """Return the expected breakdowns per placed child of a plan under the truth."""
    from app.matching.placements import find_split

    split = find_split(problem, family)
    of = {
        (child, home): at
        for at, (child, home) in enumerate(
            zip(true.child.tolist(), true.family.tolist(), strict=True)
        )
    }
    chances = [
        (true.chance_split if split[child] else true.chance)[of[child, int(home)]]
        for child, home in enumerate(family.tolist())
        if home >= 0
    ]
    return float(np.mean(chances))


def read_problem(folder: Path) -> Problem:
    """Return the problem of a folder, read as the service reads it."""
    with open_throwaway(load_settings()) as database, Steps(QUIET) as steps:
        day = _load(database, folder, steps)
        with session_for(database.sessions, SYSTEM) as session:
            return assemble(session, day).problem


def _load(database: Database, folder: Path, steps: Steps) -> date:
    return load_folder(
        database, folder, settings=load_settings(), day=None, steps=steps
    ).snapshot_day


def true_pairs(region: Region, problem: Problem, pairs: ScoredPairs, truth: Truth) -> ScoredPairs:
    """Return the pairs with the chances of the truth, rounded as those of the engine."""
    children = {child.number: child for child in region.children}
    families = {family.reference: family for family in region.families}
    points, months = Points.load(), horizon_months(problem.children.expected_months)
    chances = np.empty((len(pairs), 2))
    for at, (child, family) in enumerate(zip(pairs.child, pairs.family, strict=True)):
        kid = children[problem.children.number[child]]
        home = families[problem.families.reference[family]]
        for column, is_apart in enumerate((False, True)):
            facts = facts_of(kid, home, points, today=region.order.snapshot_day, is_apart=is_apart)
            chances[at, column] = truth.chance(kid, home, facts, months=float(months[child]))
    whole, apart = np.round(chances, 6).T
    can_split = pairs.chance_split != pairs.chance
    return ScoredPairs(
        pairs.child, pairs.family, whole, np.where(can_split, apart, whole), pairs.km
    )


def score_by_cox(problem: Problem, pairs: ScoredPairs, sample: Sample) -> ScoredPairs:
    """Return the pairs with chances of an ordinary Cox fit on the same factors (statsmodels)."""
    from statsmodels.duration.hazard_regression import PHReg

    varies = sample.features.std(axis=0) > 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = PHReg(
            sample.months, sample.features[:, varies], status=sample.broke, ties="efron"
        ).fit(disp=False)
    weight = np.zeros(len(CODES))
    weight[varies] = found.params
    values = np.column_stack(
        [factor.measure(problem, pairs.child, pairs.family).value for factor in FACTORS]
    )
    ratio = (values - sample.features.mean(axis=0)) @ weight
    months = horizon_months(problem.children.expected_months)[pairs.child]
    return _as_chances(pairs, ratio, apart=weight[CODES.index(SPLIT)], months=months, sample=sample)


def _as_chances(
    pairs: ScoredPairs, ratio: Floats, *, apart: float, months: Floats, sample: Sample
) -> ScoredPairs:
    rate = sample.broke.sum() / ((sample.months / YEAR) ** 0.7).sum()
    hazard = rate * (months / YEAR) ** 0.7
    chance: Callable[[Floats], Floats] = lambda eta: np.round(-np.expm1(-hazard * np.exp(eta)), 6)  # noqa: E731
    can_split = pairs.chance_split != pairs.chance
    whole = chance(ratio)
    split = np.where(can_split, chance(ratio + apart), whole)
    return ScoredPairs(pairs.child, pairs.family, whole, split, pairs.km)


def _table(found: list[Outcome]) -> Table:
    table = Table(
        "regio", "afgebroken", "dichtstbij", "beste", *METHODS, "zelfde per tier", "regels gebroken"
    )
    for one in found:
        table.add_row(
            str(one.seed), str(one.breakdowns), f"{one.nearest:.4f}", f"{one.best:.4f}",
            *(f"{one.closed[name]:.1%}" for name in METHODS), "ja" if one.same else "nee",
            str(one.broken),
        )  # fmt: skip
    for name, take in (("gemiddeld", np.mean), ("minimum", np.min)):
        cells = [f"{take([one.closed[method] for one in found]):.1%}" for method in METHODS]
        table.add_row(name, "", "", "", *cells, "", "")
    return table


if __name__ == "__main__":
    main()
