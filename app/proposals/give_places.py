"""Which bed each proposed child would have: the plan says that it fits, here it gets a row."""

from uuid import UUID

import numpy as np

from app.kernel.rhythms import slots_of
from app.kernel.words import RHYTHMS, Rhythm
from app.matching.check_beds import free_beds, seat_children, seat_of
from app.matching.choices import find_requests
from app.matching.match import MatchResult
from app.matching.policy import Policy
from app.matching.problem import Bools
from app.matching.solve import PlanRefused
from app.proposals.assemble import Assembled
from app.proposals.settled_rows import FreePlace


def give_places(assembled: Assembled, result: MatchResult, policy: Policy) -> dict[int, UUID]:
    """Return the place of each proposed child by its position; a request has none.

    Who needs one rhythm goes first, into the bed that has least else to offer, so that whole beds
    stay whole for who comes full time. Where beds are unlike, as the verifier seats them.
    """
    family, rhythm = result.plan.family, result.problem.children.rhythm
    given = (family >= 0) & ~find_requests(result.problem, policy, family)
    order = sorted(np.flatnonzero(given).tolist(), key=lambda child: (rhythm[child] == 0, child))
    unlike = set(result.problem.beds.family.tolist())
    seated = {
        child: place
        for home in sorted(unlike & set(family[given].tolist()))
        for child, place in _seat(assembled, result, policy, (home, given)).items()
    }
    order = [child for child in order if child not in seated]
    left = {home: list(assembled.free_places[home]) for home in set(family[given].tolist())}
    return seated | {
        child: _take(left[int(family[child])], slots_of(RHYTHMS[rhythm[child]])) for child in order
    }


def _seat(
    assembled: Assembled, result: MatchResult, policy: Policy, where: tuple[int, Bools]
) -> dict[int, UUID]:
    """Return the beds of the children given one in a family with unlike beds; where: which."""
    (home, given), problem = where, result.problem
    children = np.flatnonzero(given & (result.plan.family == home)).tolist()
    seats = [seat_of(problem, policy, child, home) for child in children]
    beds = free_beds(problem, home)
    found = seat_children(beds, seats)
    if found is None:
        raise PlanRefused(f"Gezin {problem.families.reference[home]}: een kind heeft geen bed.")
    places = dict(zip(beds, assembled.free_places[home], strict=True))
    return {child: places[bed].id for child, bed in zip(children, found, strict=True)}


def _take(places: list[FreePlace], need: frozenset[Rhythm]) -> UUID:
    """Return the place that fits most tightly, and take the need off what it has."""
    fits = [at for at, place in enumerate(places) if need <= place.slots]
    at = min(fits, key=lambda at: len(places[at].slots))
    taken = places[at]
    places[at] = FreePlace(taken.id, taken.slots - need)
    return taken.id
