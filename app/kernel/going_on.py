"""How the search goes on from a crisis bed: asked on the day on which the child comes there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from app.kernel.errors import InputRefused
from app.kernel.words import CareForm, Rhythm, Urgency

IN_CRISIS_BED = "crisispleeggezin"  # where the child stays meanwhile
_NUMBERED = re.compile(r"(.+-\d{3,})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class GoOn:
    """What is searched for next; leave_by: the last day in the crisis bed."""

    form: CareForm
    rhythm: Rhythm
    urgency: Urgency
    expected_months: int
    leave_by: date


def check_going_on(
    form: CareForm, following: GoOn | None, why_not: str | None, *, is_searched_for: bool = False
) -> None:
    """Raise InputRefused unless a crisis placement says how the search goes on, or why it does not.

    is_searched_for: by another registration already, so that nothing is to be said.
    """
    told = (following is not None) + (why_not is not None)
    if told and (form is not CareForm.CRISIS or is_searched_for):
        raise InputRefused(
            "vervolg: hoort alleen bij een crisisplaatsing van een kind voor wie nog niet verder "
            "wordt gezocht; laat vervolg en redenGeenVervolg weg."
        )
    if form is CareForm.CRISIS and not is_searched_for and told != 1:
        raise InputRefused(
            "vervolg: een crisisplaatsing is een tussenplek; noem waarnaar vanaf vandaag verder "
            "wordt gezocht (vervolg), of waarom niet (redenGeenVervolg)."
        )


def next_numbers(number: str) -> Iterator[str]:
    """Yield the numbers of what goes on from it: AM-2026-1 as AM-2026-1-2, that as AM-2026-1-3."""
    earlier = _NUMBERED.fullmatch(number)
    base, rank = (earlier[1], int(earlier[2])) if earlier else (number, 1)
    return (f"{base}-{at}" for at in count(rank + 1))
