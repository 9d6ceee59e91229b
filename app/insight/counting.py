"""Counting without pointing at anybody: what is small is not told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median

# Fewer than this in a group, and with what one knows already one may know who: then no figure.
# (Statistics Netherlands hides cells of a few in the same way.)
SMALL = 5
AGES = (("0–3", 4), ("4–7", 8), ("8–11", 12), ("12–15", 16), ("16+", 99))


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a grouping; count and median_days are None where it is small."""

    name: str
    count: int | None
    median_days: float | None = None
    is_small: bool = False


def age_in_years(born_on: date, today: date) -> int:
    """Return whole years."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)


def age_group(years: int) -> str:
    """Return in which group of ages a child is."""
    return next(name for name, below in AGES if years < below)


def told(count: int) -> int | None:
    """Return a count, or None where it is small; none at all points at nobody."""
    return None if 0 < count < SMALL else count


def grouped(pairs: Iterable[tuple[str, float]]) -> list[Group]:
    """Return groups by name with how many and their median, the largest first.

    pairs: name of the group and days. One small group beside told ones could be worked out from
    the total: then the smallest of the told ones is hidden too.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for name, days in pairs:
        found[name].append(days)
    small = {name for name, days in found.items() if len(days) < SMALL}
    if len(small) == 1 and len(found) > 1:
        rest = [name for name in found if name not in small]
        small.add(min(rest, key=lambda name: (len(found[name]), name)))
    groups = [
        Group(name, None, None, is_small=True)
        if name in small
        else Group(name, len(days), median(days))
        for name, days in found.items()
    ]
    return sorted(groups, key=lambda group: (group.is_small, -(group.count or 0), group.name))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least a share of them does not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
