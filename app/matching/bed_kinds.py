"""Beds of one kind in one family are one capacity; and which kinds a child may be given."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS, FamilyKind
from app.matching.beds import Beds
from app.matching.days import last_day, latest_start
from app.matching.policy import Policy
from app.matching.problem import Bools, Days, Ints, Problem

_NETWORK = tuple(FamilyKind).index(FamilyKind.NETWORK)
_NEVER = np.datetime64("9999-12-31", "D")
# With more sums than these for one family each child counts for one kind of bed only.
MOST_SUMS = 81


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of bed, shape (K,), by family, within it the one that has least to offer first.

    forms, since, until: as Beds. room: how many children of each rhythm fit, (K, 5) columns as
    RHYTHMS. first, count: where the kinds of each family begin, and how many it has, shape (m,).
    is_pinned: where each child counts for one kind only, shape (m,).
    """

    family: Ints
    forms: Bools
    since: Days
    until: Days
    room: Ints
    first: Ints
    count: Ints
    is_pinned: Bools

    def __len__(self) -> int:
        return len(self.family)

    def of(self, family: int) -> Ints:
        """Return the positions of the kinds of one family."""
        return np.arange(self.first[family], self.first[family] + self.count[family])


def find_kinds(problem: Problem) -> Kinds:
    """Return the kinds of bed of all families that have rows in Beds."""
    beds, homes = problem.beds, len(problem.families)
    order = np.lexsort(_by_what_they_offer(beds))
    sorted_beds = beds.take(order)
    is_new = np.ones(len(beds), dtype=np.bool_)
    if len(beds):
        key = np.stack(_by_what_they_offer(sorted_beds))
        is_new[1:] = np.any(key[:, 1:] != key[:, :-1], axis=0)
    kind = np.cumsum(is_new) - 1
    one = sorted_beds.take(np.flatnonzero(is_new))
    room = np.zeros((len(one), len(RHYTHMS)), dtype=np.int64)
    np.add.at(room[:, 0], kind, sorted_beds.slots.all(axis=1).astype(np.int64))
    np.add.at(room[:, 1:], kind, sorted_beds.slots.astype(np.int64))
    bounds = np.searchsorted(one.family, np.arange(homes + 1))
    count = np.diff(bounds)
    shares = 2 + len(rhythms_of(problem))
    is_pinned = count * np.log(shares) > np.log(MOST_SUMS) + 1e-9
    return Kinds(one.family, one.forms, one.since, one.until, room, bounds[:-1], count, is_pinned)


def rhythms_of(problem: Problem) -> list[int]:
    """Return the rhythms but full time that children come in, as positions in RHYTHMS."""
    return [int(rhythm) for rhythm in np.unique(problem.children.rhythm) if rhythm]


def _by_what_they_offer(beds: Beds) -> tuple[Any, ...]:
    """Return keys, the least of them first: family, number of forms, which, end, and beginning."""
    bits = np.left_shift(1, np.arange(len(CARE_FORMS)))
    until = np.where(np.isnat(beds.until), _NEVER, beds.until).astype(np.int64)
    late = np.where(np.isnat(beds.since), -_NEVER.astype(np.int64), beds.since.astype(np.int64))
    return (-late, until, beds.forms @ bits, beds.forms.sum(axis=1), beds.family)


def accepted(problem: Problem, policy: Policy, kinds: Kinds, pairs: tuple[Ints, Ints]) -> Ints:
    """Return which kinds each pair may use: a bit each, the first kind of the family the lowest.

    pairs: positions of children and families that broadcast. A child of its own network family
    may use a bed on any day: there dates are a concern, which a person settles.
    """
    (child, family), kids, homes = pairs, problem.children, problem.families
    rhythm, form = kids.rhythm[child], kids.care_form[child]
    latest, last = latest_start(problem, policy)[child], last_day(problem)[child]
    own = (homes.kind[family] == _NETWORK) & (homes.for_child[family] == child)
    mask = np.zeros(np.broadcast_shapes(child.shape, family.shape), dtype=np.int64)
    if not len(kinds):
        return mask
    for bit in range(int(kinds.count.max())):
        at = np.minimum(kinds.first[family] + bit, len(kinds) - 1)
        in_time = ~(kinds.since[at] > latest) & ~(kinds.until[at] < last)
        fits = kinds.forms[at, form] & (kinds.room[at, rhythm] > 0) & (in_time | own)
        mask |= np.where(fits & (bit < kinds.count[family]), 1 << bit, 0)
    return pin(kinds, mask, is_part=rhythm > 0, family=family)


def pin(kinds: Kinds, mask: Ints, *, is_part: Bools, family: Ints) -> Ints:
    """Return the kinds with one left of them for whoever counts for one kind only.

    Beside three kinds who comes in one rhythm does: sums cannot say which of them it shares. It
    is the kind that has least else to offer; who fits so, fits.
    """
    one = kinds.is_pinned[family] | (is_part & (kinds.count[family] > 2))
    return np.where(one, mask & -mask, mask)
