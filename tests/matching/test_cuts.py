"""Cuts and priced columns: nothing that a whole plan could choose is ever cut off or left out."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching import pricing
from app.matching.columns import list_columns
from app.matching.couplings import list_couplings
from app.matching.cuts import find_cuts
from app.matching.face import first_face
from app.matching.goals import Case, count_worths, ranked_goals
from app.matching.model import relax
from app.matching.pricing import relax_priced
from app.matching.rows import Rows
from app.matching.stretches import mix_gently
from tests.matching.regions import MAXIMAAL, draw_region


def _row(sizes: list[int], room: int) -> Rows:
    number = np.arange(len(sizes))
    return Rows(
        row=np.zeros_like(number),
        column=number,
        coefficient=np.array(sizes),
        lower=np.array([-np.inf]),
        upper=np.array([float(room)]),
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=7),
    st.integers(1, 6),
    st.lists(st.floats(0, 1), min_size=7, max_size=7),
)
def test_no_choice_that_keeps_the_row_breaks_a_cut(
    sizes: list[int], room: int, value: list[float]
) -> None:
    """Every cut holds for all whole choices that keep the row, and not for what it cuts off."""
    fraction = np.array(value[: len(sizes)])
    for cut in find_cuts(_row(sizes, room), fraction):
        assert fraction[cut.column].sum() > cut.limit
        for choice in product((0, 1), repeat=len(sizes)):
            if np.dot(sizes, choice) <= room:
                assert np.array(choice)[cut.column].sum() <= cut.limit


def test_half_a_group_beside_a_whole_one_is_cut_off() -> None:
    """Two groups of two do not fit in three places, though one and a half do."""
    (cut,) = find_cuts(_row([2, 2], 3), np.array([1.0, 0.5]))
    assert (sorted(cut.column), cut.limit) == ([0, 1], 1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(10, 40))
def test_priced_columns_give_the_relaxation_of_all(seed: int, kids: int) -> None:
    """Beginning with one column a child the relaxation ends with the value of all columns."""
    problem, pairs = draw_region(seed, kids, kids // 2)
    columns = list_columns(problem, pairs, MAXIMAAL)
    face = first_face(list_couplings(problem, columns))
    goals = ranked_goals(MAXIMAAL)[: len(MAXIMAAL.goals)]
    mix = mix_gently(count_worths(Case(problem, pairs, MAXIMAAL), columns, goals))
    assert mix is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "_SMALL", 0)
        patch.setattr(pricing, "_FIRST", 1)
        patch.setattr(pricing, "_MORE", 1)
        priced = relax_priced(face, mix.worth, 0)
    whole = relax(priced.face.rows, mix.worth, 0)
    assert float(mix.worth @ priced.value) == pytest.approx(
        float(mix.worth @ whole.value), rel=1e-9
    )
