"""A search for the nearest end of a road: families in order of how far they are (Dijkstra)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

NEVER = 2**62


@dataclass(slots=True)
class Search:
    """Families reached, how far each is, and by which choice; the nearest end so far."""

    best: int
    end: tuple[int, int] | None = None
    far: dict[int, int] = field(default_factory=dict)
    by: dict[int, tuple[int, int]] = field(default_factory=dict)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    length: dict[int, int] = field(default_factory=dict)

    def begin(self, starts: Sequence[tuple[int, int]]) -> None:
        """Begin at these families, each so far away."""
        for far, family in starts:
            self.length[family] = min(far, self.length.get(family, NEVER))
        self.waiting = [(far, family) for family, far in self.length.items()]
        heapify(self.waiting)

    def next(self) -> int | None:
        """Return the nearest family that was not seen, None when no nearer end can follow."""
        while self.waiting:
            far, family = heappop(self.waiting)
            if far >= self.best:
                return None
            if family not in self.far:
                self.far[family] = far
                return family
        return None

    def reach(self, family: int, far: int, by: tuple[int, int]) -> None:
        """Note a way to a family: from another one, by a choice."""
        if far < self.best and far < self.length.get(family, NEVER):
            self.length[family] = far
            self.by[family] = by
            heappush(self.waiting, (far, family))

    def finish(self, far: int, family: int, choice: int) -> None:
        """Note an end, by a choice or -1 for a free place, if it is the nearest so far."""
        if far < self.best:
            self.best, self.end = far, (family, choice)
