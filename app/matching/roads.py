"""Single children of a plan as a flow: roads from place to place, and what each place is worth.

Made once for a plan; `detours.py` follows the roads when a place comes or goes. Whoever is coupled
to another child (a group, children kept apart) stays where the plan has it, and so does who has one
of several unlike beds.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from app.matching.columns import Columns
from app.matching.flow import Arcs, best_flow, find_prices
from app.matching.problem import Bools, Ints, Problem
from app.matching.settled import find_settled
from app.matching.siblings import find_siblings

END = -1


@dataclass(frozen=True, slots=True)
class Roads:
    """Choices of children who may move, shape (a,), sorted by family: child, family and worth.

    column: of the problem, -1 for a choice that was added. into: where each family's choices
    begin. out, out_first: choices by child, and where each one's begin. at: the choice that each
    child has, -1 for none. price: of a place in each family. free: places that are left there.
    may_move: which children are free to. onward: of the shortest road from each family to what is
    free the choice that is taken first, by who is there. END where that is a free place there, or
    no road is known; END - 1 - choice where who has that choice goes without.
    """

    child: Ints
    family: Ints
    worth: Ints
    column: Ints
    into: Ints
    out: Ints
    out_first: Ints
    at: Ints
    price: Ints
    free: Ints
    may_move: Bools
    onward: tuple[int, ...] = ()
    _own: dict[int, tuple[Ints, Ints, Ints]] = field(init=False, repr=False, default_factory=dict)
    _into: dict[int, tuple[int, Ints, Ints]] = field(init=False, repr=False, default_factory=dict)

    def own(self, child: int) -> tuple[Ints, Ints, Ints]:
        """Return the choices of a child, their families and what they are worth."""
        found = self._own.get(child)
        if found is None:
            at = self.out[self.out_first[child] : self.out_first[child + 1]]
            found = self._own[child] = at, self.family[at], self.worth[at]
        return found

    def coming_to(self, family: int) -> tuple[int, Ints, Ints]:
        """Return the first choice of a family; of all of them, the child and the worth."""
        found = self._into.get(family)
        if found is None:
            first, last = int(self.into[family]), int(self.into[family + 1])
            found = self._into[family] = first, self.child[first:last], self.worth[first:last]
        return found

    def find(self, child: int, family: int) -> int:
        """Return the choice of a child for a family, -1 where there is none."""
        own, families, _ = self.own(child)
        found = own[families == family]
        return int(found[0]) if len(found) else -1

    def with_more(self, family: int, child: Ints, worth: Ints) -> "Roads":
        """Return the roads with choices of a family that had none; nobody has them yet.

        The place has the price that is high enough for nobody to gain by it.
        """
        place, size = int(self.into[family]), len(child)
        into = self.into.copy()
        into[family + 1 :] += size
        moved = np.where(self.out >= place, self.out + size, self.out)
        order = np.argsort(child, kind="stable")
        here = self.out_first[child[order] + 1]
        now, has = self.at[child], np.zeros(size, dtype=np.int64)
        held = now[now >= 0]
        has[now >= 0] = self.worth[held] - self.price[self.family[held]]
        price = self.price.copy()
        price[family] = max(0, int((worth - has).max(initial=0)))
        more = np.cumsum(np.bincount(child, minlength=len(self.at)))
        return replace(
            self,
            child=np.insert(self.child, place, child),
            family=np.insert(self.family, place, np.full(size, family)),
            worth=np.insert(self.worth, place, worth),
            column=np.insert(self.column, place, np.full(size, -1)),
            into=into,
            out=np.insert(moved, here, place + order),
            out_first=self.out_first + np.append(0, more),
            at=np.where(self.at >= place, self.at + size, self.at),
            price=price,
            onward=(),
        )


def find_coupled(problem: Problem) -> Bools:
    """Return which children something ties to another child, waiting or settled, shape (n,)."""
    coupled = find_siblings(problem).of_child >= 0
    coupled[find_settled(problem).child] = True
    coupled[problem.kept_apart.ravel()] = True
    coupled[problem.kept_together.ravel()] = True
    return np.asarray(coupled)


def lay_roads(problem: Problem, columns: Columns, worth: Ints, family: Ints) -> Roads:
    """Return the roads beside a plan; worth: per column, family: of each child, -1 for none.

    The prices are those of the best flow of these children, so that a plan which is that flow is
    changed in the best way, and any other plan in one that loses nothing. Raises FlowTooLarge.
    """
    homes, kids = len(columns.room), len(family)
    most = columns.room[:, 0]
    most = most if columns.most_new is None else np.minimum(most, columns.most_new)
    may_move = ~find_coupled(problem)
    unlike = np.isin(np.arange(homes), problem.beds.family)  # a flow knows beds that are alike
    may_move[(family >= 0) & unlike[family]] = False
    first = np.searchsorted(columns.column, np.arange(len(columns)))
    child = columns.child[first]
    number = np.flatnonzero((columns.sizes() == 1) & may_move[child] & ~unlike[columns.family])
    number = number[np.lexsort((child[number], columns.family[number]))]
    arcs = Arcs(child[number], columns.family[number], worth[number])
    stays = ~may_move & (family >= 0)
    places = np.maximum(most - np.bincount(family[stays], minlength=homes), 0)
    price = _prices(arcs, kids, places)
    at = np.full(kids, -1, dtype=np.int64)
    held = np.flatnonzero(family[arcs.child] == arcs.family)
    at[arcs.child[held]] = held
    out = np.lexsort((arcs.family, arcs.child))
    return Roads(
        child=arcs.child,
        family=arcs.family,
        worth=arcs.worth,
        column=number,
        into=np.searchsorted(arcs.family, np.arange(homes + 1)),
        out=out,
        out_first=np.searchsorted(arcs.child[out], np.arange(kids + 1)),
        at=at,
        price=price,
        free=places - np.bincount(arcs.family[held], minlength=homes),
        may_move=may_move,
    )


def _prices(arcs: Arcs, kids: int, places: Ints) -> Ints:
    gains = arcs.kept(arcs.worth > 0)
    return find_prices(gains, best_flow(gains, kids, places), kids, len(places))
