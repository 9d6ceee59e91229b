"""The child's age lies within the family's ages, both ends included."""

import pytest

from tests.matching.judge import concerns, pair, refusing, sentence


@pytest.mark.parametrize(
    ("age", "codes"),
    [(3.99, {"leeftijd"}), (4, set()), (8, set()), (8.99, set()), (9, {"leeftijd"})],
)
def test_ages_are_whole_years_with_both_ends_included(age: float, codes: set[str]) -> None:
    """From 4 to 8 takes a child of eight until its ninth birthday."""
    assert refusing(pair({"age": age}, {"min_age": 4, "max_age": 8})) == codes


def test_for_the_own_network_family_age_is_a_concern() -> None:
    """It does not refuse, and it is there to settle."""
    problem = pair({"age": 12}, {"for_child": "AM-0000", "max_age": 8})
    assert refusing(problem) == set()
    assert concerns(problem, "leeftijd")


def test_the_sentence_names_the_ages() -> None:
    """A reader sees the limits and the age."""
    said = sentence(pair({"age": 12}, {"min_age": 2, "max_age": 8}), "leeftijd")
    assert "2 tot en met 8" in said
    assert "12 jaar" in said
