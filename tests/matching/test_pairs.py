"""From rules to eligible pairs, whatever the size of a block or the order of the rows."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching import pairs as module
from app.matching.pairs import find_pairs, find_pairs_by_rule, refusals_of
from app.matching.problem import Problem
from app.matching.rules import RULES
from tests.matching.build import build_problem
from tests.matching.judge import POLICY
from tests.matching.rows import Row

CHILD = st.fixed_dictionaries(
    {
        "age": st.sampled_from([0, 3, 8, 15]),
        "care_form": st.sampled_from(["crisis", "opvoeding"]),
        "gender": st.sampled_from(["jongen", "meisje", "x"]),
        "severity": st.dictionaries(st.sampled_from(["hechting", "lvb"]), st.integers(1, 3)),
        "needs_smoke_free": st.booleans(),
    }
)
FAMILY = st.fixed_dictionaries(
    {
        "max_age": st.sampled_from([4, 8, 18]),
        "forms": st.sampled_from([("crisis",), ("opvoeding",), ("crisis", "opvoeding")]),
        "willingness": st.fixed_dictionaries(
            {"hechting": st.sampled_from(["ja", "met steun", "nee", None])}
        ),
        "smokes": st.booleans(),
        "free_places": st.integers(0, 2),
        "for_child": st.sampled_from([None, None, "AM-0000", "AM-9999"]),
    }
)


def names(problem: Problem) -> set[tuple[str, str]]:
    found = find_pairs(problem, POLICY)
    return {
        (problem.children.number[c], problem.families.reference[f])
        for c, f in zip(found.child, found.family, strict=True)
    }


def numbered(rows: Sequence[Row], key: str, prefix: str) -> list[Row]:
    return [{**row, key: f"{prefix}-{position:04d}"} for position, row in enumerate(rows)]


@settings(max_examples=60, deadline=None)
@given(st.lists(CHILD, max_size=5), st.lists(FAMILY, max_size=5))
def test_pairs_are_exactly_what_no_rule_refuses(kids: list[Row], homes: list[Row]) -> None:
    """A pair is eligible when each rule, asked for that pair alone, lets it be."""
    problem = build_problem(children=kids, families=homes)
    found = find_pairs(problem, POLICY)
    expected = [
        (child, family)
        for child in range(len(kids))
        for family in range(len(homes))
        if not any(
            rule.refuses(problem, POLICY, np.array([child]), np.array([family])).any()
            for rule in RULES
        )
    ]
    assert list(zip(found.child.tolist(), found.family.tolist(), strict=True)) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(CHILD, max_size=5), st.lists(FAMILY, max_size=5), st.randoms())
def test_the_order_of_rows_does_not_matter(kids: list[Row], homes: list[Row], random) -> None:
    """Shuffled children and families give the same pairs by number."""
    kids, homes = numbered(kids, "number", "AM"), numbered(homes, "reference", "G")
    before = names(build_problem(children=kids, families=homes))
    random.shuffle(kids)
    random.shuffle(homes)
    assert names(build_problem(children=kids, families=homes)) == before


def test_the_first_rule_counts_as_well_as_the_last() -> None:
    """A group on hold, and a carer who is too young, leave no pair."""
    held = build_problem(children=[{"siblings": ("BZ-1", "samen")}], on_hold=["BZ-1"])
    assert RULES[0].code == "broers_zussen_navragen"
    assert names(held) == set()
    assert RULES[-1].code == "leeftijd_pleegouder"
    assert names(build_problem(families=[{"carers_born": (2010,)}])) == set()


def test_every_refusing_rule_is_counted() -> None:
    """A family that two rules refuse counts for both."""
    problem = build_problem(families=[{"status": "pauze", "free_places": 0}, {"status": "pauze"}])
    found = find_pairs(problem, POLICY)
    counts = dict(zip([rule.code for rule in found.rules], found.refused[0], strict=True))
    assert (counts["status"], counts["plaats"], counts["leeftijd"]) == (2, 1, 0)
    assert np.array_equal(refusals_of(problem, POLICY, 0).sum(axis=1), found.refused[0])


def test_blocks_of_one_child_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a block is a matter of memory only."""
    problem = build_problem(
        children=[{"age": age} for age in (2, 9, 14)], families=[{"max_age": 9}, {"min_age": 9}]
    )
    whole = find_pairs_by_rule(problem, POLICY)
    monkeypatch.setattr(module, "BLOCK_CELLS", 1)
    parts = find_pairs_by_rule(problem, POLICY)
    assert np.array_equal(whole.child, parts.child)
    assert np.array_equal(whole.family, parts.family)
    assert np.array_equal(whole.refused, parts.refused)


def test_families_of_a_child_are_its_own() -> None:
    """Asking for one child gives its families only, also when it has none."""
    problem = build_problem(
        children=[{"age": 2}, {"age": 19}, {"age": 9}], families=[{"max_age": 9}, {"max_age": 5}]
    )
    found = find_pairs(problem, POLICY)
    assert [found.families_of(child).tolist() for child in range(3)] == [[0, 1], [], [0]]


@pytest.mark.parametrize(("kids", "homes"), [([], []), ([{}], []), ([], [{}])])
def test_nothing_to_pair_is_no_error(kids: list[Row], homes: list[Row]) -> None:
    """An empty side gives an empty result of the right shape."""
    found = find_pairs(build_problem(children=kids, families=homes), POLICY)
    assert len(found) == 0
    assert found.refused.shape == (len(kids), len(RULES))
