"""The result of a match: who goes where, how good it is, and how sure that is."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.matching.problem import Ints


class Proof(StrEnum):
    """How far the plan is proved."""

    OPTIMAL = "bewezen optimaal"
    BOUNDED = "binnen een bewezen marge"
    EMPTY = "niets te plaatsen"


@dataclass(frozen=True, slots=True)
class GoalValue:
    """One ranked goal with what the plan reaches and the best that any plan could reach.

    value and bound are in the unit of the goal; sense is `meeste` or `minste`. The bound holds
    among the plans that reach the values of all goals before this one.
    """

    code: str
    sentence: str
    sense: str
    value: float
    bound: float
    unit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment: family[c] is the position of child c's family, or -1.

    split[c]: the child's sibling group `samen, tenzij` is not whole in one family in this plan
    (whether or not the child itself is placed). seed is what the solver was given; it never
    chooses between plans. seconds: wall time per step, by the code of the goal.
    """

    family: Ints
    split: tuple[bool, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof
    solver: str
    seconds: dict[str, float] = field(default_factory=dict)
    seed: int = 0
