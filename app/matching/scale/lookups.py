"""Tables of what children of one kind and families of another come to; small ones become one."""

from dataclasses import dataclass, field

import numpy as np

from app.matching.problem import Floats, Ints

# A joint table must stay in a core's cache, or one look-up costs more than the two it saves.
MOST_JOINT = 50_000


@dataclass(frozen=True, slots=True)
class Lookup:
    """What each kind of child comes to with each kind of family.

    table: shape (kinds of child, kinds of family). child, family: the kind of each, shape (n,) and
    (m,). flat: the table row after row. first: where each child's row begins in it, shape (n,).
    """

    table: Floats
    child: Ints
    family: Ints
    flat: Floats = field(init=False)
    first: Ints = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "flat", np.ascontiguousarray(self.table).ravel())
        object.__setattr__(self, "first", self.child * self.table.shape[1])

    def of(self, child: Ints, family: Ints) -> Floats:
        """Return the value of each pair of positions, shape (k,)."""
        at = self.first[child]
        at += self.family[family]
        return self.flat[at]


def join_small(lookups: list[Lookup]) -> list[Lookup]:
    """Return fewer tables with the same sum for every pair."""
    joined: list[Lookup] = []
    for lookup in sorted(lookups, key=lambda one: one.table.size):
        for at, other in enumerate(joined):
            both = _join(other, lookup)
            if both is not None:
                joined[at] = both
                break
        else:
            joined.append(lookup)
    return joined


def _join(one: Lookup, other: Lookup) -> Lookup | None:
    wide, high = other.table.shape[1], other.table.shape[0]
    kinds, child = np.unique(one.child * high + other.child, return_inverse=True)
    homes, family = np.unique(one.family * wide + other.family, return_inverse=True)
    if len(kinds) * len(homes) > MOST_JOINT:
        return None
    table = one.table[kinds // high][:, homes // wide] + other.table[kinds % high][:, homes % wide]
    return Lookup(table, child.astype(np.int64), family.astype(np.int64))
