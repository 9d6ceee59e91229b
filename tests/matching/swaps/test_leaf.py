"""What the search stands on: ranked values in two words, and losses that add up exactly."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.solve import solve
from app.matching.swaps.ladder import SCALE, as_whole, make_ladder, sum_by
from app.matching.swaps.market import open_market
from app.matching.swaps.tree import grow_leaves
from tests.matching.regions import MAXIMAAL, draw_region


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-500_000, 500_000)), min_size=2))
def test_a_ladder_ranks_as_its_goals_do(rows: list[tuple[int, int]]) -> None:
    """Of one choice and of sums of two, as numbers of NumPy and as whole numbers of Python."""
    first, second = (np.array(goal, dtype=np.int64) for goal in zip(*rows, strict=True))
    ladder = make_ladder([first, second], lambda worth: int(np.maximum(worth, 0).sum()))
    assert ladder is not None
    for one in range(len(rows) - 1):
        goals = (first[one] + first[-1], second[one] + second[-1]), (first[0], second[0])
        found = ladder.worth[one] + ladder.worth[-1], ladder.worth[0]
        assert bool(found[0] < found[1]) == (goals[0] < goals[1])
        assert (as_whole(found[0]) < as_whole(found[1])) == (goals[0] < goals[1])


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 12), st.integers(2, 7))
def test_losses_add_up_in_every_part(seed: int, kids: int, homes: int) -> None:
    """For some of its choices: their cost, the empty room and the gap are what is lost."""
    problem, pairs = draw_region(seed, kids, homes)
    if not len(pairs):
        return
    base = solve(problem, pairs, MAXIMAAL)
    market = open_market(problem, pairs, MAXIMAAL, base.family)
    if market is None:
        return
    rng, worth = np.random.default_rng(seed), market.ladder.worth
    leaves = grow_leaves(market, 0)
    assert leaves is not None
    assert np.array_equal(leaves[0].chosen, market.chosen)
    for leaf in leaves:
        assert not np.any(leaf.cost[leaf.open] < 0)
        some = leaf.chosen & (rng.random(len(worth)) < 0.7)
        free = leaf.rows.upper - np.bincount(
            leaf.rows.row, leaf.rows.coefficient * some[leaf.rows.column], len(leaf.rows.upper)
        )
        paid = leaf.cost[some].sum() + (leaf.price * free).sum() - leaf.gap
        assert paid == SCALE * (worth[market.chosen].sum() - worth[some].sum())


def test_a_plan_is_read_back_from_its_columns() -> None:
    """Groups that are whole by their one column, everybody else alone."""
    problem, pairs = draw_region(7, 12, 6)
    plan = solve(problem, pairs, MAXIMAAL)
    market = open_market(problem, pairs, MAXIMAAL, plan.family)
    assert market is not None
    assert np.array_equal(market.family_of(market.chosen), plan.family)
    assert market.rows.holds(market.chosen)
    total = sum_by(np.zeros(len(market.chosen), dtype=np.int64), market.ladder.worth, 1)
    assert total[0] == market.ladder.worth.sum()
