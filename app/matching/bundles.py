"""A large problem as single choices and bundles: what a flow can hold, and what it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.matching.columns import Columns
from app.matching.flow import Arcs
from app.matching.problem import Ints, Problem
from app.matching.siblings import find_siblings
from app.matching.slots import FULL_TIME


@dataclass(frozen=True, slots=True)
class Bundles:
    """Columns split in two. Children and families count by their numbers, not by their rows.

    So nothing that is made from this can depend on the order of the rows.

    single: columns of one child, shape (a,), with child and family. bundle: columns of a whole
    group, shape (b,), with group, family, size, and use: the places that it fills. member_bundle,
    member: the children in the bundles, shape (e,): position in bundle, and child. group_of: of
    each child, -1 for none; only groups that have bundles. places: whole beds per family, or the
    policy's limit on new children where that is less; a larger group may fill that alone.
    """

    single: Ints
    child: Ints
    family: Ints
    bundle: Ints
    bundle_group: Ints
    bundle_family: Ints
    bundle_size: Ints
    bundle_use: Ints
    member_bundle: Ints
    member: Ints
    group_of: Ints
    places: Ints

    def arcs_as_if_single(self, worth: Ints) -> Arcs:
        """Return the arcs of a relaxation: members of a bundle go alone, with their share of it.

        worth: per column. What is worth nothing is left out.
        """
        gain, share = worth[self.single], -(-worth[self.bundle] // self.bundle_size)
        share = share[self.member_bundle]
        alone, whole = gain > 0, share > 0
        home = self.bundle_family[self.member_bundle]
        return Arcs(
            np.concatenate([self.child[alone], self.member[whole]]),
            np.concatenate([self.family[alone], home[whole]]),
            np.concatenate([gain[alone], share[whole]]),
        )

    def bound(self, worth: Ints, price: Ints) -> int:
        """Return what no plan can exceed: the places at these prices, and each one's best beyond.

        Weak duality, in whole numbers; valid for any prices of 0 or more.
        """
        best = best_alone(self, worth, price)
        in_group = self.group_of >= 0
        of_group = np.zeros(self.groups(), dtype=np.int64)
        np.add.at(of_group, self.group_of[in_group], best[in_group])
        net = worth[self.bundle] - self.bundle_use * price[self.bundle_family]
        np.maximum.at(of_group, self.bundle_group, net)
        return int(self.places @ price) + int(best[~in_group].sum()) + int(of_group.sum())

    def groups(self) -> int:
        """Return how many groups have bundles."""
        return int(self.group_of.max(initial=-1)) + 1


def best_alone(bundles: Bundles, worth: Ints, price: Ints) -> Ints:
    """Return the most that each child can add alone at these prices, shape (n,), 0 at least."""
    best = np.zeros(len(bundles.group_of), dtype=np.int64)
    np.maximum.at(best, bundles.child, worth[bundles.single] - price[bundles.family])
    return best


def split_columns(problem: Problem, columns: Columns) -> Bundles:
    """Return the columns of a problem as single choices and bundles."""
    kids, kid = _order(problem.children.number)
    homes, home = _order(
        list(zip(problem.families.provider, problem.families.reference, strict=True))
    )
    alone = np.flatnonzero(columns.whole_group < 0)
    child = np.full(len(columns), -1, dtype=np.int64)
    child[columns.column] = kid[columns.child]
    family = home[columns.family]
    alone = alone[np.lexsort((family[alone], child[alone]))]
    of_child = find_siblings(problem).of_child[kids]
    group = np.full(len(problem.groups) + 1, -1, dtype=np.int64)
    _, first = np.unique(of_child, return_index=True)
    seen = of_child[np.sort(first)]  # groups in the order of their first child
    seen = seen[np.isin(seen, columns.whole_group) & (seen >= 0)]
    group[seen] = np.arange(len(seen))
    bundle = np.flatnonzero(columns.whole_group >= 0)
    bundle = bundle[np.lexsort((family[bundle], group[columns.whole_group[bundle]]))]
    place = np.full(len(columns), -1, dtype=np.int64)
    place[bundle] = np.arange(len(bundle))
    entry = np.flatnonzero(place[columns.column] >= 0)
    entry = entry[np.lexsort((kid[columns.child[entry]], place[columns.column[entry]]))]
    return Bundles(
        single=alone,
        child=child[alone],
        family=family[alone],
        bundle=bundle,
        bundle_group=group[columns.whole_group[bundle]],
        bundle_family=family[bundle],
        bundle_size=columns.sizes()[bundle],
        bundle_use=_uses(columns)[bundle],
        member_bundle=place[columns.column[entry]],
        member=kid[columns.child[entry]],
        group_of=group[of_child],
        places=_places(columns)[homes],
    )


def _places(columns: Columns) -> Ints:
    whole = columns.room[:, FULL_TIME]
    return whole if columns.most_new is None else np.minimum(whole, columns.most_new)


def _uses(columns: Columns) -> Ints:
    """Return the places that each column fills: all that fit in the beds also fit in these."""
    return columns.sizes() if columns.most_new is None else columns.new_children()


def _order(names: Sequence[Any]) -> tuple[Ints, Ints]:
    """Return the positions in the order of their names, and where each position comes in it."""
    order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    rank = np.zeros(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return order, rank
