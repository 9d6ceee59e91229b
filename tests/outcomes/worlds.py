"""Placements of a made-up region whose chances are right by making; faults are planted in twins."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from app.kernel.endings import EndLabel
from app.kernel.words import CareForm
from tests.outcomes.made import TODAY

SHAPE = 0.55
PROVIDERS = ("spirit", "youke", "wsp", "vitree")
_MONTH = 30.4375


def draw_world(
    placements: int,
    *,
    seed: int,
    years: float = 3.0,
    drift_from: date | None = None,
    factor: float = 1.0,
    today: date = TODAY,
) -> list[dict[str, Any]]:
    """Return placements with the chance that truly held at the start.

    From drift_from on breakdowns come `factor` times as often as was stated.
    """
    dice = np.random.default_rng(seed)
    turn = Turn(drift_from or today, factor)
    return [_draw(dice, years, turn, today) for _ in range(placements)]


class Turn(NamedTuple):
    """From when on breakdowns come how many times as often."""

    day: date
    factor: float


def _draw(dice: np.random.Generator, years: float, turn: Turn, today: date) -> dict[str, Any]:
    since = today - timedelta(days=int(dice.integers(1, int(years * 365.25))))
    chance = round(float(dice.uniform(0.05, 0.45)), 3)
    horizon = 12 if dice.random() < 0.85 else 2
    whole = -np.log1p(-chance)
    days = _days_until(dice, whole, horizon, turn._replace(day=(turn.day - since).days))
    planned = int(dice.integers(150, 1100)) if horizon == 12 else int(dice.integers(40, 90))
    until = since + timedelta(days=min(days, planned))
    label = EndLabel.BROKEN if days < planned else EndLabel.PLANNED
    is_over = until <= today
    return {
        "since": since, "until": until if is_over else None, "label": label if is_over else None,
        "chance": chance, "horizon": horizon, "provider": PROVIDERS[dice.integers(0, 4)],
        "form": CareForm.CRISIS if horizon == 2 else CareForm.LONG_TERM,
        "age": float(dice.uniform(0, 17)), "gender": ("jongen", "meisje")[dice.integers(0, 2)],
        "waited": int(dice.exponential(60)) + 1, "lvb": int(dice.random() < 0.2),
    }  # fmt: skip


def _days_until(dice: np.random.Generator, whole: float, horizon: int, turn: Any) -> int:
    """Return after how many days it breaks down; `turn.day` is counted from the start here."""
    target, length = dice.exponential(), horizon * _MONTH
    at_turn = whole * (max(turn.day, 0) / length) ** SHAPE
    if target > at_turn:
        target = at_turn + (target - at_turn) / turn.factor
    return max(1, min(100_000, int(np.ceil(length * (target / whole) ** (1 / SHAPE)))))


def plant_disparities(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a twin in which some are treated unlike: only that differs.

    Children with a learning disability wait four times as long; of one provider's placements half
    of those that held break down after two months, whatever was stated.
    """
    twin, dice = [], np.random.default_rng(4)
    for one in told:
        other = dict(one)
        if one["lvb"]:
            other["waited"] = one["waited"] * 4
        is_longer = (one["until"] or TODAY) - one["since"] > timedelta(days=60)
        if one["provider"] == "wsp" and is_longer and dice.random() < 0.5:
            other |= {"until": one["since"] + timedelta(days=60), "label": EndLabel.BROKEN}
        twin.append(other)
    return twin
