"""The small model of a budget gives the plan of a full forced solve, for every pair it takes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.matching.policy import Policy
from app.matching.swaps import budget
from app.matching.swaps.forcing import Forcer
from tests.cases import cases
from tests.matching.regions import MAXIMAAL, ZORGVULDIG, draw_region
from tests.matching.rich_regions import draw_rich_region
from tests.matching.swaps.test_forcing import check_every_pair


@cases(6, soak=30)
@given(
    st.integers(0, 10**6),
    st.tuples(st.integers(4, 12), st.integers(2, 7)),
    st.sampled_from((MAXIMAAL, ZORGVULDIG)),
    st.sampled_from((2, 10, 1_000)),
)
@example(0, (9, 7), MAXIMAAL, 2)  # every column of the first model cost less than a forced one
def test_every_pair_by_a_budget_is_that_of_a_full_solve(
    seed: int, size: tuple[int, int], policy: Policy, first: int
) -> None:
    """Without any search, from a first model so small that it has to be widened, or of all."""
    problem, pairs = (draw_rich_region if seed % 2 else draw_region)(seed, *size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Forcer, "_search", lambda *_: None)
        patch.setattr(budget, "_FIRST", first)
        if len(pairs):
            check_every_pair(problem, pairs, policy)
