"""The parts of a whole as a board may tell them."""

from collections.abc import Iterable, Mapping

from app.insight.board_schemas import CountOut
from app.insight.breakdown_board import WHOLE
from app.kernel.small_cells import named_cells, told_cells


def parts_of(counts: Mapping[str, int], names: Iterable[str] = ()) -> list[CountOut]:
    """Return the parts of a whole as they may be told; names: those that also stand there empty.

    Where even the names would tell of somebody, without them: the fixed ones, or all as one.
    """
    fixed = list(dict.fromkeys(names))
    order = [*fixed, *sorted(counts.keys() - set(fixed))]
    if any(counts.values()) and not named_cells(counts):
        return [CountOut(name=name, count=None) for name in fixed or (WHOLE,)]
    shown = told_cells({name: counts.get(name, 0) for name in order})
    return [CountOut(name=name, count=shown[name]) for name in order]
