"""Goals in one number: an exact number ranks as the goals do, and its bound is one for each."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.problem import Ints
from app.matching.stretches import HEAVIEST, first_exact, mix_exactly, mix_gently, mix_roughly

COLUMNS = 6
_worth = st.lists(st.integers(-9, 9), min_size=COLUMNS, max_size=COLUMNS)
_choice = st.lists(st.booleans(), min_size=COLUMNS, max_size=COLUMNS)


def _most(worth: Ints) -> int:
    return int(np.maximum(worth, 0).sum())


@settings(max_examples=200, deadline=None)
@given(st.lists(_worth, min_size=1, max_size=4), _choice, _choice)
def test_exact_number_ranks_as_the_goals(
    drawn: list[list[int]], one: list[bool], other: list[bool]
) -> None:
    """Of two plans the one that is better goal by goal has the larger number."""
    worths = [np.array(worth) for worth in drawn]
    mix = mix_exactly(worths, _most)
    assert mix is not None
    first, second = ([int(w[np.array(plan)].sum()) for w in worths] for plan in (one, other))
    number, against = (int(mix.worth[np.array(plan)].sum()) for plan in (one, other))
    assert (first > second) == (number > against)


@settings(max_examples=200, deadline=None)
@given(st.lists(_worth, min_size=1, max_size=4), _choice, _choice)
def test_bound_of_the_number_bounds_each_goal(
    drawn: list[list[int]], one: list[bool], other: list[bool]
) -> None:
    """No plan within the number's bound exceeds a goal's bound where all goals before are equal."""
    worths = [np.array(worth) for worth in drawn]
    mix = mix_exactly(worths, _most)
    assert mix is not None
    values, better = ([int(w[np.array(plan)].sum()) for w in worths] for plan in (one, other))
    bound = max(int(mix.worth[np.array(plan)].sum()) for plan in (one, other))
    bounds = mix.bounds(values, bound)
    for at, limit in enumerate(bounds):
        assert limit >= values[at]
        if better[:at] == values[:at]:
            assert better[at] <= limit


def test_goals_that_do_not_fit_wait_for_the_next_number() -> None:
    """A number never makes a column heavier than what a solver computes exactly."""
    fine = np.array([1_000_000, 999_999])
    assert mix_exactly([fine, fine, fine], _most) is None
    assert mix_gently([fine, fine, fine]) is None
    count, mix = first_exact([fine // 1_000_000, fine, fine], _most)
    assert count == 2
    assert np.abs(mix.worth).max() <= HEAVIEST
    assert np.abs(mix_roughly([fine, fine, fine])).max() <= HEAVIEST
