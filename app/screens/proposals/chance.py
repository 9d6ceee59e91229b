"""The chance that a placement breaks down, as a picture: a band with its interval.

A number stands beside it only where the outcomes of the region bear it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from app.screens.proposals.factors import HIDDEN, OF_CHILD, label_of, tells_place
from app.screens.words import N_

# Where the bands part; a test holds them against those of the engine.
LOW_BELOW, HIGH_FROM = 0.12, 0.25
FROM_LITERATURE = "inschatting uit literatuur"
OFF = N_("uitgezet")  # in the place of a band, while the region has switched the chances off
WIDTH = 1000.0
STRENGTHS = ((0.3, N_("sterk")), (0.1, N_("duidelijk")), (0.0, N_("licht")))


@dataclass(frozen=True, slots=True)
class Picture:
    """A chance along an axis of WIDTH; small chances get more room (square root)."""

    band: str
    low_band: str
    high_band: str
    low: float
    at: float
    high: float
    middle_from: float
    high_from: float
    percent: int | None
    percents: tuple[int, int] | None

    @property
    def is_off(self) -> bool:
        """Return whether no chance may be shown."""
        return self.band == OFF


def picture_of(option: Mapping[str, Any]) -> Picture:
    """Return the picture of an option; percent is None while it rests on literature."""
    if option["klasse"] is None:
        return Picture(OFF, OFF, OFF, 0.0, 0.0, 0.0, 0.0, 0.0, None, None)
    low, high = option["interval"]
    chance = option["breakdownKans"]
    is_figure = option["grondslag"] != FROM_LITERATURE
    return Picture(
        option["klasse"], band_of(low), band_of(high), _along(low), _along(chance), _along(high),
        _along(LOW_BELOW), _along(HIGH_FROM),
        round(100 * chance) if is_figure else None,
        (round(100 * low), round(100 * high)) if is_figure else None,
    )  # fmt: skip


def band_of(chance: float) -> str:
    """Return the band of a chance."""
    if chance < LOW_BELOW:
        return "laag"
    return "hoog" if chance >= HIGH_FROM else "midden"


def _along(chance: float) -> float:
    return round(WIDTH * sqrt(chance), 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One factor: its share (0..1) of the largest one, and whether it helps."""

    label: str
    sentence: str
    source: str
    strength: str
    share: float
    helps: bool
    is_hidden: bool = False


def bars_of(
    reasons: Iterable[Mapping[str, Any]], *, is_secret: bool
) -> tuple[list[Bar], list[Bar]]:
    """Return the factors of child and family together, and those of the child with any family."""
    weighed = [reason for reason in reasons if reason["bijdrage"]]
    largest = max((abs(reason["bijdrage"]) for reason in weighed), default=1.0)
    bars: tuple[list[Bar], list[Bar]] = ([], [])
    for reason in weighed:
        bars[reason["code"] in OF_CHILD].append(_bar(reason, largest, is_secret=is_secret))
    return bars


def _bar(reason: Mapping[str, Any], largest: float, *, is_secret: bool) -> Bar:
    weight = abs(reason["bijdrage"])
    is_hidden = is_secret and tells_place(reason["code"])
    return Bar(
        label_of(reason["code"]),
        HIDDEN if is_hidden else reason["zin"],
        reason["bron"] or "",
        next(word for least, word in STRENGTHS if weight >= least),
        round(weight / largest, 3),
        reason["bijdrage"] < 0,
        is_hidden,
    )
