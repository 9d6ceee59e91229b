"""What a choice costs others, in words: goals that change, and children who move."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.screens.proposals.tongue import Tongue
from app.screens.words import N_

WORSE, BETTER = N_("slechter"), N_("beter")
_LEAST = 0.005  # below this a rounded number would say nothing happened


@dataclass(frozen=True, slots=True)
class Line:
    """One goal: its values now and then, and the difference in words; tone: beter, slechter, ''."""

    sentence: str
    unit: str
    before: str
    after: str
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class Told:
    """A price for people; lines: all goals; changed: those that differ, in the policy's order."""

    lines: list[Line]
    changed: list[Line]
    children: list[Mapping[str, Any]]
    others: list[Mapping[str, Any]]
    is_estimate: bool


def tell_price(
    price: Mapping[str, Any],
    tongue: Tongue,
    *,
    child: str | None = None,
    is_secret: bool = False,
) -> Told:
    """Return a price; child: the number of the child it is asked for, left out of `others`.

    is_secret: no kilometres, since from those of the plan follow those of the child. The same
    goes for any child that moves.
    """
    is_secret = is_secret or any(moved["geheimePlaatsing"] for moved in price["kinderen"])
    goals = [goal for goal in price["doelen"] if not (is_secret and goal["eenheid"] == "km")]
    lines = [_line(goal, tongue) for goal in goals]
    return Told(
        lines,
        [line for line in lines if line.tone],
        price["kinderen"],
        [moved for moved in price["kinderen"] if moved["aanmeldnummer"] != child],
        price["schatting"],
    )


def _line(goal: Mapping[str, Any], tongue: Tongue) -> Line:
    _ = tongue.say
    loss = goal["verlies"]
    digits = 2 if goal["eenheid"] == "verwachte breakdowns" else 0
    said = tongue.number(abs(loss), digits)
    if loss and abs(loss) < (_LEAST if digits else 0.5):
        said = _("een fractie")
    is_more = (loss > 0) == (goal["richting"] == "minste")
    change = _("%(aantal)s meer") if is_more else _("%(aantal)s minder")
    return Line(
        goal["zin"], goal["eenheid"],
        tongue.number(goal["nu"], digits), tongue.number(goal["dan"], digits),
        change % {"aantal": said} if loss else _("gelijk"),
        WORSE if loss > 0 else BETTER if loss < 0 else "",
    )  # fmt: skip
