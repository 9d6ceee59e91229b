"""What happens in a year whatever anybody decides: who is registered when, who joins and leaves.

One script for all policies (common random numbers): the same children come on the same days, and
the n-th placement of a child draws its course from the same dice whatever the family is.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.kernel.words import CareForm, FamilyKind
from app.simulation.child import Child
from app.simulation.dice import Dice
from app.simulation.family import Family, Provider
from app.simulation.order import Order
from app.simulation.region import draw_region

_JOIN_SHARE, _LEAVE_SHARE = 0.15, 0.10  # of the families, in a year
_NETWORK_SHARE = 0.11  # of the children, as in a drawn region
_STAY_DAYS = 3 * 365  # within so many days each child that lives in a home now has gone on
_DAYS_A_YEAR, _DAYS_A_MONTH = 365, 30.4375


@dataclass(frozen=True, slots=True)
class YearOrder:
    """What year is asked for. children: waiting at the start; arrivals: registered in a year."""

    children: int
    families: int
    arrivals: int
    weeks: int
    seed: int
    start: date

    @property
    def days(self) -> int:
        """Return how long it lasts."""
        return 7 * self.weeks


@dataclass(frozen=True, slots=True)
class World:
    """The script. child_on, joins_on, leaves_on, moves_on: days since the start.

    moves_on: when the children go on who live in a family at the start. groups: numbers of brothers
    and sisters by code. list_of: the provider with
    which a child is registered when there are five lists.
    """

    order: YearOrder
    children: tuple[Child, ...]
    child_on: dict[str, int]
    list_of: dict[str, Provider]
    families: tuple[Family, ...]
    joins_on: dict[str, int]
    leaves_on: dict[str, int]
    moves_on: dict[str, tuple[int, ...]]
    groups: dict[str, tuple[str, ...]]


def draw_world(order: YearOrder) -> World:
    """Return the script of a year; the same order always gives the same."""
    arrivals = round(order.arrivals * order.days / _DAYS_A_YEAR)
    joining = round(_JOIN_SHARE * order.families * order.days / _DAYS_A_YEAR)
    families = order.families + joining + round(_NETWORK_SHARE * arrivals)
    region = draw_region(Order(order.children + arrivals, families, order.seed, order.start))
    child_on = _draw_arrivals(order, region.children)
    children = tuple(_moved(kid, child_on[kid.number], order.start) for kid in region.children)
    homes = tuple(_renewed(home, order.start) for home in region.families)
    joins_on = _draw_joins(order, homes, joining)
    return World(
        order=order,
        children=children,
        child_on=child_on,
        list_of=_draw_lists(order, children, homes),
        families=tuple(_begun_later(home, joins_on.get(home.reference, 0)) for home in homes),
        joins_on=joins_on,
        leaves_on=_draw_leaves(order, homes),
        moves_on=_draw_moves(order, homes),
        groups=_groups_of(children),
    )


def course_of(world: World, child: Child, nth: int) -> tuple[Dice, int]:
    """Return the dice of a child's n-th placement, and its planned days (drawn from them)."""
    dice = Dice(world.order.seed, f"course {child.number} {nth}")
    request = child.household.request
    if request.care_form is CareForm.CRISIS:
        return dice, dice.between(20, 56)  # at most 4 + 4 weeks
    return dice, max(1, round(request.expected_months * _DAYS_A_MONTH))


def days_of(months: float) -> int:
    """Return months as days, a day at least."""
    return max(1, int(min(months, 1e4) * _DAYS_A_MONTH))


def key_of(child: Child) -> str:
    """Return what brothers and sisters have in common: their group, or the child's own number."""
    siblings = child.household.siblings
    return child.number if siblings is None else siblings.code


def _draw_arrivals(order: YearOrder, children: tuple[Child, ...]) -> dict[str, int]:
    """Return the day of each child: households in random order fill the list of the first day."""
    homes: dict[str, list[Child]] = defaultdict(list)
    for child in children:
        homes[key_of(child)].append(child)
    dice, waiting = Dice(order.seed, "arrivals"), 0
    child_on: dict[str, int] = {}
    for key in dice.sample(sorted(homes), len(homes)):
        day = dice.between(1, max(1, order.days - 1))
        if waiting < order.children:
            day, waiting = 0, waiting + len(homes[key])
        child_on |= {child.number: day for child in homes[key]}
    return child_on


def _moved(child: Child, days: int, start: date) -> Child:
    """Return the child as it is registered so many days after the start; its age is as drawn."""
    if not days:
        return child
    later, house = timedelta(days=days), child.household
    request, ordered_on = house.request, house.legal.ordered_on
    moved = replace(
        request,
        registered_on=start + later,
        needed_from=start + later + (request.needed_from - request.registered_on),
        leave_by=request.leave_by and request.leave_by + later,
    )
    legal = replace(house.legal, ordered_on=ordered_on and ordered_on + later)
    household = replace(house, request=moved, legal=legal)
    return replace(child, born_on=child.born_on + later, household=household)


def _groups_of(children: tuple[Child, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for child in children:
        if child.household.siblings is not None:
            found[key_of(child)] += (child.number,)
    return dict(found)


def _renewed(family: Family, start: date) -> Family:
    """Return the family with a clearance that is renewed in time, unless it has lapsed already."""
    papers = family.papers
    if papers.clearance_until < start:
        return family
    later = papers.clearance_until + timedelta(days=10 * _DAYS_A_YEAR)
    return replace(family, papers=replace(papers, clearance_until=later))


def _begun_later(family: Family, days: int) -> Family:
    """Return the family as it joins so many days after the start."""
    offer, later = family.offer, timedelta(days=days)
    if not days or isinstance(offer.available_from, str):
        return family
    until = offer.available_until and offer.available_until + later
    moved = replace(offer, available_from=offer.available_from + later, available_until=until)
    return replace(family, offer=moved)


def _draw_joins(order: YearOrder, homes: tuple[Family, ...], joining: int) -> dict[str, int]:
    """Return the day of each family that joins in the year."""
    dice = Dice(order.seed, "joins")
    names = dice.sample(_recruited(homes), joining)
    return {name: dice.between(1, max(1, order.days - 1)) for name in names}


def _draw_leaves(order: YearOrder, homes: tuple[Family, ...]) -> dict[str, int]:
    """Return the day on which each family that leaves takes no more children."""
    dice, names = Dice(order.seed, "leaves"), _recruited(homes)
    chance = _LEAVE_SHARE * order.days / _DAYS_A_YEAR
    return {name: dice.between(1, max(1, order.days)) for name in names if dice.hits(chance)}


def _draw_moves(order: YearOrder, homes: tuple[Family, ...]) -> dict[str, tuple[int, ...]]:
    """Return for each family on what days its children of the start go on, in their order."""
    dice = Dice(order.seed, "moves")
    return {
        home.reference: tuple(dice.between(1, _STAY_DAYS) for _ in home.residents.foster_children)
        for home in homes
    }


def _draw_lists(
    order: YearOrder, children: tuple[Child, ...], homes: tuple[Family, ...]
) -> dict[str, Provider]:
    """Return each child's list: that of its network family, or a provider by how large it is."""
    dice, sizes = Dice(order.seed, "lists"), [home.provider for home in homes]
    by_key = {key: dice.pick(sizes) for key in sorted({key_of(child) for child in children})}
    network = {home.network_for: home.provider for home in homes if home.network_for}
    return {child.number: network.get(child.number, by_key[key_of(child)]) for child in children}


def _recruited(homes: tuple[Family, ...]) -> list[str]:
    return [home.reference for home in homes if home.kind is FamilyKind.RECRUITED]
