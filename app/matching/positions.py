"""What must hold of the tables of a problem: lengths, and positions within their tables."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from app.matching.problem import Children, Families, Problem


def check_lengths(table: "Children | Families", size: int) -> None:
    """Raise ValueError when a column has another length than the table."""
    for name in type(table).__slots__:
        if len(getattr(table, name)) != size:
            raise ValueError(f"{type(table).__name__}.{name} has another length than {size}")


def check_positions(problem: "Problem") -> None:
    """Raise ValueError when a position points past its table, or a table names a child twice."""
    limits = (
        (problem.children.sibling_group, len(problem.groups), "Children.sibling_group"),
        (problem.children.network_family, len(problem.families), "Children.network_family"),
        (problem.families.for_child, len(problem.children), "Families.for_child"),
        (problem.housemates.family, len(problem.families), "Housemates.family"),
        (problem.excluded.child, len(problem.children), "ExcludedAreas.child"),
        (problem.begun.child, len(problem.children), "BegunPairs.child"),
        (problem.begun.family, len(problem.families), "BegunPairs.family"),
        (problem.placed_siblings.child, len(problem.children), "PlacedSiblings.child"),
        (problem.placed_siblings.family, len(problem.families), "PlacedSiblings.family"),
        (problem.kept_together, len(problem.children), "Problem.kept_together"),
        (problem.published.child, len(problem.children), "PublishedPairs.child"),
        (problem.published.family, len(problem.families), "PublishedPairs.family"),
        (problem.beds.family, len(problem.families), "Beds.family"),
    )
    for values, size, name in limits:
        if values.size and int(values.max()) >= size:
            raise ValueError(f"{name} points past its table of {size}")
    for table in (problem.begun, problem.published):
        if len(np.unique(table.child)) < len(table):
            raise ValueError(f"{type(table).__name__}.child names a child twice")
