"""An explicit no to what the child clearly has."""

import pytest

from tests.matching.judge import pair, refusing, sentence


@pytest.mark.parametrize(
    ("severity", "codes"), [(0, set()), (1, set()), (2, {"bereidheid"}), (3, {"bereidheid"})]
)
def test_a_no_refuses_from_clear_problems_on(severity: int, codes: set[str]) -> None:
    """Against a light problem a no is a concern, not a refusal."""
    problem = pair({"severity": {"hechting": severity}}, {"willingness": {"hechting": "nee"}})
    assert refusing(problem) == codes


@pytest.mark.parametrize("answer", ["ja", "met steun", None])
def test_any_other_answer_or_none_does_not_refuse(answer: str | None) -> None:
    """Not asked is unknown, which is not a no."""
    problem = pair({"severity": {"lvb": 3}}, {"willingness": {"lvb": answer}})
    assert refusing(problem) == set()


def test_a_no_to_another_problem_does_not_matter() -> None:
    """The no must meet the child's own problem."""
    problem = pair({"severity": {"lvb": 3}}, {"willingness": {"middelen": "nee"}})
    assert refusing(problem) == set()


def test_a_no_of_the_own_network_family_stays_hard_and_is_named() -> None:
    """The sentence names the problem in plain words."""
    family = {"willingness": {"hechting": "nee"}, "for_child": "AM-0000"}
    problem = pair({"severity": {"hechting": 2}}, family)
    assert refusing(problem) == {"bereidheid"}
    assert "hechtingsproblemen" in sentence(problem, "bereidheid")
