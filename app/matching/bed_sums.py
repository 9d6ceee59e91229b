"""Unlike beds as sums: rows that hold exactly when every child can have a bed that fits it.

Of children full time, those who may use nothing but the kinds of a set are never more than its
whole beds (Hall 1935). Who comes in one rhythm shares whole beds when the beds of that rhythm
are full: then a set is divided over the rhythms, and each part counts who comes in its own.
See docs/adr/0042-unlike-beds.md, also for what is not exact with three kinds and rhythms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.bed_kinds import Kinds, find_kinds, rhythms_of
from app.matching.problem import Ints, Problem

FULL_TIME = 0


@dataclass(frozen=True, slots=True)
class BedSums:
    """Sums beside the five of `slots.py`, shape (m, s): family by family, the rest of it zeros.

    kinds: (m, s, 5) a bit per kind: a child of that rhythm counts when it may use no others.
    limit: (m, s) how many children may count.
    """

    of_kinds: Kinds
    kinds: Ints
    limit: Ints


def find_sums(problem: Problem) -> BedSums:
    """Return the sums of all families with beds of more than one kind."""
    found = find_kinds(problem)
    rhythms = rhythms_of(problem)
    rows = {
        family: list(_sums_of(found, family, rhythms))
        for family in np.flatnonzero(found.count > 1).tolist()
    }
    size = (len(problem.families), max((len(own) for own in rows.values()), default=0))
    kinds = np.zeros((*size, len(RHYTHMS)), dtype=np.int64)
    limit = np.zeros(size, dtype=np.int64)
    for family, own in rows.items():
        for at, (sets, most) in enumerate(own):
            kinds[family, at], limit[family, at] = sets, most
    return BedSums(found, kinds, limit)


def _sums_of(found: Kinds, family: int, rhythms: list[int]) -> Iterator[tuple[list[int], int]]:
    """Yield the kinds that count for each rhythm, as bits, and the limit.

    All kinds at once in one rhythm is what the five sums say already.
    """
    room, size = found.room[found.of(family)], int(found.count[family])
    for shares in _divisions(size, rhythms, is_pinned=bool(found.is_pinned[family])):
        used = sorted({share for share in shares if share is not None})
        if None not in shares and len(used) < 2:
            continue
        sets, limit = [0] * len(RHYTHMS), 0
        for kind, share in enumerate(shares):
            if share is None:
                continue
            sets[FULL_TIME] |= 1 << kind
            limit += int(room[kind, share])
            if share != FULL_TIME:
                sets[share] |= 1 << kind
        yield sets, limit


def _divisions(
    size: int, rhythms: list[int], *, is_pinned: bool
) -> Iterator[tuple[int | None, ...]]:
    """Yield for each kind the rhythm that it counts for, full time, or None for not at all."""
    options = [None, FULL_TIME, *rhythms]
    if is_pinned:  # each child counts for one kind, and kinds by themselves say it all
        for kind, share in product(range(size), options[1:]):
            yield tuple(share if at == kind else None for at in range(size))
        return
    for shares in product(options, repeat=size):
        if any(share is not None for share in shares):
            yield shares
