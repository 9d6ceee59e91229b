"""Draws the ages of the children of one household, far enough apart to be born of one mother."""

from app.simulation.dice import Dice, Shares
from app.simulation.households import DAYS_A_YEAR

# Years from and up to, with how many of 120 waiting children were that old.
_AGE_BANDS = Shares({(0.08, 2.0): 8, (2.0, 4.0): 7, (4.0, 8.0): 23, (8.0, 12.0): 27,
                     (12.0, 17.9): 55})  # fmt: skip
_GAP_DAYS = (300, 1300)
_OLDEST_DAYS = int(17.9 * DAYS_A_YEAR)
_YOUNGEST_DAYS = 30


def draw_ages(dice: Dice, size: int, *, at_least_years: int = 0) -> list[int]:
    """Return `size` ages in days on the snapshot day, the eldest first."""
    low, high = dice.draw(_AGE_BANDS)
    low = max(low, float(at_least_years))
    high = max(high, low + 1)
    eldest = dice.between(int(low * DAYS_A_YEAR), int(high * DAYS_A_YEAR))
    gaps = [dice.between(*_GAP_DAYS) for _ in range(size - 1)]
    eldest = min(max(eldest, sum(gaps) + _YOUNGEST_DAYS), _OLDEST_DAYS)
    ages = [eldest]
    for gap in gaps:
        ages.append(ages[-1] - gap)
    return ages
