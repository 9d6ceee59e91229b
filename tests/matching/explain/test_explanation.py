"""Alternatives, pairs to discuss, and why a child has no proposal."""

import pytest

from app.matching.explain import Explanation, WhyNot, explain, explain_child
from app.matching.problem import Problem
from tests.matching.build import build_problem
from tests.matching.explain.matched import NOBODY, match
from tests.matching.rows import Row

TOGETHER: Row = {"siblings": ("BZ-1", "samen")}
UNLESS: Row = {"siblings": ("BZ-1", "samen, tenzij")}
APART: Row = {"siblings": ("BZ-1", "apart")}
TWO_PLACES: Row = {"free_places": 2}


def absent(problem: Problem, family: list[int], **more: float) -> WhyNot:
    found = explain_child(match(problem, family, **more), 0).why_not
    assert found is not None
    return found


def alternatives(explanation: Explanation) -> list[int]:
    return [option.family for option in explanation.alternatives]


def test_alternatives_are_the_best_five_others() -> None:
    """Ranked by chance, without the family that is proposed."""
    problem = build_problem(families=[{"experience_years": years} for years in range(8)])
    assert alternatives(explain_child(match(problem, [7]), 0)) == [6, 5, 4, 3, 2]


def test_equal_chances_are_ranked_by_distance_and_then_by_name() -> None:
    """Never by the order of the rows."""
    child = {"visits_per_month": 0}
    families = [
        {"reference": "C"},
        {"reference": "B"},
        {"reference": "A", "lat": 52.0},
        {"reference": "Z", "provider": "leger-des-heils"},
    ]
    problem = build_problem(children=[child], families=families)
    found = explain_child(match(problem, [NOBODY]), 0)
    assert alternatives(found) == [3, 1, 0, 2]


def test_a_pair_above_the_limit_is_to_be_discussed() -> None:
    """It is shown apart and never as an alternative."""
    child = {"severity": {"externaliserend": 3}, "age": 15}
    problem = build_problem(children=[child], families=[{"experience_years": 20}, {}])
    chances = match(problem, [NOBODY]).scores.scored.chance
    found = explain_child(match(problem, [NOBODY], max_breakdown=float(chances.mean())), 0)
    assert alternatives(found) == [0]
    assert [option.family for option in found.to_discuss] == [1]
    assert found.to_discuss[0].chance > chances.mean()


def test_for_a_group_together_only_families_that_take_all_of_it() -> None:
    """Too few places, too small a limit, or a sibling refused: no alternative."""
    families = [
        TWO_PLACES,
        {"free_places": 1},
        {"free_places": 2, "max_siblings": 1},
        {"free_places": 2, "max_age": 5},
        {"free_places": 3},
    ]
    problem = build_problem(children=[TOGETHER, {**TOGETHER, "age": 9}], families=families)
    assert alternatives(explain_child(match(problem, [0, 0]), 0)) == [4]


def test_a_group_together_is_discussed_when_one_of_them_is_above_the_limit() -> None:
    """They come together, so the highest chance counts."""
    hard = {**TOGETHER, "age": 15, "severity": {"externaliserend": 3}}
    problem = build_problem(children=[{**TOGETHER, "age": 3}, hard], families=[TWO_PLACES])
    chances = match(problem, [NOBODY, NOBODY]).scores.scored.chance
    limit = float(chances.mean())
    found = explain_child(match(problem, [NOBODY, NOBODY], max_breakdown=limit), 0)
    assert found.alternatives == ()
    assert [option.family for option in found.to_discuss] == [0]
    assert found.to_discuss[0].chance < limit


def test_a_family_that_splits_the_group_is_shown_at_the_chance_of_a_split() -> None:
    """For `samen, tenzij` both are alternatives, each at its own chance."""
    problem = build_problem(children=[UNLESS, UNLESS], families=[TWO_PLACES, {}])
    whole, parted = explain_child(match(problem, [NOBODY, NOBODY]), 0).alternatives
    assert (whole.family, whole.split, parted.family, parted.split) == (0, False, 1, True)
    assert parted.chance > whole.chance
    assert parted.low > whole.low


def test_no_alternative_puts_children_together_who_must_be_apart() -> None:
    """The family of the sibling, or of a child kept apart, is left out."""
    problem = build_problem(children=[APART, APART], families=[TWO_PLACES] * 3)
    assert alternatives(explain_child(match(problem, [0, 1]), 0)) == [2]
    kept = build_problem(children=[{}, {}], families=[TWO_PLACES] * 3, kept_apart=[(1, 0)])
    assert alternatives(explain_child(match(kept, [0, 1]), 0)) == [2]


def test_a_placed_child_has_no_why_not_and_a_plan_must_be_eligible() -> None:
    """A plan with a refused pair is a mistake that is not explained away."""
    problem = build_problem(families=[{}, {"free_places": 0}])
    (found,) = explain(match(problem, [0]))
    assert found.why_not is None
    with pytest.raises(ValueError, match="not eligible"):
        explain(match(problem, [1]))


def test_refusals_are_counted_by_rule_most_first() -> None:
    """Every rule counts the families it refuses."""
    families = [{"max_age": 4, "free_places": 0}, {"max_age": 4}, {"status": "pauze"}]
    found = absent(build_problem(families=families), [NOBODY])
    assert [(r.code, r.count) for r in found.refused] == [
        ("leeftijd", 2),
        ("status", 1),
        ("plaats", 1),
    ]
    assert found.code == "geen_gezin"


def test_a_group_too_large_for_any_family_is_said_so() -> None:
    """No family takes that many at once."""
    found = absent(build_problem(children=[TOGETHER] * 3), [NOBODY] * 3)
    assert found.code == "groep_te_groot"
    assert "3 kinderen" in found.sentence


def test_a_place_that_goes_to_another_child_is_said_so() -> None:
    """There is a family that fits, but its place is taken in the plan."""
    found = absent(build_problem(children=[{}, {}]), [NOBODY, 0])
    assert found.code == "bezet"
    assert found.sentence == (
        "Er is 1 gezin dat kan, maar die plaats is voorgesteld voor een ander kind."
    )


def test_only_families_above_the_limit_is_said_so() -> None:
    """The pairs are there to discuss."""
    found = absent(build_problem(), [NOBODY], max_breakdown=0.01)
    assert found.code == "boven_grens"
    assert "hoger dan 1%" in found.sentence
    half = absent(build_problem(), [NOBODY], max_breakdown=0.015)
    assert "hoger dan 1,5%" in half.sentence


def test_siblings_that_must_live_apart_can_be_the_cause() -> None:
    """The only family is proposed for the other one."""
    problem = build_problem(children=[APART, APART], families=[TWO_PLACES])
    assert absent(problem, [NOBODY, 0]).code == "apart"


def test_a_group_on_hold_waits_for_an_answer() -> None:
    """Nobody looks further before a person has answered."""
    problem = build_problem(children=[TOGETHER, TOGETHER], on_hold=["BZ-1"])
    assert absent(problem, [NOBODY, NOBODY]).code == "aangehouden"


def test_a_free_family_that_the_plan_passes_over_is_said_so() -> None:
    """Nothing stands in the way but the order of the goals."""
    assert absent(build_problem(), [NOBODY]).code == "niet_gekozen"


def test_an_empty_problem_has_nothing_to_explain() -> None:
    """No children, no explanations; no families, an explanation each."""
    assert explain(match(build_problem(children=[]), [])) == ()
    (found,) = explain(match(build_problem(families=[]), [NOBODY]))
    assert found.why_not is not None
    assert (found.why_not.code, found.why_not.change) == ("geen_gezin", None)
