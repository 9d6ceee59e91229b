"""Clearance, preparation and the least age of carers."""

import pytest

from tests.matching.judge import concerns, pair, refusing, sentence


@pytest.mark.parametrize(
    ("until", "codes"), [("2026-10-31", {"vgb"}), ("2026-11-01", set()), (None, {"vgb"})]
)
def test_clearance_is_valid_on_the_snapshot_day(until: str | None, codes: set[str]) -> None:
    """The last day still counts; an unknown day refuses."""
    assert refusing(pair({}, {"clearance_until": until})) == codes


def test_an_unknown_clearance_is_said_to_be_unknown() -> None:
    """The sentence does not call it expired."""
    assert "niet bekend" in sentence(pair({}, {"clearance_until": None}), "vgb")


def test_preparation_must_be_completed() -> None:
    """Not completed refuses."""
    assert refusing(pair({}, {"prepared": False})) == {"voorbereiding"}
    assert refusing(pair({}, {"prepared": True})) == set()


def test_screening_of_the_own_network_family_may_still_run() -> None:
    """Clearance and preparation are concerns there."""
    problem = pair({}, {"clearance_until": None, "prepared": False, "for_child": "AM-0000"})
    assert refusing(problem) == set()
    assert concerns(problem, "vgb")
    assert concerns(problem, "voorbereiding")


@pytest.mark.parametrize(
    ("born", "codes"),
    [((1980, 2006), {"leeftijd_pleegouder"}), ((1980, 2005), set()), ((), set())],
)
def test_no_carer_is_younger_than_21(born: tuple[int, ...], codes: set[str]) -> None:
    """Whoever turns 21 this year passes; an unknown year refuses nobody."""
    assert refusing(pair({}, {"carers_born": born})) == codes


def test_the_least_age_holds_for_the_network_family() -> None:
    """The law makes no exception for kin."""
    family = {"carers_born": (2007,), "for_child": "AM-0000"}
    assert refusing(pair({}, family)) == {"leeftijd_pleegouder"}
