"""Allergy, smoke and wheelchair: what the house must be like."""

import pytest

from tests.matching.judge import concerns, pair, refusing
from tests.matching.rows import Row

CASES = [
    ("allergie", {"allergies": ("kat",)}, {"pets": ("hond", "kat")}, {"pets": ("hond",)}),
    ("rookvrij", {"needs_smoke_free": True}, {"smokes": True}, {"smokes": False}),
    ("rolstoel", {"needs_wheelchair": True}, {"wheelchair": False}, {"wheelchair": True}),
]


@pytest.mark.parametrize(("code", "child", "bad", "good"), CASES)
def test_the_house_must_suit_the_need(code: str, child: Row, bad: Row, good: Row) -> None:
    """Each need refuses the wrong house and only that one."""
    assert refusing(pair(child, bad)) == {code}
    assert refusing(pair(child, good)) == set()


@pytest.mark.parametrize(("code", "child", "bad", "good"), CASES)
def test_without_the_need_any_house_fits(code: str, child: Row, bad: Row, good: Row) -> None:
    """A child without the need fits both."""
    assert refusing(pair({}, bad)) == refusing(pair({}, good)) == set()


@pytest.mark.parametrize(("code", "child", "bad", "good"), CASES)
def test_for_the_own_network_family_it_is_a_concern(
    code: str, child: Row, bad: Row, good: Row
) -> None:
    """A person settles the house of the network family during screening."""
    problem = pair(child, {**bad, "for_child": "AM-0000"})
    assert refusing(problem) == set()
    assert concerns(problem, code)
