"""What a policy file may ask beside its goals: limits, and who is hardest to place."""

from dataclasses import dataclass

import numpy as np

from app.matching.floors import FLOORS, Floor, read_floors
from app.matching.policy_table import PolicyTable
from app.matching.problem import Bools, Problem
from app.matching.siblings import find_siblings

HARD_GROUP = "moeilijke_groep"
MOVE_PRICE = "prijs_per_veranderd_voorstel"
PLACING_PRICE = "prijs_per_plaatsing"
OTHER_ORDERS = "andere_volgordes"
_IN_LIMITS = ("steunplan_boven", "nieuwe_kinderen_per_gezin", MOVE_PRICE, PLACING_PRICE)
_ORDERS = 2


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
class Order:
    """Another order of goals, shown beside that of the policy."""

    name: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a policy; as made here none of them does anything.

    support_above: above this chance of breakdown a proposal needs a support plan. most_new: so
    many children at most are newly proposed to one family at once; brothers and sisters who may
    not be parted and are more than that go alone. move_price: expected breakdowns that a plan must
    gain for each published proposal that it changes. placing_price: expected breakdowns that one
    more placed child may cost at most, None for any number. other_orders: two, or none named.
    floors: per group how many must be placed where that can be, the first goes first.
    """

    support_above: float = 1.0
    most_new: int | None = None
    move_price: float = 0.0
    hard_group: HardGroup | None = None
    placing_price: float | None = None
    other_orders: tuple[Order, ...] = ()
    floors: tuple[Floor, ...] = ()


NO_LIMITS = Limits()


def read_limits(table: PolicyTable, limits: PolicyTable, most: float) -> Limits:
    """Return the limits of a policy file; most: the highest chance that it accepts at all.

    table: the file, limits: its part [grenzen]. Raises InputRefused.
    """
    return Limits(
        support_above=_support_above(limits, most),
        most_new=limits.number_if_any(_IN_LIMITS[1], 1, 100),
        move_price=_price(limits, MOVE_PRICE) or 0.0,
        hard_group=_hard_group(table.part(HARD_GROUP)) if table.has(HARD_GROUP) else None,
        placing_price=_price(limits, PLACING_PRICE),
        other_orders=_orders(table) if table.has(OTHER_ORDERS) else (),
        floors=read_floors(table),
    )


def tables_of_limits() -> tuple[str, ...]:
    """Return the tables beside [grenzen] that a file may have."""
    return HARD_GROUP, OTHER_ORDERS, FLOORS


def keys_of_limits() -> tuple[str, ...]:
    """Return the keys that [grenzen] may have beside those that it must have."""
    return _IN_LIMITS


def _price(limits: PolicyTable, key: str) -> float | None:
    return round(limits.chance(key), 6) if limits.has(key) else None


def _orders(table: PolicyTable) -> tuple[Order, ...]:
    parts = table.parts(OTHER_ORDERS)
    if len(parts) != _ORDERS:
        raise table.refuse(f"niet twee tabellen [[{OTHER_ORDERS}]]", "geef er twee of geen")
    for part in parts:
        part.has_only("naam", "doelen")
    return tuple(Order(part.word("naam"), part.goals("doelen")) for part in parts)


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
