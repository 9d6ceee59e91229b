"""Children over families as a flow: the exact best without sibling bundles, and its prices."""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Ints

_MOST_STEPS = 2_000  # of the search for prices: each passes all arcs once


class FlowTooLarge(ArithmeticError):
    """The worths are too large for the solver's whole numbers at this many children."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Single choices, shape (a,): child and family, positions, and their worth, never below 0."""

    child: Ints
    family: Ints
    worth: Ints

    def kept(self, kept: Bools) -> "Arcs":
        """Return some of the arcs."""
        return Arcs(self.child[kept], self.family[kept], self.worth[kept])


def best_flow(arcs: Arcs, children: int, places: Ints) -> Bools:
    """Return the arcs of the most worth: a child once at most, a family no more than its places.

    Raises FlowTooLarge when a cost does not fit: nothing was solved then.
    """
    from ortools.graph.python import min_cost_flow

    model = min_cost_flow.SimpleMinCostFlow()
    number, homes = np.arange(children), np.arange(len(places))
    sink = children + len(places)
    one = np.ones(len(arcs.child), dtype=np.int64)
    model.add_arcs_with_capacity_and_unit_cost(arcs.child, children + arcs.family, one, -arcs.worth)
    nothing = np.zeros(children, dtype=np.int64)
    model.add_arcs_with_capacity_and_unit_cost(
        number, np.full(children, sink), np.ones(children, dtype=np.int64), nothing
    )
    model.add_arcs_with_capacity_and_unit_cost(
        children + homes, np.full(len(places), sink), places, np.zeros(len(places), dtype=np.int64)
    )
    model.set_nodes_supplies(number, np.ones(children, dtype=np.int64))
    model.set_node_supply(sink, -children)
    status = model.solve()
    if status != model.OPTIMAL:
        raise FlowTooLarge(f"minimum cost flow ended with {status.name}")
    return np.asarray(model.flows(np.arange(len(one)))) > 0


def find_prices(arcs: Arcs, chosen: Bools, children: int, homes: int) -> Ints:
    """Return the least price of a place in each family at which the flow is best for every child.

    Longest paths from what is free, step by step (Bellman and Ford). When the chosen arcs are not
    the best, the search is cut off; the prices are then as valid for a bound, and weaker.
    """
    at = np.full(children, homes, dtype=np.int64)  # the last position stands for no family
    at[arcs.child[chosen]] = arcs.family[chosen]
    has = np.zeros(children, dtype=np.int64)
    has[arcs.child[chosen]] = arcs.worth[chosen]
    others = arcs.kept(~chosen)
    price = np.zeros(homes + 1, dtype=np.int64)
    for _ in range(_MOST_STEPS):
        left = has - price[at]
        rise = price.copy()
        np.maximum.at(rise, others.family, others.worth - left[others.child])
        if np.array_equal(rise, price):
            break
        price = rise
    return price[:homes]
