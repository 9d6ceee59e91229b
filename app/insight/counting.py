"""Counting without pointing at anybody: what is small is not told."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil
from statistics import median
from typing import TypeVar

from app.kernel.small_cells import FEW, told, told_cells

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
    cells: Mapping[tuple[_R, _C], int],
) -> dict[tuple[_R, _C], int | None]:
    """Return a table whose rows and columns both add up to what is told.

    Every row and column is looked at again until nothing more has to be hidden.
    """
    shown = {cell: told(count) for cell, count in cells.items()}
    rows: dict[_R, list[tuple[_R, _C]]] = defaultdict(list)
    columns: dict[_C, list[tuple[_R, _C]]] = defaultdict(list)
    for cell in cells:
        rows[cell[0]].append(cell)
        columns[cell[1]].append(cell)
    lines = [*rows.values(), *columns.values()]
    # Of those to be looked at the first, always; again only where a cell of it was hidden since.
    to_do = list(range(len(lines)))
    at_row, at_column = _places_of(rows, 0), _places_of(columns, len(rows))
    while to_do:
        hidden = _hide_more(lines[heappop(to_do)], cells, shown)
        if hidden is not None:
            for at in {at_row[hidden[0]], at_column[hidden[1]]}.difference(to_do):
                heappush(to_do, at)
    return shown


def _places_of(names: Iterable[_K], first: int) -> dict[_K, int]:
    return {name: first + at for at, name in enumerate(names)}


def _hide_more(
    line: Sequence[_K], cells: Mapping[_K, int], shown: dict[_K, int | None]
) -> _K | None:
    """Hide one more cell of a row or column, if its hidden ones can be worked out; return which."""
    away = [cell for cell in line if shown[cell] is None]
    rest = [cell for cell in line if shown[cell]]
    enough = len(away) >= 2 and sum(cells[cell] for cell in away) >= FEW
    if not away or not rest or enough:
        return None
    least = min(rest, key=lambda cell: cells[cell])
    shown[least] = None
    return least


def grouped(pairs: Iterable[tuple[str, float]]) -> list[Group]:
    """Return groups by name with how many and their median, the largest first.

    pairs: name of the group and days. What is small, or would give that away, is hidden.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for name, days in pairs:
        found[name].append(days)
    shown = told_cells({name: len(found[name]) for name in sorted(found)})
    groups = [
        Group(name, None, None, is_small=True)
        if shown[name] is None
        else Group(name, len(days), median(days))
        for name, days in found.items()
    ]
    return sorted(groups, key=lambda group: (group.is_small, -(group.count or 0), group.name))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least a share of them does not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
