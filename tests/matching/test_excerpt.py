"""An excerpt says of its children and families what the whole problem says of them."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.matching.check import check_families
from app.matching.excerpt import excerpt_pairs, members_and, take_excerpt
from app.matching.goals import Case
from tests.matching.regions import MAXIMAAL, draw_region


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 16))
@example(28623, 8)  # a child two bars away, of whose group the rest was left out
def test_the_checker_finds_the_same_in_an_excerpt(seed: int, kids: int) -> None:
    """Of any plan, mostly a wrong one: all sentences about who is in the excerpt, and no others."""
    homes = max(1, kids // 2)
    problem, pairs = draw_region(seed, kids, homes)
    rng = np.random.default_rng(seed)
    family = rng.integers(-1, homes, kids)
    some = rng.integers(0, kids, max(1, kids // 3)).tolist()
    child = np.array(sorted(members_and(problem, some)))
    child = np.array(sorted(members_and(problem, child.tolist())))
    home = np.arange(homes)[::-1]
    few = take_excerpt(problem, child, home)
    few_pairs = excerpt_pairs(pairs, child, home, (kids, homes))
    alone = np.full(kids, -1)
    alone[child] = family[child]
    whole = check_families(Case(problem, pairs, MAXIMAAL), alone)
    place = np.append(np.argsort(home), -1)
    part = check_families(Case(few, few_pairs, MAXIMAAL), place[family[child]])
    assert sorted(part) == sorted(whole)


def test_nobody_is_tied_to_who_is_left_out() -> None:
    """Once more finds nobody else: groups are whole, and so is each row of who is kept apart."""
    for seed in range(10):
        problem, _ = draw_region(seed, 20, 8)
        for child in range(20):
            tied = members_and(problem, [child])
            assert child in tied
            assert members_and(problem, sorted(tied)) == tied


def test_an_excerpt_keeps_who_is_tied_together() -> None:
    """Brothers, sisters and children kept apart of one child are all there."""
    for seed in range(10):
        problem, _ = draw_region(seed, 20, 8)
        for one, other in problem.kept_apart.tolist():
            assert other in members_and(problem, [one])
        grouped = np.flatnonzero(problem.children.sibling_group >= 0)
        for child in grouped.tolist():
            group = problem.children.sibling_group[child]
            assert set(problem.members(int(group)).tolist()) <= members_and(problem, [child])
