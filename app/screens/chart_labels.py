"""Names beside the dots of a map: where each can stand without lying over another."""

from collections.abc import Sequence
from dataclasses import dataclass

HIGH, PER_LETTER, GAP = 13.0, 6.6, 4.0  # of a text of 12: its height and width, and the air around


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands; anchor: start, middle or end, as SVG calls it."""

    x: float
    y: float
    anchor: str


Box = tuple[float, float, float, float]  # left, top, right, bottom
Round = tuple[float, float, float]  # x, y, radius


def place_labels(
    names: Sequence[str], dots: Sequence[Round], *, width: float, height: float
) -> list[Label | None]:
    """Return the place of each name: below, above, right or left of its dot; None for no room.

    The largest dots choose first; a name that is left out stands in the table behind the map.
    """
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in dots]
    found: list[Label | None] = [None] * len(dots)
    for at in sorted(range(len(dots)), key=lambda n: -dots[n][2]):
        others = taken[:at] + taken[at + 1 :]
        for label, box in _choices(names[at], dots[at]):
            is_inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if is_inside and not any(_meet(box, other) for other in others):
                found[at] = label
                taken.append(box)
                break
    return found


def _choices(name: str, dot: Round) -> list[tuple[Label, Box]]:
    x, y, r = dot
    wide, half = len(name) * PER_LETTER, len(name) * PER_LETTER / 2
    below, above, beside = y + r + HIGH, y - r - GAP, y + GAP
    right, left = x + r + GAP, x - r - GAP
    return [
        (Label(x, below, "middle"), (x - half, below - HIGH + 2, x + half, below + 3)),
        (Label(x, above, "middle"), (x - half, above - HIGH + 2, x + half, above + 3)),
        (Label(right, beside, "start"), (right, beside - HIGH + 2, right + wide, beside + 3)),
        (Label(left, beside, "end"), (left - wide, beside - HIGH + 2, left, beside + 3)),
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
