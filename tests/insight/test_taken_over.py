"""Placements that ran before the service was told of them move no curve."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy.orm import Session

from app.insight.board_schemas import CurveOut
from app.insight.breakdown_board import breakdown_board, long_term_share
from app.insight.survival import Lasted, curve_of, joining
from app.kernel.endings import EndLabel
from tests.outcomes.made import insert_placements

BEGAN, SERVICE, TODAY = date(2024, 1, 1), date(2024, 4, 1), date(2026, 11, 28)
MEAN = 400.0  # days; drawn from an exponential, so that the truth is known


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def drawn(number: int, *, seed: int, service: date, ground: str = "overgenomen") -> list[Any]:
    """Placements of the first half of 2024; of before the service only what ran when it began."""
    dice, told = np.random.default_rng(seed), []
    for _ in range(number):
        since = BEGAN + timedelta(days=int(dice.integers(0, 180)))
        ended = since + timedelta(days=int(dice.exponential(MEAN)) + 1)
        is_over = ended <= TODAY
        one: dict[str, Any] = {
            "since": since, "until": ended if is_over else None,
            "label": EndLabel.BROKEN if is_over else None, "told_at": at_noon(since),
        }  # fmt: skip
        if since >= service:
            told.append(one)
        elif ended > service:
            told.append(one | {"ground": ground, "told_at": at_noon(service)})
    return told


def half(session: Session, name: str) -> CurveOut:
    board = breakdown_board(session, last=TODAY, today=TODAY)
    return next(curve for curve in [board.whole, *board.halves] if curve.half == name)


@pytest.mark.parametrize("ground", ["overgenomen", "eigen netwerk"])
def test_takeovers_do_not_move_the_curve(session: Session, ground: str) -> None:
    """It is the truth, within its margin; by counting all from the first day it was not."""
    told = drawn(3000, seed=3, service=SERVICE, ground=ground)
    insert_placements(session, told)
    curve = half(session, "2024-1")
    assert curve.placements == len(told) and curve.points
    point = {one.month: one for one in curve.points}
    for month in (1, 2, 3, 6, 12, 24):
        truth = np.exp(-month * 365.25 / 12 / MEAN)
        assert point[month].low <= truth <= point[month].high, month
        assert point[month].share == pytest.approx(truth, abs=0.03)
    assert point[1].at_risk < point[2].at_risk  # they come in on the way
    days = np.array([((one["until"] or TODAY) - one["since"]).days for one in told])
    assert (days > 365.25 / 4).mean() > np.exp(-365.25 / 4 / MEAN) + 0.03  # what it told before
    share = long_term_share(session, last=TODAY, today=TODAY, month=24)
    assert share == pytest.approx(np.exp(-24 * 365.25 / 12 / MEAN), abs=0.03)


def test_a_half_year_of_takeovers_alone_tells_nothing(session: Session) -> None:
    """Told of two years later: it showed that all of them held for a year."""
    late = date(2026, 2, 1)
    told = drawn(300, seed=4, service=late)
    assert 20 < len(told) < 120
    insert_placements(session, told)
    board = breakdown_board(session, last=TODAY, today=TODAY)
    curve = next(one for one in board.halves if one.half == "2024-1")
    assert (curve.placements, curve.broken, curve.points) == (0, 0, None)
    assert (board.whole.placements, board.taken_over) == (0, len(told))


def test_told_on_the_first_day_counts_from_that_day(session: Session) -> None:
    """By the day in Amsterdam; and what was agreed on or was acute is no takeover."""
    since = date(2026, 3, 1)
    evening = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)  # half past eleven there
    one = {"since": since, "ground": "eigen netwerk", "told_at": evening}
    insert_placements(session, [one] * 12)
    late = {"told_at": at_noon(date(2026, 3, 9))}
    insert_placements(session, [one | late | {"ground": "afgesproken"}] * 7)
    insert_placements(session, [one | {"told_at": evening + timedelta(hours=1)}] * 5)
    board = breakdown_board(session, last=date(2026, 2, 28), today=TODAY)
    assert (board.whole.placements, board.taken_over) == (0, 0)
    assert half(session, "2026-1").placements == 24
    # On the day of looking they had not been told of yet.
    board = breakdown_board(session, last=since, today=TODAY)
    assert (board.whole.placements, board.taken_over) == (19, 5)


def test_who_joins_by_hand() -> None:
    """Ten that are followed just before, on the very day; ended before it is never counted."""
    ten = [Lasted(50, 0, 10)]
    early, on_day, after = Lasted(90, 1, 0, 50), Lasted(90, 1, 0, 51), Lasted(40, 1, 0, 45)
    assert joining([*ten, early, on_day, after]) == [*ten, early]
    assert joining([Lasted(50, 0, 9), early]) == [Lasted(50, 0, 9)]
    assert joining([early, Lasted(90, 0, 40, 50)]) == []
    assert joining([Lasted(90, 0, 0, 50), *ten]) == ten
    assert joining([]) == []
    steps = curve_of([Lasted(10, 1, 0), Lasted(20, 1, 9), Lasted(30, 1, 4, 20)])
    assert [(step.at_risk, step.broken) for step in steps] == [(11, 1), (15, 2), (5, 3)]
    assert steps[1].share == pytest.approx(10 / 11 * 14 / 15)
