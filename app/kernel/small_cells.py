"""Small cells of a table are hidden, and so many others that none can be worked out again."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

# As the national statistics on youth care do; fewer may point at a child.
SMALLEST = 10
# In figures by one thing at a time of a whole region, read by who works in it (Statistics
# Netherlands hides cells of a few in the same way).
FEW = 5
_K = TypeVar("_K", bound=Hashable)


def hidden_cells(counts: Mapping[_K, int], *, smallest: int = SMALLEST) -> set[_K]:
    """Return which cells of one grouping are hidden; the total may be known to whoever reads.

    Those with 1 to smallest - 1; and then the smallest of the others, until what is hidden is more
    than one cell and adds up to at least `smallest`: less could be had by subtraction. Of equals
    the first one given.
    """
    hidden = {name for name, count in counts.items() if 0 < count < smallest}
    others = sorted((name for name in counts if counts[name] >= smallest), key=lambda n: counts[n])
    while hidden and others and (len(hidden) < 2 or _sum(counts, hidden) < smallest):
        hidden.add(others.pop(0))
    return hidden


def told(count: int, *, smallest: int = FEW) -> int | None:
    """Return a count, or None where it is small; none at all points at nobody."""
    return None if 0 < count < smallest else count


def told_cells(counts: Mapping[_K, int], *, smallest: int = FEW) -> dict[_K, int | None]:
    """Return the parts of a whole, None where a part is small or would give a small one away."""
    away = hidden_cells(counts, smallest=smallest)
    return {name: None if name in away else count for name, count in counts.items()}


def _sum(counts: Mapping[_K, int], names: set[_K]) -> int:
    return sum(counts[name] for name in names)
