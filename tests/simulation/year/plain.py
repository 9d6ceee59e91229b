"""A tiny world made by hand: children who fit everywhere and families that take everybody."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from app.kernel.words import (
    CARE_FORMS,
    PROBLEMS,
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    OtherChildrenWish,
    SiblingWish,
    Urgency,
    Willingness,
)
from app.matching.policy import load_policy
from app.matching.risk.weights import load_weights
from app.simulation.child import Child, History, Siblings
from app.simulation.dice import Dice
from app.simulation.family import Family, Provider
from app.simulation.history import Points
from app.simulation.history_truth import Truth
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.year.replay import Rules
from app.simulation.year.world import World, YearOrder, key_of

START = date(2026, 11, 1)
DRAWN = draw_region(Order(5, 5, seed=3, snapshot_day=START))


class FixedTruth(Truth):
    """A truth in which every placement breaks down after so many months."""

    def __init__(self, months: float) -> None:
        super().__init__(Truth.of(1).strength)
        object.__setattr__(self, "months", months)

    __slots__ = ("months",)

    def draw_months(self, dice: Dice, log_ratio: float) -> float:
        return self.months


def plain_child(
    number: str, *, on: int = 0, months: int = 1, siblings: tuple[str, str] | None = None
) -> Child:
    """A ten-year-old without problems, in Amsterdam, registered so many days after the start."""
    drawn, day = DRAWN.children[0], START + timedelta(days=on)
    house = drawn.household
    request = replace(
        house.request,
        care_form=CareForm.SHORT_TERM,
        urgency=Urgency.REGULAR,
        registered_on=day,
        needed_from=day,
        leave_by=None,
        expected_months=months,
    )
    household = replace(
        house,
        address=replace(house.address, postcode="1012AB"),
        request=request,
        contact=replace(house.contact, is_secret=False, excluded=()),
        siblings=Siblings(siblings[0], SiblingWish(siblings[1])) if siblings else None,
        network_family=None,
    )
    needs = replace(
        drawn.needs, severity=(0,) * len(PROBLEMS), allergies=(), smoke_free=False, wheelchair=False
    )
    return replace(
        drawn,
        number=number,
        born_on=START - timedelta(days=3653),
        household=household,
        school=None,
        needs=needs,
        history=History(0, 0, was_residential=False),
        other_children=OtherChildrenWish.NONE,
    )


def plain_family(
    reference: str,
    *,
    places: int = 1,
    provider: Provider = Provider.SPIRIT,
    postcode: str = "1012AB",
    fostered: tuple[int, ...] = (),
) -> Family:
    """A family that takes everybody."""
    drawn = DRAWN.families[0]
    offer = replace(
        drawn.offer,
        forms=tuple(CARE_FORMS),
        places_free=places,
        available_from=START,
        available_until=None,
        min_age=0,
        max_age=18,
        gender_preference=GenderPreference.NONE,
        max_siblings=4,
    )
    return replace(
        drawn,
        provider=provider,
        reference=reference,
        kind=FamilyKind.RECRUITED,
        status=FamilyStatus.ACTIVE,
        address=replace(drawn.address, postcode=postcode),
        residents=replace(
            drawn.residents, carers=(1980,), own_children=(), foster_children=fostered
        ),
        offer=offer,
        willingness=(Willingness.YES,) * len(PROBLEMS),
        papers=replace(drawn.papers, clearance_until=date(2040, 1, 1), prepared=True),
        network_for=None,
    )


def tiny_world(
    children: list[Child],
    families: list[Family],
    *,
    weeks: int = 12,
    leaves_on: dict[str, int] | None = None,
    joins_on: dict[str, int] | None = None,
    moves_on: dict[str, tuple[int, ...]] | None = None,
    lists: dict[str, Provider] | None = None,
) -> World:
    """The script of a year in which nothing happens but what is said."""
    groups: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for child in children:
        if child.household.siblings:
            groups[key_of(child)] += (child.number,)
    return World(
        order=YearOrder(len(children), len(families), 0, weeks, 1, START),
        children=tuple(children),
        child_on={
            child.number: (child.household.request.registered_on - START).days for child in children
        },
        list_of={child.number: Provider.SPIRIT for child in children} | (lists or {}),
        families=tuple(families),
        joins_on=joins_on or {},
        leaves_on=leaves_on or {},
        moves_on={home.reference: () for home in families} | (moves_on or {}),
        groups=dict(groups),
    )


def rules(months: float, policy: str = "maximaal") -> Rules:
    """Rules under which every placement breaks down after so many months."""
    return Rules(load_policy(policy), load_weights(), FixedTruth(months), Points.load())
