"""Everyone exactly one, at the least cost: the assignment problem without places or siblings."""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Ints


class NoAssignment(ValueError):
    """There is none: somebody cannot get one, or the costs are too large for whole numbers."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """mate: the right side of each left side, shape (n,). cost: the sum, no sum is less."""

    mate: Ints
    cost: int


def assign(left: Ints, right: Ints, cost: Ints, size: int) -> Assignment:
    """Return the cheapest way to give each of `size` left sides a right side of its own.

    left, right, cost: the allowed pairs, shape (e,). Exact, by cost scaling (Goldberg and Kennedy
    1995, in OR-Tools). Raises NoAssignment.
    """
    from ortools.graph.python import linear_sum_assignment

    model = linear_sum_assignment.SimpleLinearSumAssignment()
    model.add_arcs_with_cost(left, right, cost)
    status = model.solve()
    if status != model.OPTIMAL or model.num_nodes() != size:
        # At times it calls infeasible what is not, and says so in its log (2 × 2 is enough for it).
        return _by_flow(left, right, cost, size)
    mate = np.array([model.right_mate(node) for node in range(size)], dtype=np.int64)
    return Assignment(mate, int(model.optimal_cost()))


def _by_flow(left: Ints, right: Ints, cost: Ints, size: int) -> Assignment:
    """Return the same by a flow of one from each left to each right side; raises NoAssignment."""
    from ortools.graph.python import min_cost_flow

    model = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(left), dtype=np.int64)
    pairs = model.add_arcs_with_capacity_and_unit_cost(left, right + size, ones, cost)
    nodes = np.arange(2 * size)
    model.set_nodes_supplies(nodes, np.where(nodes < size, 1, -1))
    status = model.solve()
    if status != model.OPTIMAL:
        raise NoAssignment(f"no flow gives each one: it ended with {status.name}")
    mate = np.full(size, -1, dtype=np.int64)
    chosen = model.flows(pairs) > 0
    mate[left[chosen]] = right[chosen]
    return Assignment(mate, int(model.optimal_cost()))
