"""A group that should stay together: one family for all of them, against dividing it."""

from math import comb

import pytest

from app.kernel.words import SiblingWish
from app.matching.explain import explain_child
from app.matching.explain.change import SmallestChange
from app.matching.explain.division import divide, find_division
from app.matching.problem import Problem
from tests.matching.build import build_problem
from tests.matching.explain.matched import NOBODY, match
from tests.matching.rows import Row

TOGETHER: Row = {"siblings": ("BZ-1", "samen")}
THREE: list[Row] = [{**TOGETHER, "age": age} for age in (6, 9, 15)]


def smallest(problem: Problem, family: list[int], *, child: int = 0) -> SmallestChange:
    found = explain_child(match(problem, family, max_breakdown=1.0), child).why_not
    assert found is not None
    assert found.change is not None
    return found.change


def test_a_group_needs_a_change_that_opens_a_family_to_all_of_it() -> None:
    """The eldest misses by two years, so two years it is; dividing is weighed and told."""
    children = [{**TOGETHER, "age": 7}, {**TOGETHER, "age": 8}]
    families = [{"max_age": 6, "free_places": 2}, {"max_age": 7}]
    change = smallest(build_problem(children=children, families=families), [NOBODY, NOBODY])
    assert (change.rules, change.families) == (("leeftijd",), (0,))
    assert "2 jaar ruimer" in change.sentence
    assert "Verdelen helpt niet genoeg" in change.sentence
    assert "1 gezin voor AM-0000 en 0 gezinnen voor AM-0001" in change.sentence


def test_dividing_is_named_first_where_one_family_asks_more() -> None:
    """Two places more in one family weigh more than a second family; only a person decides."""
    families: list[Row] = [{"max_siblings": 3}, {"free_places": 2, "max_age": 9}]
    change = smallest(build_problem(children=THREE, families=families), [NOBODY] * 3)
    assert (change.rules, change.families) == (("broers_zussen_samen",), (0, 1))
    assert change.is_negotiable
    assert change.sentence == (
        "Verdelen kan over 2 gezinnen, maar alleen als een mens dat besluit en de reden vastlegt; "
        "dan komen in beeld: 2 gezinnen voor AM-0000, 2 gezinnen voor AM-0001 en 1 gezin voor "
        "AM-0002. Samen: als het gezin 2 plaatsen meer kan bieden, komt er 1 gezin in beeld."
    )


def test_one_place_more_for_all_of_them_goes_before_dividing() -> None:
    """Staying together is the wish; that dividing could be done is told after it."""
    families: list[Row] = [{"free_places": 2, "max_siblings": 3}, {}]
    change = smallest(build_problem(children=THREE, families=families), [NOBODY] * 3)
    assert change.rules == ("plaats",)
    assert change.sentence.startswith("Als het gezin 1 plaats meer kan bieden, komt er 1 gezin")
    assert "Verdelen kan over 2 gezinnen" in change.sentence


def test_each_child_hears_of_its_own_families() -> None:
    """The families that open are those of the child that is explained."""
    families: list[Row] = [{"max_age": 9, "free_places": 2, "max_siblings": 2}, {"min_age": 12}]
    problem = build_problem(children=THREE, families=families)
    assert smallest(problem, [NOBODY] * 3, child=0).families == (0,)
    assert smallest(problem, [NOBODY] * 3, child=2).families == (1,)


@pytest.mark.parametrize(
    ("families", "homes"),
    [
        ([{"free_places": 2}, {}], 2),
        ([{"free_places": 2, "max_siblings": 1}, {}], 0),
        ([{"free_places": 2, "max_siblings": 1}, {}, {}], 3),
        ([{"free_places": 2, "max_age": 5}, {}], 0),
        ([{}, {}], 0),
    ],
)
def test_the_fewest_families_keep_places_and_limits(families: list[Row], homes: int) -> None:
    """Places, the most siblings at once and every hard rule hold for each part of the group."""
    case = match(build_problem(children=THREE, families=families), [NOBODY] * 3, max_breakdown=1.0)
    members = case.members(0, SiblingWish.TOGETHER)
    assert find_division(case, members).homes == homes


def test_children_kept_apart_are_not_put_in_one_part() -> None:
    """Two of the three may not live together, so two families of two places are needed."""
    two: Row = {"free_places": 2}
    problem = build_problem(children=THREE, families=[two, two], kept_apart=[(0, 1)])
    case = match(problem, [NOBODY] * 3, max_breakdown=1.0)
    assert find_division(case, case.members(0, SiblingWish.TOGETHER)).homes == 2
    alone = build_problem(children=THREE, families=[two, {}], kept_apart=[(0, 1), (0, 2), (1, 2)])
    case = match(alone, [NOBODY] * 3, max_breakdown=1.0)
    assert find_division(case, case.members(0, SiblingWish.TOGETHER)).homes == 0


def test_places_proposed_to_others_are_said_to_be_so() -> None:
    """Dividing would take what the plan gives to another child."""
    children = [*THREE[:2], {}]
    problem = build_problem(children=children, families=[{}, {}])
    case = match(problem, [NOBODY, NOBODY, 1], max_breakdown=1.0)
    division = find_division(case, case.members(0, SiblingWish.TOGETHER))
    assert (division.homes, division.contested) == (2, 1)
    assert "voorgesteld voor andere kinderen" in smallest(problem, [NOBODY, NOBODY, 1]).sentence


def test_divided_children_carry_the_risk_of_a_split() -> None:
    """A family within the limit only while they are together does not count."""
    problem = build_problem(children=THREE[:2], families=[{}, {}])
    chances = match(problem, [NOBODY, NOBODY]).scores.scored.chance
    tight = match(problem, [NOBODY, NOBODY], max_breakdown=float(chances.max()))
    wide = match(problem, [NOBODY, NOBODY], max_breakdown=1.0)
    members = wide.members(0, SiblingWish.TOGETHER)
    assert find_division(tight, members).homes == 0
    assert find_division(wide, members).homes == 2


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_every_way_to_divide_is_tried_once(size: int) -> None:
    """As many as the Stirling numbers of the second kind say, none of them twice."""
    for number in range(1, size + 1):
        ways = [frozenset(map(frozenset, w)) for w in divide(list(range(size)), number)]
        assert len(ways) == len(set(ways)) == stirling(size, number)


def stirling(size: int, number: int) -> int:
    """Ways to divide so many items into so many groups, by the explicit formula."""
    factorial = 1
    for k in range(2, number + 1):
        factorial *= k
    total = sum((-1) ** (number - k) * comb(number, k) * k**size for k in range(number + 1))
    return total // factorial
