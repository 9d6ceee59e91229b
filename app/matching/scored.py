"""Eligible pairs with what the solver needs of each: chance, chance when split, distance."""

from dataclasses import dataclass

from app.matching.problem import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs that no hard rule refuses, shape (k,), sorted by (child, family) position.

    chance: breakdown within the horizon, 0..1, rounded to six decimals, when the child's sibling
    group is whole (or there is none); away from a settled sibling `samen, tenzij` that is never
    so, and it equals chance_split. chance_split: the same when its group `samen, tenzij` is
    split; equal to chance for every other child. km: from home to family, NaN where an area is
    unknown; it counts as 0 km only in the tie-break.
    price: what the place is worth to who is still to come, in breakdowns, six decimals; None where
    the policy does not look ahead.
    """

    child: Ints
    family: Ints
    chance: Floats
    chance_split: Floats
    km: Floats
    price: Floats | None = None

    def __len__(self) -> int:
        return len(self.child)

    def kept(self, kept: Bools) -> "ScoredPairs":
        """Return some of the pairs."""
        return ScoredPairs(
            self.child[kept],
            self.family[kept],
            self.chance[kept],
            self.chance_split[kept],
            self.km[kept],
            None if self.price is None else self.price[kept],
        )
