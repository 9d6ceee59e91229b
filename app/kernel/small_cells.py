"""Small cells of a table are hidden, and so many others that none can be worked out again."""

from collections.abc import Mapping

# As the national statistics on youth care do; fewer may point at a child.
SMALLEST = 10


def hidden_cells(counts: Mapping[str, int], *, smallest: int = SMALLEST) -> set[str]:
    """Return which cells of one grouping are hidden; the total may be known to whoever reads.

    Those with 1 to smallest - 1; and then the smallest of the others, until what is hidden is more
    than one cell and adds up to at least `smallest`: less could be had by subtraction.
    """
    hidden = {name for name, count in counts.items() if 0 < count < smallest}
    others = sorted((count, name) for name, count in counts.items() if count >= smallest)
    while hidden and others and (len(hidden) < 2 or _sum(counts, hidden) < smallest):
        hidden.add(others.pop(0)[1])
    return hidden


def _sum(counts: Mapping[str, int], names: set[str]) -> int:
    return sum(counts[name] for name in names)
