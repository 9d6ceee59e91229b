"""What couples choices, at its edges: places, siblings, children kept apart, the policy's cap."""

import pytest

from app.matching.solve import solve
from tests.matching.build import build_problem
from tests.matching.placing import families, place
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, make_pairs

TOGETHER, UNLESS, APART = ("BZ-1", "samen"), ("BZ-1", "samen, tenzij"), ("BZ-1", "apart")


def test_places_are_never_given_twice() -> None:
    """A family takes as many children as it has free places; none when it has none."""
    assert sorted(place([{}] * 3, [{"free_places": 2}])) == [-1, 0, 0]
    assert place([{}], [{"free_places": 0}]) == (-1,)


def test_group_samen_goes_whole_or_not() -> None:
    """Siblings `samen` take one family that holds them all, else nobody of them goes."""
    kids = [{"siblings": TOGETHER}] * 2
    assert place(kids, [{}, {"free_places": 2}, {}]) == (1, 1)
    assert place(kids, [{}, {}]) == (-1, -1)
    assert place(kids, [{"free_places": 2, "max_siblings": 1}]) == (-1, -1)


def test_group_samen_needs_every_member_eligible() -> None:
    """A family that one member may not go to takes none of a group `samen`."""
    problem = build_problem(
        children=[{"siblings": TOGETHER}] * 2, families=[{"free_places": 2}] * 2
    )
    pairs = make_pairs([(0, 0), (0, 1), (1, 1)])
    assert families(solve(problem, pairs, PLACED)) == (1, 1)
    assert families(solve(problem, make_pairs([(0, 0), (1, 1)]), PLACED)) == (-1, -1)


def test_lone_member_is_an_ordinary_child() -> None:
    """A sibling who waits alone is placed by itself, at the chance of a child without siblings."""
    assert place([{"siblings": TOGETHER}], [{"max_siblings": 0}]) == (0,)
    assert place([{"siblings": UNLESS}], [{}], split=0.9, policy=ZORGVULDIG) == (0,)


def test_group_apart_is_spread() -> None:
    """Siblings `apart` go to different families, or one of them stays behind."""
    kids = [{"siblings": APART}] * 2
    assert sorted(place(kids, [{"free_places": 2}, {}])) == [0, 1]
    assert place(kids, [{"free_places": 2}]) == (0, -1)


def test_group_tenzij_stays_whole_when_the_goal_comes_first() -> None:
    """A whole group beats a lower sum of chances under `maximaal`, and is split to place more."""
    kids = [{"siblings": UNLESS}] * 2
    problem = build_problem(children=kids, families=[{"free_places": 2}, {}, {}])
    pairs = all_pairs(problem, [0.5, 0.1, 0.1] * 2)
    assert families(solve(problem, pairs, MAXIMAAL)) == (0, 0)
    assert families(solve(problem, pairs, PLACED)) == (1, 2)
    assert place(kids, [{}, {}], policy=MAXIMAAL) == (0, 1)


def test_split_flags_follow_the_plan() -> None:
    """Every member of a group `samen, tenzij` that is not whole is marked split, placed or not."""
    problem = build_problem(children=[{"siblings": UNLESS}] * 2 + [{}], families=[{}, {}])
    plan = solve(problem, make_pairs([(0, 0), (2, 1)]), MAXIMAAL)
    assert plan.split == (True, True, False)


def test_split_group_counts_at_its_own_chance() -> None:
    """The breakdowns of a split group are summed at the chance of a split group."""
    problem = build_problem(children=[{"siblings": UNLESS}] * 2, families=[{}, {}])
    plan = solve(problem, all_pairs(problem, 0.2, split=0.3), MAXIMAAL)
    assert {goal.code: goal.value for goal in plan.goals}["breakdowns"] == pytest.approx(0.6)


def test_cap_looks_at_the_chance_that_would_hold() -> None:
    """Under the cap a group may go whole where its members may not go split, and not above it."""
    kids = [{"siblings": UNLESS}] * 2
    homes = [{"free_places": 2}, {}]
    assert place(kids, homes, chance=0.45, split=0.46, policy=ZORGVULDIG) == (0, 0)
    assert place(kids, [{}, {}], chance=0.45, split=0.46, policy=ZORGVULDIG) == (-1, -1)
    assert place(kids, [{}, {}], chance=0.44, split=0.45, policy=ZORGVULDIG) == (0, 1)
    assert place([{}], [{}], chance=0.450001, policy=ZORGVULDIG) == (-1,)


def test_largest_number_of_siblings_holds_for_part_of_a_group() -> None:
    """Of three siblings two go to a family for two and one elsewhere."""
    kids = [{"siblings": UNLESS}] * 3
    homes = [{"free_places": 3, "max_siblings": 2}, {}]
    assert place(kids, homes) == (0, 0, 1)
    assert place(kids, [{"free_places": 3, "max_siblings": 1}, {}]) == (0, 1, -1)


def test_other_children_do_not_count_as_siblings() -> None:
    """Two groups may together be more than a family takes of one group."""
    kids = [{"siblings": UNLESS}, {"siblings": UNLESS}, {"siblings": ("BZ-2", "samen")}]
    kids.append({"siblings": ("BZ-2", "samen")})
    assert place(kids, [{"free_places": 4, "max_siblings": 2}]) == (0, 0, 0, 0)


def test_children_kept_apart_are_never_together() -> None:
    """Two children who may not live together are not, inside a group either."""
    assert place([{}] * 2, [{"free_places": 2}], kept_apart=[(0, 1)]) == (0, -1)
    kids = [{"siblings": TOGETHER}] * 2
    assert place(kids, [{"free_places": 2}], kept_apart=[(1, 0)]) == (-1, -1)
    kids = [{"siblings": UNLESS}] * 2 + [{}]
    assert place(kids, [{"free_places": 3, "max_siblings": 3}], kept_apart=[(1, 2)]) == (0, 0, -1)
