"""How many children like one fit in one family: the same as for many pairs at once."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from app.matching.slots import Slots
from tests.matching.regions import MAXIMAAL, draw_region
from tests.matching.rich_regions import draw_rich_region
from tests.matching.unlike_regions import draw_unlike_region

DRAWS: list[Callable[[int, int, int], tuple[Problem, ScoredPairs]]] = [
    draw_region,
    draw_rich_region,
    partial(draw_unlike_region, policy=MAXIMAAL, parts=2),
]


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("seed", range(4))
def test_one_pair_is_counted_as_many_are(
    draw: Callable[[int, int, int], tuple[Problem, ScoredPairs]], seed: int
) -> None:
    """With rhythms, begun pairs and unlike beds as well."""
    problem, _ = draw(seed, 10, 6)
    slots = Slots.of(problem, MAXIMAAL)
    kids, homes = np.arange(len(problem.children)), np.arange(len(problem.families))
    many = slots.fitting(kids[:, None], homes[None, :])
    one = [[slots.count_like(kid, home) for home in homes.tolist()] for kid in kids.tolist()]
    assert many.tolist() == one
