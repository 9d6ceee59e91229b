"""A drawn country: columns of the kinds that the engine reads, and questions to it are answered."""

from dataclasses import fields

import numpy as np
import pytest

from app.matching.large import is_large
from app.matching.policy import load_policy
from app.matching.problem import Bools, Floats, Ints
from app.matching.questions.incremental import Incremental
from app.matching.questions.whatif import ChangePlaces, ask_what_if
from app.matching.rules import RULES
from benchmarks.national import draw_problem
from tests.matching.questions.asked import case_of
from tests.matching.regions import MAXIMAAL

KINDS = ((Bools, np.bool_), (Ints, np.int64), (Floats, np.float64))


def test_each_column_is_of_the_kind_that_its_table_says() -> None:
    problem, _ = draw_problem(60, 8, seed=1)
    tables = problem.children, problem.families, problem.excluded, problem.housemates
    for table in tables:
        for field in fields(table):
            told = [kind for alias, kind in KINDS if field.type == alias]
            if told:
                assert getattr(table, field.name).dtype == told[0], field.name


def test_every_rule_refuses_by_a_mask() -> None:
    problem, _ = draw_problem(60, 8, seed=1)
    one = np.zeros(1, dtype=np.int64)
    for rule in RULES:
        refused = rule.refuses(problem, load_policy("maximaal"), one, one)
        assert np.asarray(refused).dtype == np.bool_, rule.code


@pytest.mark.parametrize("by_roads", [False, True])
def test_a_place_more_in_a_full_family_is_answered(
    by_roads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a small country by a new plan, in a large one by roads; no plan is worse for it."""
    problem, pairs = draw_problem(60, 8, seed=1)
    case = case_of(problem, pairs, MAXIMAAL)
    shared = Incremental(case)
    if by_roads:
        monkeypatch.setattr("app.matching.questions.whatif.is_large", lambda _: True)
    assert not is_large(problem)
    for home in np.flatnonzero(problem.families.free_places == 0).tolist():
        told = ask_what_if(case, [ChangePlaces(home, 1)], lambda: shared).difference
        assert max(told.losses) <= 0
