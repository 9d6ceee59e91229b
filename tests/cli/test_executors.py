"""Work in pieces: the same bits in one process, in two, and on a Ray cluster of two workers."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from importlib.util import find_spec

import numpy as np
import pytest

from app.cli.executors import Executor
from app.cli.executors.cluster import RayExecutor
from app.cli.executors.local import LocalExecutor
from app.kernel.errors import InputRefused
from app.matching.match import match
from app.matching.pairs import find_pairs
from app.matching.policy import load_policy
from app.matching.risk.chunks import in_pieces
from app.matching.risk.score import Scores, score
from app.matching.risk.weights import load_weights
from app.simulation.history import Points
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.year.as_problem import as_problem
from app.simulation.year.choosers import CHOOSERS
from app.simulation.year.run import Task, run_replication
from app.simulation.year.world import YearOrder

DAY = date(2026, 11, 1)
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: requirements-ray.lock has it"
)
EXECUTORS = ["local", pytest.param("ray", marks=[needs_ray, pytest.mark.timeout(300)])]
pytestmark = pytest.mark.filterwarnings("default")  # of Ray's own imports


@contextmanager
def two_workers(name: str) -> Iterator[Executor]:
    with LocalExecutor(2) if name == "local" else RayExecutor(2) as executor:
        yield executor


def region_of(children: int):
    region = draw_region(Order(children, 2 * children, seed=9, snapshot_day=DAY))
    return as_problem(region.children, region.families, DAY, points=Points.load())


def tasks() -> list[Task]:
    policy, weights = load_policy("maximaal").text, load_weights().text
    orders = [YearOrder(20, 35, 52, 3, seed, DAY) for seed in (3, 4, 5)]
    return [Task(order, policy, weights, tuple(CHOOSERS)) for order in orders]


@pytest.mark.parametrize("name", EXECUTORS)
@pytest.mark.lang
def test_replications_are_the_same_wherever_they_run_and_in_order(name: str) -> None:
    with two_workers(name) as executor:
        found = list(executor.run(run_replication, tasks()))
    assert found == [run_replication(task) for task in tasks()]


@pytest.mark.parametrize("name", EXECUTORS)
def test_scores_in_pieces_are_the_scores_bit_by_bit(name: str) -> None:
    problem, policy, weights = region_of(60), load_policy("maximaal"), load_weights()
    pairs = find_pairs(problem, policy)
    assert len(pairs) > 3 * 97
    with two_workers(name) as executor:
        found = in_pieces(executor.run, size=97)(problem, pairs, weights)
    assert_same_bits(found, score(problem, pairs, weights))


def assert_same_bits(one: Scores, other: Scores) -> None:
    for field in fields(Scores):
        if field.name == "scored":
            continue
        values = getattr(one, field.name), getattr(other, field.name)
        if isinstance(values[0], np.ndarray):
            assert values[0].tobytes() == values[1].tobytes(), field.name
    for name in ("child", "family", "chance", "chance_split", "km"):
        assert getattr(one.scored, name).tobytes() == getattr(other.scored, name).tobytes(), name


def test_a_match_with_scores_in_pieces_is_the_same_match() -> None:
    problem, policy, weights = region_of(30), load_policy("zorgvuldig"), load_weights()
    with two_workers("local") as executor:
        cut = match(problem, policy, weights, scorer=in_pieces(executor.run, size=31))
    whole = match(problem, policy, weights)
    assert cut.plan.family.tolist() == whole.plan.family.tolist()
    assert cut.plan.goals == whole.plan.goals
    assert cut.explanations == whole.explanations


def test_without_ray_the_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputRefused, match=r"requirements-ray\.lock"):
        RayExecutor()
