"""Which bed each proposed child would have: the plan says that it fits, here it gets a row."""

from uuid import UUID

import numpy as np

from app.kernel.rhythms import slots_of
from app.kernel.words import RHYTHMS, Rhythm
from app.matching.choices import find_requests
from app.matching.match import MatchResult
from app.proposals.assemble import Assembled
from app.proposals.settled_rows import FreePlace


def give_places(assembled: Assembled, result: MatchResult) -> dict[int, UUID]:
    """Return the place of each proposed child by its position; a request has none.

    Who needs one rhythm goes first, into the bed that has least else to offer, so that whole beds
    stay whole for who comes full time.
    """
    family, rhythm = result.plan.family, result.problem.children.rhythm
    given = (family >= 0) & ~find_requests(result.problem, family)
    order = sorted(np.flatnonzero(given).tolist(), key=lambda child: (rhythm[child] == 0, child))
    left = {home: list(assembled.free_places[home]) for home in set(family[given].tolist())}
    return {
        child: _take(left[int(family[child])], slots_of(RHYTHMS[rhythm[child]])) for child in order
    }


def _take(places: list[FreePlace], need: frozenset[Rhythm]) -> UUID:
    """Return the place that fits most tightly, and take the need off what it has."""
    fits = [at for at, place in enumerate(places) if need <= place.slots]
    at = min(fits, key=lambda at: len(places[at].slots))
    taken = places[at]
    places[at] = FreePlace(taken.id, taken.slots - need)
    return taken.id
