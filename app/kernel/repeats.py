"""Numbers that stand on more than one row of a file: their rows together, and how to name them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
MAX_NAMED = 5


def by_number(found: Iterable[T], number_of: Callable[[T], str]) -> list[list[T]]:
    """Return what has the same number together, in the order of the file.

    What has no number ("") stands by itself.
    """
    alone: list[list[T]] = []
    together: dict[str, list[T]] = {}
    for one in found:
        number = number_of(one)
        if number:
            together.setdefault(number, []).append(one)
        else:
            alone.append([one])
    return [*together.values(), *alone]


def other_rows(row: int, rows: list[int], *, words: tuple[str, str]) -> str:
    """Return the lowest other rows in Dutch, as `rij 3` or `rijen 3, 7 en 4 andere`.

    rows: all rows, `row` too, in ascending order. words: one row and
    more, as in `rij` and `rijen`.
    """
    lowest = [other for other in rows[: MAX_NAMED + 1] if other != row][:MAX_NAMED]
    named = [str(other) for other in lowest]
    if (unnamed := len(rows) - 1 - len(lowest)) > 0:
        named.append(f"{unnamed} andere")
    if len(named) == 1:
        return f"{words[0]} {named[0]}"
    return f"{words[1]} {', '.join(named[:-1])} en {named[-1]}"
