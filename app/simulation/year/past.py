"""What a replayed region has seen come in since its year began, as the service keeps of itself."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date

import numpy as np

from app.kernel.words import CARE_FORMS, URGENCIES
from app.matching.past import PastArrivals, past_arrivals
from app.simulation.child import Child
from app.simulation.year.world import World, key_of


def seen_arrivals(world: World, day: int, waits: Set[str]) -> PastArrivals:
    """Return the households that came in after the first day and of which nobody waits any more.

    day: since the start, this one counts too; waits: numbers of the children who wait. Like the
    service: who was there on the first day came before anything was recorded, and a household of
    which somebody still waits counts as one that waits.
    """
    homes: dict[str, list[Child]] = defaultdict(list)
    for child in world.children:
        if 0 < world.child_on[child.number] <= day:
            homes[key_of(child)].append(child)
    rows = [_row(members) for members in homes.values() if not waits & _numbers(members)]
    return past_arrivals(sorted(rows), _day(world.order.start))


def _numbers(members: Iterable[Child]) -> set[str]:
    return {child.number for child in members}


def _row(members: list[Child]) -> tuple[np.datetime64, int, int]:
    asked = [child.household.request for child in members]
    return (
        min(_day(request.registered_on) for request in asked),
        min(URGENCIES.index(request.urgency) for request in asked),
        CARE_FORMS.index(asked[0].care_form),
    )


def _day(on: date) -> np.datetime64:
    return np.datetime64(on, "D")
