"""What was seen within a horizon is told of who was followed that long, with a right margin."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from app.matching.problem import Bools, Floats
from app.outcomes.calibration import show_calibration
from app.outcomes.fairness import show_fairness
from app.outcomes.survival import broken_share
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.worlds import draw_world

SHAPE, DRAWS = 0.55, 400
Drawn = tuple[Floats, Bools, Bools]


def drawn(
    dice: np.random.Generator, number: int, *, chance: float, since: tuple[float, float]
) -> Drawn:
    """Return placements that began so many horizons ago: a third ends as planned before it."""
    breaks = (dice.exponential(size=number) / -np.log1p(-chance)) ** (1 / SHAPE)
    ago = dice.uniform(*since, number)
    planned = np.where(dice.random(number) < 0.33, dice.uniform(0.1, 1.0, number), np.inf)
    time = np.minimum(np.minimum(breaks, planned), ago)
    return time, (time == breaks) & (time <= 1.0), ago >= 1.0


def share_inside(dice: np.random.Generator, truth: float, groups: list[dict[str, object]]) -> float:
    """Return in which part of the draws the interval holds the truth."""
    inside = 0
    for _ in range(DRAWS):
        columns = zip(*(drawn(dice, **group) for group in groups), strict=True)  # type: ignore[arg-type]
        found = broken_share(*(np.concatenate(column) for column in columns))
        assert found is not None
        inside += found.low <= truth <= found.high
    return inside / DRAWS


def test_of_who_was_followed_for_three_months_nothing_is_told() -> None:
    """200 placements with a right chance of 25%: nobody knows yet how many break down in a year."""
    dice = np.random.default_rng(3)
    assert broken_share(*drawn(dice, 200, chance=0.25, since=(0.0, 0.25))) is None


@pytest.mark.parametrize("since", [(0.0, 1.8), (0.0, 3.0), (1.0, 2.0)])
def test_the_margin_holds_the_truth_as_often_as_it_says(since: tuple[float, float]) -> None:
    """Nineteen times in twenty, also where most began too lately to count."""
    dice = np.random.default_rng(7)
    often = share_inside(dice, 0.25, [{"number": 200, "chance": 0.25, "since": since}])
    assert 0.925 <= often <= 0.985


def test_short_horizons_do_not_speak_for_long_ones() -> None:
    """Crisis care of two months, 10% of which breaks down, among years of which 40% does.

    All began half a year to a year and a half ago: of crisis care (whose horizon that is three to
    nine times) all is known, of the others that half; of what is told the truth is known.
    """
    dice = np.random.default_rng(5)
    short = {"number": 100, "chance": 0.1, "since": (3.0, 9.0)}
    long = {"number": 200, "chance": 0.4, "since": (0.5, 1.5)}
    assert 0.92 <= share_inside(dice, (0.1 + 0.4) / 2, [short, long]) <= 0.99


def test_ten_at_least_held_all_of_it_or_nobody_was_lost_sight_of() -> None:
    """Else the curve stops before the horizon, or hangs on a few."""
    time = np.array([0.1] * 20 + [0.4] * 80 + [1.5] * 9)
    broke, due = np.arange(109) < 20, np.ones(109, dtype=np.bool_)
    assert broken_share(time, broke, due) is None
    assert broken_share(np.append(time, 1.2), np.append(broke, False), np.append(due, True))
    held = broken_share(time[:20], broke[:20] & (np.arange(20) < 20), due[:20])
    assert held is not None
    assert held.value == 1.0
    assert broken_share(time[:9], broke[:9], due[:9]) is None


def test_the_newest_half_year_is_not_held_against_a_whole_year(session: Session) -> None:
    """Its chances are right: it says that it was followed too short, or told and seen agree."""
    year = [one for one in draw_world(6000, seed=10) if one["horizon"] == 12]
    insert_placements(session, [one for one in year if TODAY - one["since"] < timedelta(days=800)])
    found = show_calibration(session, today=TODAY)
    newest = found.by_half_year[-1]
    assert (newest.name, newest.followed) == ("2026, tweede halfjaar", 0)
    assert (newest.predicted, newest.observed) == (None, None)
    assert newest.ratio is not None
    assert newest.ratio.low < 1 < newest.ratio.high
    told = [half for half in found.by_half_year if half.observed]
    assert len(told) >= 3
    for half in told:
        assert half.observed and half.predicted and half.followed and half.placements
        assert half.observed.low <= half.predicted <= half.observed.high
        assert half.followed % 5 == 0
        assert half.followed <= half.placements
    board = show_fairness(session, first=TODAY - timedelta(days=300), last=TODAY, today=TODAY)
    assert board.everyone.children and board.everyone.chance
    assert board.everyone.broken is None
