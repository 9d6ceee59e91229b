"""The three-option test, counted again by hand, and the profiles that it leads to."""

from typing import Any

import numpy as np
import pytest

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.questions.recruitment import WANTED, count_options, find_shortage
from app.matching.rules import RULES
from app.matching.slots import count_open
from tests.matching.questions.test_pair import match_case
from tests.matching.questions.test_whatif import drawn_case
from tests.matching.regions import MAXIMAAL, make_policy

LIMITED = make_policy("geplaatst", max_breakdown=0.15)


def by_hand(case: Case, child: int) -> int:
    """Count the families of a child one by one, rule by rule."""
    kids, count = case.problem.children, 0
    group = kids.sibling_group[child]
    wish = None if group < 0 else tuple(SiblingWish)[case.problem.groups.wish[group]]
    kin = [c for c in range(len(kids)) if group >= 0 and kids.sibling_group[c] == group]
    along = kin if wish is SiblingWish.TOGETHER and len(kin) > 1 else [child]
    for family in range(len(case.problem.families)):
        refused = any(
            rule.refuses(case.problem, case.policy, np.array([c]), np.array([family])).any()
            for rule in RULES
            for c in along
        )
        room = count_open(case.problem)[family] >= len(along)
        takes = len(along) == 1 or case.problem.families.max_siblings[family] >= len(along)
        if refused or not room or not takes:
            continue
        rows = [case.scores.position(c, family) for c in along]
        unless = wish is SiblingWish.TOGETHER_UNLESS and len(kin) > 1
        whole = unless and all(case.scores.position(c, family) is not None for c in kin)
        whole = whole and count_open(case.problem)[family] >= len(kin)
        whole = whole and case.problem.families.max_siblings[family] >= len(kin)
        if whole:
            rows = [case.scores.position(c, family) for c in kin]
        scored = case.scores.scored
        chances = scored.chance_split if unless and not whole else scored.chance
        count += max(float(chances[row]) for row in rows) <= case.policy.max_breakdown
    return count


@pytest.mark.parametrize("policy", [MAXIMAAL, LIMITED])
@pytest.mark.parametrize("seed", range(4))
def test_options_are_those_counted_by_hand(seed: int, policy: Any) -> None:
    """Feasible, with a free place, siblings along, within the limit."""
    drawn = drawn_case(seed)
    case = Case(drawn.problem, drawn.pairs, drawn.scores, drawn.plan, policy)
    counts = count_options(case)
    assert counts.tolist() == [by_hand(case, child) for child in range(len(counts))]


def test_siblings_who_stay_together_need_one_family() -> None:
    """Their options are those that take all of them, and one profile serves them with places."""
    together = ("BZ-1", "samen")
    case = match_case(
        children=[{"age": 4, "siblings": together}, {"age": 7, "siblings": together}],
        families=[{"free_places": 1}, {"free_places": 2, "max_siblings": 2}],
    )
    found = find_shortage(case)
    assert found.options.tolist() == [1, 1]
    (profile,) = found.profiles
    assert profile.places == 2
    assert profile.siblings
    assert profile.families == WANTED - 1
    assert (profile.youngest, profile.oldest) == (4, 7)


def test_one_profile_serves_as_many_children_as_it_can() -> None:
    """Children of about one age share a profile; another form or a far age gets its own."""
    kid = {"needs_wheelchair": True}
    case = match_case(
        children=[
            kid | {"age": 4}, kid | {"age": 6, "allergies": ["hond"]}, kid | {"age": 9},
            kid | {"age": 16}, kid | {"age": 5, "care_form": "crisis"}, {"age": 5},
        ],
        families=[{"wheelchair": False, "free_places": 3} for _ in range(3)],
    )  # fmt: skip
    found = find_shortage(case)
    assert found.options.tolist() == [0, 0, 0, 0, 0, 3]
    assert (found.tested, found.short) == (6, 5)
    assert found.profiles[0].children == (0, 1, 2)
    assert sorted(len(profile.children) for profile in found.profiles) == [1, 1, 3]
    first = found.profiles[0]
    assert first.wheelchair
    assert first.pets == ("hond",)
    assert first.families == WANTED
    assert "rolstoel" in first.sentence
    assert "hond" in first.sentence


def test_a_profile_asks_for_few_problems() -> None:
    """Nobody is willing for everything: children with too many different problems are apart."""
    kids = [
        {"age": 5, "severity": {"hechting": 2, "lvb": 2}},
        {"age": 5, "severity": {"middelen": 3, "weglopen": 2}},
        {"age": 5, "severity": {"hechting": 3}},
    ]
    found = find_shortage(match_case(children=kids, families=[{"status": "pauze"}]))
    assert [profile.children for profile in found.profiles] == [(0, 2), (1,)]
    assert all(len(profile.problems) == 2 for profile in found.profiles)


@pytest.mark.parametrize("seed", range(4))
def test_every_child_in_need_has_one_profile(seed: int) -> None:
    """Nobody is left out or named twice, and every profile would take each of its children."""
    case = drawn_case(seed, 30, 6)
    found = find_shortage(case)
    named = [child for profile in found.profiles for child in profile.children]
    assert sorted(named) == np.flatnonzero(found.options < WANTED).tolist()
    for profile in found.profiles:
        for child in profile.children:
            age = int(case.problem.age_in_years()[child])
            assert profile.youngest <= age <= profile.oldest
            clear = set(np.flatnonzero(case.problem.children.severity[child] >= 2).tolist())
            assert clear <= set(profile.problems)


def test_fixed_children_are_not_tested() -> None:
    """Begun with a family, or waiting for an answer about siblings: no family is missing."""
    case = match_case(
        children=[{}, {"siblings": ("BZ-1", "samen")}, {}],
        families=[{}],
        begun=[{"child": 0, "family": 0}],
        on_hold=["BZ-1"],
    )
    found = find_shortage(case)
    assert found.options.tolist()[:2] == [-1, -1]
    assert all(not {0, 1} & set(profile.children) for profile in found.profiles)
