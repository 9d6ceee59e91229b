"""What a policy file may ask beside its goals: limits, and who is hardest to place."""

from dataclasses import dataclass

import numpy as np

from app.matching.policy_table import PolicyTable
from app.matching.problem import Bools, Problem
from app.matching.siblings import find_siblings

HARD_GROUP = "moeilijke_groep"
MOVE_PRICE = "prijs_per_veranderd_voorstel"
_IN_LIMITS = ("steunplan_boven", "nieuwe_kinderen_per_gezin", MOVE_PRICE)


@dataclass(frozen=True, slots=True)
class HardGroup:
    """Who is hardest to place: a child of whom one of these holds. None: is not asked.

    age_from: years. severity_from: of any problem, 1 .. 3. siblings_from: children of one group
    that wait. Facts of the child alone: who is in the group never depends on the families there
    are, or on what a question forbids.
    """

    age_from: int | None = None
    severity_from: int | None = None
    siblings_from: int | None = None

    def members(self, problem: Problem) -> Bools:
        """Return which children are in the group, shape (n,)."""
        found = np.zeros(len(problem.children), dtype=np.bool_)
        if self.age_from is not None:
            found |= problem.age_in_years() >= self.age_from
        if self.severity_from is not None:
            found |= problem.children.severity.max(axis=1, initial=0) >= self.severity_from
        if self.siblings_from is not None:
            siblings = find_siblings(problem)
            found |= np.append(siblings.size, 0)[siblings.of_child] >= self.siblings_from
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a policy; as made here none of them does anything.

    support_above: above this chance of breakdown a proposal needs a support plan. most_new: so
    many children at most are newly proposed to one family at once; brothers and sisters who may
    not be parted and are more than that go alone. move_price: expected breakdowns that a plan must
    gain for each published proposal that it changes.
    """

    support_above: float = 1.0
    most_new: int | None = None
    move_price: float = 0.0
    hard_group: HardGroup | None = None


NO_LIMITS = Limits()


def read_limits(table: PolicyTable, limits: PolicyTable, most: float) -> Limits:
    """Return the limits of a policy file; most: the highest chance that it accepts at all.

    table: the file, limits: its part [grenzen]. Raises InputRefused.
    """
    return Limits(
        support_above=_support_above(limits, most),
        most_new=limits.number_if_any(_IN_LIMITS[1], 1, 100),
        move_price=round(limits.chance(MOVE_PRICE), 6) if limits.has(MOVE_PRICE) else 0.0,
        hard_group=_hard_group(table.part(HARD_GROUP)) if table.has(HARD_GROUP) else None,
    )


def keys_of_limits() -> tuple[str, ...]:
    """Return the keys that [grenzen] may have beside those that it must have."""
    return _IN_LIMITS


def _support_above(limits: PolicyTable, most: float) -> float:
    key = _IN_LIMITS[0]
    if not limits.has(key):
        return 1.0
    level = limits.chance(key)
    if level > most:
        raise limits.refuse(
            f"'{key}' boven 'hoogste_breakdownkans'",
            "daarboven is er geen voorstel: geef een lager getal of laat de sleutel weg",
        )
    return level


def _hard_group(part: PolicyTable) -> HardGroup:
    ranges = {"leeftijd_vanaf": (0, 21), "ernst_vanaf": (1, 3), "broers_zussen_vanaf": (2, 20)}
    part.has_only(*ranges)
    found = [part.number_if_any(key, *bounds) for key, bounds in ranges.items()]
    if all(value is None for value in found):
        raise part.refuse("geen enkele sleutel", f"kies uit {', '.join(ranges)}")
    return HardGroup(*found)
