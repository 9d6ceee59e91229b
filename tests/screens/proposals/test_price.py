"""What a choice costs, in words; of a secret placement no kilometre can be worked out."""

from typing import Any

import pytest

from app.screens.proposals.price import tell_price
from app.screens.proposals.tongue import Tongue
from app.screens.runs.answers import _gains

UNITS = ("kinderen", "km")


def price(*, is_secret: bool) -> dict[str, Any]:
    """A price in which one child moves and both goals change."""
    goals = [
        {"code": unit, "zin": f"Doel {unit}", "eenheid": unit, "richting": "minste",
         "nu": 10.0, "dan": 12.0, "verlies": 2.0}
        for unit in UNITS
    ]  # fmt: skip
    moved = {"aanmeldnummer": "AM-1", "verandering": "ander gezin", "geheimePlaatsing": is_secret}
    return {"doelen": goals, "kinderen": [moved], "schatting": False}


@pytest.mark.parametrize(("is_secret", "units"), [(True, ["kinderen"]), (False, list(UNITS))])
def test_kilometres_go_where_a_secret_placement_moves(is_secret: bool, units: list[str]) -> None:
    """Of the plan with and without it follows how far that family lives; in a call list too."""
    told = tell_price(price(is_secret=is_secret), Tongue("nl"))
    assert [line.unit for line in told.lines] == units
    gains = _gains({"opbrengst": price(is_secret=is_secret)})
    assert [goal["eenheid"] for goal in gains] == units


def test_a_call_that_was_not_worked_out_has_no_gain() -> None:
    """And says nothing of goals."""
    assert _gains({"opbrengst": None}) == []
