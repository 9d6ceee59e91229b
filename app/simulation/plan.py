"""How the waiting children fall into households: alone or with brothers and sisters."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.words import CareForm
from app.simulation.dice import Dice, Shares

_SIZES = Shares({1: 78, 2: 14, 3: 2, 4: 2})
_NO_OPTION_SHARE = 0.015


class Shortage(StrEnum):
    """What no family in a drawn region offers, so that some child never has an option.

    Recruited homes that a wheelchair can enter offer no crisis care, and who offers part-time
    care takes no child that uses drugs. Real regions have such gaps too; here they are certain,
    at any size, so that "no match" is always on show.
    """

    CRISIS_WITH_WHEELCHAIR = "crisis en rolstoel"
    PART_TIME_WITH_DRUGS = "deeltijd en middelen"

    @property
    def care_form(self) -> CareForm:
        """Return the form of care in which the gap lies."""
        is_crisis = self is Shortage.CRISIS_WITH_WHEELCHAIR
        return CareForm.CRISIS if is_crisis else CareForm.PART_TIME


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """A household to be drawn: how many children, and what must hold for them."""

    size: int
    shortage: Shortage | None = None
    has_network_family: bool = False


def count_without_option(children: int) -> int:
    """Return how many children are drawn into a gap that no family fills: at least one."""
    return max(1, round(_NO_OPTION_SHARE * children))


def plan_households(dice: Dice, *, children: int, network: int) -> list[HouseholdPlan]:
    """Return households of `children` children together, in random order.

    `network` of them are one child with a family in its own network.
    """
    gaps, stuck = tuple(Shortage), count_without_option(children)
    plans = [HouseholdPlan(1, shortage=gaps[place % len(gaps)]) for place in range(stuck)]
    plans += [HouseholdPlan(1, has_network_family=True)] * network
    left = children - stuck - network
    while left:
        size = min(dice.draw(_SIZES), left)
        plans.append(HouseholdPlan(size))
        left -= size
    return dice.sample(plans, len(plans))
