"""Lists served in order and the best score first, against plans worked out by hand."""

import numpy as np

from app.simulation.year.lists import place_best_score_first, place_first_come
from tests.matching.build import build_problem
from tests.matching.regions import make_pairs


def first_come(problem, pairs):
    return place_first_come(problem, pairs, np.nan_to_num(pairs.km)).tolist()


def test_who_registered_first_takes_the_nearest_and_the_next_what_is_left() -> None:
    problem = build_problem(
        children=[{"registered_on": "2026-10-29"}, {"registered_on": "2026-10-23"}],
        families=[{"free_places": 1}, {"free_places": 1}],
    )
    pairs = make_pairs([(0, 0), (0, 1), (1, 0), (1, 1)], km=[1.0, 9.0, 2.0, 3.0])
    assert first_come(problem, pairs) == [1, 0]


def test_the_first_takes_the_only_place_of_the_second() -> None:
    """This is what an engine is for: the list leaves a child without a place."""
    problem = build_problem(
        children=[{"registered_on": "2026-10-23"}, {"registered_on": "2026-10-29"}],
        families=[{"free_places": 1}, {"free_places": 1}],
    )
    pairs = make_pairs([(0, 0), (0, 1), (1, 0)], km=[1.0, 2.0, 1.0])
    assert first_come(problem, pairs) == [0, -1]


def test_a_group_that_must_stay_together_waits_and_one_that_may_part_goes_one_by_one() -> None:
    homes = [{"free_places": 1}, {"free_places": 1}]
    cells = [(0, 0), (0, 1), (1, 0), (1, 1)]
    expected = {"samen": [-1, -1], "samen, tenzij": [0, 1]}
    for wish, plan in expected.items():
        problem = build_problem(children=[{"siblings": ("BZ-1", wish)}] * 2, families=homes)
        pairs = make_pairs(cells, km=[1.0, 2.0, 1.0, 2.0])
        assert first_come(problem, pairs) == plan
        assert place_best_score_first(problem, pairs).tolist() == plan


def test_siblings_apart_never_share_a_family() -> None:
    problem = build_problem(
        children=[{"siblings": ("BZ-1", "apart")}] * 2,
        families=[{"free_places": 2, "max_siblings": 2}],
    )
    pairs = make_pairs([(0, 0), (1, 0)])
    assert first_come(problem, pairs) == [0, -1]
    assert place_best_score_first(problem, pairs).tolist() == [0, -1]


def test_the_best_score_goes_first_whoever_waited_longest() -> None:
    problem = build_problem(
        children=[{"registered_on": "2026-10-23"}, {"registered_on": "2026-10-29"}],
        families=[{"free_places": 1}, {"free_places": 1}],
    )
    pairs = make_pairs([(0, 0), (0, 1), (1, 0), (1, 1)], [0.30, 0.40, 0.10, 0.20])
    assert place_best_score_first(problem, pairs).tolist() == [1, 0]
