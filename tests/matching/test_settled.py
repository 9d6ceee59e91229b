"""Begun pairs, placed siblings and rhythms, from problem to explanation, by small examples."""

import numpy as np
import pytest

from app.matching.check import check_plan
from app.matching.match import MatchResult, match
from app.matching.problem import Problem
from app.matching.risk.weights import load_weights
from tests.matching.build import build_problem
from tests.matching.regions import PLACED, all_pairs
from tests.matching.test_check import honest_plan

UNLESS, TOGETHER = ("BZ-1", "samen, tenzij"), ("BZ-1", "samen")
ODD, EVEN = {"rhythm": "oneven weekenden"}, {"rhythm": "even weekenden"}


def run(problem: Problem) -> MatchResult:
    return match(problem, PLACED, load_weights())


def placed(problem: Problem) -> list[int]:
    return run(problem).plan.family.tolist()


def test_a_begun_pair_is_left_alone_and_told() -> None:
    """The child is proposed nowhere, its place is gone, and it says since when that is."""
    begun = [{"child": 0, "family": 0, "since": "2026-10-20"}]
    result = run(build_problem(children=[{}, {}], families=[{}], begun=begun))
    assert result.plan.family.tolist() == [-1, -1]
    first, second = result.explanations
    assert first.underway is not None
    assert (first.underway.option.family, str(first.underway.since)) == (0, "2026-10-20")
    assert 0 < first.underway.option.chance < 1
    assert (first.proposed, first.why_not) == (None, None)
    assert second.why_not is not None
    assert "plaats" in [rule.code for rule in second.why_not.refused]


def test_a_begun_pair_keeps_its_alternatives_for_after_a_no() -> None:
    """The families that would be next are listed, the one that was asked is not."""
    result = run(build_problem(children=[{}], families=[{}, {}], begun=[{"child": 0, "family": 0}]))
    assert [option.family for option in result.explanations[0].alternatives] == [1]


def test_a_begun_pair_may_break_rules_that_people_set_aside() -> None:
    """What has begun with a paused family is shown with its chance, not refused."""
    problem = build_problem(
        children=[{}], families=[{"status": "pauze"}], begun=[{"child": 0, "family": 0}]
    )
    underway = run(problem).explanations[0].underway
    assert underway is not None
    assert {"vorm", "verzoek"}.isdisjoint(reason.code for reason in underway.option.reasons)


def test_a_child_with_an_unknown_network_family_hears_why() -> None:
    """It lives there, so nothing is proposed, although no provider knows the family yet."""
    begun = {"child": 0, "family": -1, "takes_place": False, "in_network": True}
    (explanation,) = run(build_problem(children=[{}], families=[{}], begun=[begun])).explanations
    assert explanation.why_not is not None
    assert explanation.why_not.code == "al_in_gang"


def test_a_placed_sibling_is_asked_first_as_a_request() -> None:
    """Full or not, its family is the proposal; without a place it is marked as a request."""
    problem = build_problem(
        children=[{}],
        families=[{"free_places": 0}, {}],
        placed_siblings=[(0, 0, "samen, tenzij")],
    )
    (explanation,) = run(problem).explanations
    assert explanation.proposed is not None
    assert (explanation.proposed.family, explanation.proposed.is_request) == (0, True)
    assert "verzoek" in [reason.code for reason in explanation.proposed.reasons]
    assert [option.family for option in explanation.alternatives] == [1]


def test_a_recorded_no_ends_the_asking() -> None:
    """After a no the next family is proposed; a child that must stay together waits."""
    homes, no = [{"free_places": 0}, {}], [(0, 0)]
    for wish, family in (("samen, tenzij", 1), ("samen", -1)):
        problem = build_problem(
            children=[{}], families=homes, recorded_no=no, placed_siblings=[(0, 0, wish)]
        )
        assert placed(problem) == [family]


def test_a_request_takes_no_place_from_another() -> None:
    """A free place goes to the sibling first; only what is over goes to another child."""
    kin = [(0, 0, "samen, tenzij"), (1, 0, "samen, tenzij")]
    for free, other in ((0, -1), (1, -1), (2, -1), (3, 0)):
        problem = build_problem(
            children=[{}, {}, {}], families=[{"free_places": free}], placed_siblings=kin
        )
        result = run(problem)
        assert result.plan.family.tolist() == [0, 0, other]
        shown = [e.proposed.is_request for e in result.explanations[:2] if e.proposed]
        assert sum(shown) == max(2 - free, 0)


def test_away_from_a_placed_sibling_counts_as_split() -> None:
    """The chance elsewhere carries the factor of siblings parted; at the sibling's it does not."""
    problem = build_problem(
        children=[{}],
        families=[{"free_places": 1}, {}],
        recorded_no=[],
        placed_siblings=[(0, 0, "samen, tenzij")],
    )
    result = run(problem)
    scored = result.scores.scored
    assert scored.chance[0] < scored.chance_split[0] == scored.chance[1] == scored.chance_split[1]
    (explanation,) = result.explanations
    assert [option.split for option in explanation.alternatives] == [True]
    told = run(
        build_problem(
            children=[{}], families=[{}], placed_siblings=[(0, 0, "samen")], recorded_no=[(0, 0)]
        )
    )
    assert told.plan.split == (False,)


def test_parted_from_a_settled_sibling_is_said_in_the_plan() -> None:
    """A child `samen, tenzij` placed elsewhere is marked split, with the reason in its proposal."""
    problem = build_problem(
        children=[{}],
        families=[{}, {}],
        recorded_no=[(0, 0)],
        placed_siblings=[(0, 0, "samen, tenzij")],
    )
    result = run(problem)
    assert (result.plan.family.tolist(), result.plan.split) == ([1], (True,))
    assert result.explanations[0].proposed is not None
    assert "broers_zussen_gesplitst" in [r.code for r in result.explanations[0].proposed.reasons]


def test_two_children_share_a_bed_in_alternating_weekends() -> None:
    """One bed holds an odd and an even weekend, not two odd ones, and not full time as well."""
    assert placed(build_problem(children=[ODD, EVEN])) == [0, 0]
    assert sorted(placed(build_problem(children=[ODD, ODD]))) == [-1, 0]
    assert sorted(placed(build_problem(children=[ODD, EVEN, {}]))) == [-1, 0, 0]


def test_siblings_who_may_not_be_parted_move_as_one() -> None:
    """Two bound siblings and a third `samen, tenzij`: the two together, the third elsewhere."""
    problem = build_problem(
        children=[{"siblings": UNLESS}] * 3,
        families=[{"free_places": 2}, {}],
        kept_together=[(1, 2)],
    )
    assert placed(problem) == [1, 0, 0]


@pytest.mark.parametrize(
    ("changes", "family", "words"),
    [
        ({"begun": [{"child": 0, "family": 0, "takes_place": False}]}, [0], "niet nog eens"),
        ({"placed_siblings": [(0, 0, "apart")]}, [0], "dat apart moet"),
        ({"placed_siblings": [(0, 1, "samen")]}, [0], "broer of zus blijven"),
        ({"placed_siblings": [(0, 1, "samen, tenzij")]}, [0], "eerst moet"),
        (
            {"kept_together": [(0, 1)], "children": [{"siblings": UNLESS}] * 2},
            [0, -1], "bij elkaar",
        ),
        ({"children": [ODD, ODD]}, [0, 0], "2 kinderen op 1 plaatsen (oneven weekenden)"),
        (
            {"children": [{"siblings": TOGETHER}] * 2, "begun": [{"child": 1, "family": 0}],
             "families": [{"free_places": 2, "max_siblings": 1}, {}]},
            [0, -1], "te veel broers en zussen",
        ),
        ({"children": [{}, {}], "placed_siblings": [(1, 0, "samen")]}, [0, -1], "op 0 plaatsen"),
    ],
)  # fmt: skip
def test_the_checker_finds_what_goes_against_it(
    changes: dict, family: list[int], words: str
) -> None:
    """Each kind of violation beside what people have settled is found and named."""
    problem = build_problem(**{"families": [{}, {}], **changes})
    pairs = all_pairs(problem)
    found = check_plan(problem, pairs, PLACED, honest_plan(problem, pairs, family))
    assert any(words in sentence for sentence in found)


def test_nobody_is_named_twice_and_positions_exist() -> None:
    """A problem that points past its tables, or begins twice for a child, is refused."""
    row = {"child": 0, "family": 0}
    with pytest.raises(ValueError, match="twice"):
        build_problem(begun=[row, row])
    with pytest.raises(ValueError, match=r"BegunPairs\.family"):
        build_problem(begun=[{"child": 0, "family": 1}])
    assert np.array_equal(build_problem().is_begun(), [False])
