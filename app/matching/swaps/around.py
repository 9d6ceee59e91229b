"""A part of the plans with its graph, and the shortest ways found in it so far."""

from dataclasses import dataclass, field

from app.matching.swaps.ladder import Ranked
from app.matching.swaps.leaf import Leaf
from app.matching.swaps.market import Market
from app.matching.swaps.paths import Graph


@dataclass(frozen=True, slots=True)
class Around:
    """What is around the plan of a part."""

    market: Market
    leaf: Leaf
    graph: Graph
    _to: dict[int, Ranked] = field(default_factory=dict)
    _of: dict[int, Ranked] = field(default_factory=dict)

    def ways(self, home: int, family: int) -> tuple[Ranked, Ranked]:
        """Return the least costs of ways to one node from each, and from another to each."""
        if home not in self._to:
            self._to[home] = self.graph.to(home)
        if family not in self._of:
            self._of[family] = self.graph.of(family)
        return self._to[home], self._of[family]
