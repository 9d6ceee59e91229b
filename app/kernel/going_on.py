"""How the search goes on from a crisis bed: asked on the day on which the child comes there."""

from dataclasses import dataclass
from datetime import date

from app.kernel.errors import InputRefused
from app.kernel.words import CareForm, Rhythm, Urgency


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
