"""A family that its provider must confirm waits."""

from tests.matching.judge import pair, refusing


def test_a_family_to_be_confirmed_is_refused_until_then() -> None:
    """The mark refuses; without it the family fits."""
    assert refusing(pair({}, {"needs_confirmation": True})) == {"navragen"}
    assert refusing(pair({}, {"needs_confirmation": False})) == set()


def test_a_network_family_must_be_confirmed_as_well() -> None:
    """The mark is hard for the child's own network family."""
    family = {"for_child": "AM-0000", "needs_confirmation": True}
    assert refusing(pair({}, family)) == {"navragen"}
