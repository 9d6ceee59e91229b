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
        raise NoAssignment(f"linear sum assignment ended with {status.name}")
    mate = np.array([model.right_mate(node) for node in range(size)], dtype=np.int64)
    return Assignment(mate, int(model.optimal_cost()))
