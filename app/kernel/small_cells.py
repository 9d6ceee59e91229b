"""Small cells of a table are hidden, and so many others that none can be worked out again.

Whoever reads may know the total, and sees which cells are shown as nothing at all. So a hidden cell
could be any of several numbers only where the others that are hidden leave room for it; a total
that is itself small leaves none, and then no cell of it is told.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

# As the national statistics on youth care do; fewer may point at a child.
SMALLEST = 10
# In figures by one thing at a time of a whole region, read by who works in it (Statistics
# Netherlands hides cells of a few in the same way).
FEW = 5
_K = TypeVar("_K", bound=Hashable)


def hidden_cells(counts: Mapping[_K, int], *, smallest: int = SMALLEST) -> set[_K]:
    """Return which cells of one grouping are hidden; the total may be known to whoever reads.

    Those with 1 to smallest - 1; and then the smallest of the others, until each that is hidden may
    be large as well as small. Where even all of them do not do, as with a small total, also those
    with none: beside zeros the only hidden cell would be known. Of equals the first one given.
    """
    hidden = {name for name, count in counts.items() if 0 < count < smallest}
    others = sorted((name for name in counts if counts[name] >= smallest), key=lambda n: counts[n])
    while hidden and not is_vague([counts[name] for name in hidden], smallest=smallest):
        if not others:
            return set(counts)
        hidden.add(others.pop(0))
    return hidden


def is_vague(hidden: Collection[int], *, smallest: int = FEW) -> bool:
    """Return whether cells that are hidden, none of them empty, leave each other room.

    They are two or more, and each could be `smallest` while every other is one.
    """
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= smallest


def told(count: int, *, smallest: int = FEW) -> int | None:
    """Return a count, or None where it is small; none at all points at nobody."""
    return None if 0 < count < smallest else count


def told_cells(counts: Mapping[_K, int], *, smallest: int = FEW) -> dict[_K, int | None]:
    """Return the parts of a whole, None where a part is small or would give a small one away."""
    away = hidden_cells(counts, smallest=smallest)
    return {name: None if name in away else count for name, count in counts.items()}


def named_cells(counts: Mapping[_K, int], *, smallest: int = FEW) -> dict[_K, int | None]:
    """Return the parts of a whole that are named because somebody is in them.

    There a name says that there is one, so nothing is returned where all is hidden and the names
    would leave no room: of a small total, and of parts with one each.
    """
    present = {name: count for name, count in counts.items() if count}
    shown = told_cells(present, smallest=smallest)
    is_open = not present or any(shown.values()) or is_vague(present.values(), smallest=smallest)
    return shown if is_open else {}
