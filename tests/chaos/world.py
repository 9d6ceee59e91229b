"""Who lives in the region of the chaos: drawn families and children, and what clients share."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from app.kernel.clock import today_in_amsterdam
from app.simulation.child import Child
from app.simulation.family import Family, Provider
from app.simulation.order import Order
from app.simulation.region import draw_region

ONE_BY_ONE, MANY, SNAPSHOT = Provider.SPIRIT, Provider.WSP, Provider.YOUKE
MOST_WAITING = 30  # so that a run takes seconds


@dataclass(slots=True)
class World:
    """Children that are still to come, families by provider, and who waits for one."""

    children: deque[Child]
    families: dict[Provider, list[Family]]
    waiting: dict[str, str] = field(default_factory=dict)  # number: id
    proposed: deque[dict[str, Any]] = field(default_factory=deque)
    lock: Lock = field(default_factory=Lock)


def draw_world(seed: int, *, children: int = 900, families: int = 400) -> World:
    """Draw a region with more children than the clients will get to."""
    region = draw_region(Order(children, families, seed, today_in_amsterdam()))
    own = [family for family in region.families if family.network_for is None]
    by_provider = {
        provider: [family for family in own if family.provider is provider]
        for provider in (ONE_BY_ONE, MANY, SNAPSHOT)
    }
    alone = [child for child in region.children if child.household.network_family is None]
    return World(deque(alone), by_provider)
