"""Counting without pointing at anybody: what is small is not told."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil
from statistics import median
from typing import TypeVar

from app.kernel.small_cells import is_vague, named_cells, told

_K = TypeVar("_K", bound=Hashable)
_R = TypeVar("_R", bound=Hashable)
_C = TypeVar("_C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a grouping; count and median_days are None where it is small."""

    name: str
    count: int | None
    median_days: float | None = None
    is_small: bool = False


def hidden_table(
    cells: Mapping[tuple[_R, _C], int], away: Collection[_C] = ()
) -> dict[tuple[_R, _C], int | None]:
    """Return a table whose rows and columns both add up to what is told.

    away: columns of which the total is hidden, so that none of their cells may tell it.
    """
    rows: dict[_R, list[tuple[_R, _C]]] = defaultdict(list)
    columns: dict[_C, list[tuple[_R, _C]]] = defaultdict(list)
    for cell in cells:
        rows[cell[0]].append(cell)
        columns[cell[1]].append(cell)
    hidden = {cell for cell in cells if cell[1] in away}
    return hidden_in(cells, [*rows.values(), *columns.values()], hidden)


def hidden_in(
    cells: Mapping[_K, int], lines: Iterable[Sequence[_K]], away: Collection[_K] = ()
) -> dict[_K, int | None]:
    """Return cells of which several lines add up to what is told; away: those hidden anyhow."""
    shown = {cell: None if cell in away else told(count) for cell, count in cells.items()}
    several = list(lines)
    within: dict[_K, list[int]] = defaultdict(list)
    for at, line in enumerate(several):
        for cell in line:
            within[cell].append(at)
    # Of those to be looked at the first, always; again only where a cell of it was hidden since.
    to_do = list(range(len(several)))
    while to_do:
        hidden = _hide_more(several[heappop(to_do)], cells, shown)
        if hidden is not None:
            for at in set(within[hidden]).difference(to_do):
                heappush(to_do, at)
    return shown


def _hide_more(
    line: Sequence[_K], cells: Mapping[_K, int], shown: dict[_K, int | None]
) -> _K | None:
    """Hide one more cell of a line, if its hidden ones can be worked out; the empty ones last."""
    away = [cells[cell] for cell in line if shown[cell] is None]
    rest = [cell for cell in line if shown[cell] is not None]
    if not away or not rest or is_vague(away):
        return None
    least = min(rest, key=lambda cell: (not cells[cell], cells[cell]))
    shown[least] = None
    return least


def grouped(pairs: Iterable[tuple[str, float]]) -> list[Group]:
    """Return groups by name with how many and their median, the largest first.

    pairs: name of the group and days. What is small, or would give that away, is hidden; of a
    small total there are no groups.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for name, days in pairs:
        found[name].append(days)
    shown = named_cells({name: len(found[name]) for name in sorted(found)})
    groups = [
        Group(name, None, None, is_small=True)
        if count is None
        else Group(name, count, median(found[name]))
        for name, count in shown.items()
    ]
    return sorted(groups, key=lambda group: (group.is_small, -(group.count or 0), group.name))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least a share of them does not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
