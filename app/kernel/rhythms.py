"""Which rhythms fill a bed: full time is all of the others together."""

from collections.abc import Iterable

from app.kernel.words import RHYTHMS, Rhythm

SLOTS = frozenset(RHYTHMS[1:])


def slots_of(rhythm: Rhythm) -> frozenset[Rhythm]:
    """Return the rhythms that a place or child of one rhythm fills."""
    return SLOTS if rhythm is Rhythm.FULL_TIME else frozenset({rhythm})


def slots_left(rhythm: Rhythm, taken: Iterable[Rhythm]) -> frozenset[Rhythm]:
    """Return what is free of a place of one rhythm that others use in theirs."""
    return slots_of(rhythm).difference(*(slots_of(other) for other in taken))
