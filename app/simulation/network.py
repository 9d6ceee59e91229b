"""Draws families from a child's own network: each is there for that one child and no other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.kernel.words import FamilyKind, FamilyStatus, GenderPreference, Willingness
from app.simulation.areas import Areas, draw_address
from app.simulation.child import Child
from app.simulation.dice import Dice
from app.simulation.families import draw_family
from app.simulation.family import Family, Provider
from app.simulation.order import Order
from app.simulation.plan import count_without_option

_CHILDREN_SHARE = 0.11
_FAMILIES_PER_NETWORK_FAMILY = 4


def count_network_families(order: Order) -> int:
    """Return how many families come from a network: for one child in nine, at most a quarter."""
    wished = max(1, round(_CHILDREN_SHARE * order.children))
    can_name_one = order.children - count_without_option(order.children)
    return min(wished, order.families // _FAMILIES_PER_NETWORK_FAMILY, can_name_one)


def draw_network_families(
    order: Order,
    references: list[tuple[Provider, str]],
    *,
    children: Sequence[Child],
    areas: Areas,
) -> tuple[Family, ...]:
    """Return, for each child that names a family, that family naming the child."""
    dice = Dice(order.seed, "network")
    providers = {reference: provider for provider, reference in references}
    named = [
        _draw_for(dice, child, providers=providers, areas=areas, today=order.snapshot_day)
        for child in children
        if child.household.network_family
    ]
    return tuple(sorted(named, key=lambda family: family.reference.partition("-")[2]))


def _draw_for(
    dice: Dice, child: Child, *, providers: dict[str, Provider], areas: Areas, today: date
) -> Family:
    reference = child.household.network_family or ""
    drawn = draw_family(dice, providers[reference], reference, areas=areas, today=today)
    offer = replace(
        drawn.offer,
        forms=(child.household.request.care_form,),
        places_total=1 + len(drawn.residents.foster_children),
        places_free=1,
        available_until=None,
        min_age=0,
        max_age=18,
        gender_preference=GenderPreference.NONE,
    )
    return replace(
        drawn,
        kind=FamilyKind.NETWORK,
        status=FamilyStatus.ACTIVE,
        address=draw_address(dice, areas.draw_home(dice)),
        offer=offer,
        willingness=tuple(map(_at_least_with_support, drawn.willingness)),
        network_for=child.number,
    )


def _at_least_with_support(answer: Willingness) -> Willingness:
    """Return the answer of carers who know the child: none of them says no beforehand."""
    return Willingness.WITH_SUPPORT if answer is Willingness.NO else answer
