"""A family needs at least one free place."""

import pytest

from tests.matching.judge import pair, refusing


@pytest.mark.parametrize(("places", "codes"), [(0, {"plaats"}), (1, set()), (3, set())])
def test_at_least_one_place_is_free(places: int, codes: set[str]) -> None:
    """None refuses, one is enough."""
    assert refusing(pair({}, {"free_places": places})) == codes


def test_a_full_network_family_is_refused() -> None:
    """The free place is hard for the child's own network family."""
    assert refusing(pair({}, {"for_child": "AM-0000", "free_places": 0})) == {"plaats"}
