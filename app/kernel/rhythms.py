"""Which rhythms fill a bed: full time is all of the others together."""

from collections.abc import Iterable

from app.kernel.errors import InputRefused
from app.kernel.words import RHYTHMS, CareForm, Rhythm

SLOTS = frozenset(RHYTHMS[1:])


def slots_of(rhythm: Rhythm) -> frozenset[Rhythm]:
    """Return the rhythms that a place or child of one rhythm fills."""
    return SLOTS if rhythm is Rhythm.FULL_TIME else frozenset({rhythm})


def slots_left(rhythm: Rhythm, taken: Iterable[Rhythm]) -> frozenset[Rhythm]:
    """Return what is free of a place of one rhythm that others use in theirs."""
    return slots_of(rhythm).difference(*(slots_of(other) for other in taken))


def check_rhythm(form: CareForm, rhythm: Rhythm) -> None:
    """Raise InputRefused for a rhythm that does not go with a form."""
    if form is not CareForm.PART_TIME and rhythm is not Rhythm.FULL_TIME:
        raise InputRefused("ritme: alleen deeltijd heeft een ander ritme dan voltijd.")
