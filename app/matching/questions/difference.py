"""What another plan costs or brings: every goal beside the first plan's, and who goes elsewhere."""

from dataclasses import dataclass

import numpy as np

from app.matching.goals import Sense
from app.matching.plan import GoalValue, Plan
from app.matching.problem import Ints

_DIGITS = 6  # chances have six decimals, so sums of them compare exactly at six


@dataclass(frozen=True, slots=True)
class GoalChange:
    """One goal in both plans, in its own unit; sense is `meeste` or `minste`."""

    code: str
    sentence: str
    unit: str
    sense: str
    before: float
    after: float

    @property
    def loss(self) -> float:
        """Return how much worse the goal gets, below zero where it gets better."""
        if self.before == self.after:
            return 0.0
        return round(Sense(self.sense).direction * (self.before - self.after), _DIGITS) + 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """A child that goes elsewhere: positions of both families, -1 for none."""

    child: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """From one plan to another: the goals in their order, and the children that move, by number.

    is_estimate: the other plan was not proved best of those asked for.
    """

    goals: tuple[GoalChange, ...]
    moves: tuple[Move, ...]
    is_estimate: bool = False

    @property
    def losses(self) -> tuple[float, ...]:
        """Return how much worse each goal gets: the first that is not zero decides."""
        return tuple(goal.loss for goal in self.goals)

    @property
    def is_free(self) -> bool:
        """Return whether every goal keeps its value."""
        return not any(self.losses)


def compare_plans(
    before: Plan, after: Plan, numbers: tuple[str, ...], *, is_estimate: bool = False
) -> Difference:
    """Return the difference of two plans of the same children; numbers: of those children."""
    moves = list_moves(before.family, after.family, numbers)
    return Difference(compare_goals(before.goals, after.goals), moves, is_estimate)


def list_moves(before: Ints, after: Ints, numbers: tuple[str, ...]) -> tuple[Move, ...]:
    """Return who goes elsewhere, by number; before, after: the family of each child, shape (n,)."""
    moved = np.flatnonzero(before != after)
    return tuple(
        Move(int(child), int(before[child]), int(after[child]))
        for child in sorted(moved.tolist(), key=lambda child: numbers[child])
    )


def compare_goals(
    before: tuple[GoalValue, ...], after: tuple[GoalValue, ...]
) -> tuple[GoalChange, ...]:
    """Return the goals of two plans under one policy beside each other."""
    return tuple(
        GoalChange(one.code, one.sentence, one.unit, one.sense, one.value, other.value)
        for one, other in zip(before, after, strict=True)
    )
