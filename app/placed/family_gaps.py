"""Why a family cannot take a child on a day, whatever people agreed on."""

from collections.abc import Iterator
from datetime import date

from app.kernel.words import FamilyKind
from app.models import Family


def clearance_gaps(family: Family, day: date) -> Iterator[str]:
    """Yield a sentence where a family's clearance is not known to be valid on a day.

    Jeugdwet 5.1. A network family may be screened while the child lives there (`rules/clearance`).
    """
    if family.kind is FamilyKind.NETWORK:
        return
    until = family.clearance_until
    if until is None or until < day:
        told = f"liep tot en met {until:%d-%m-%Y}" if until else "is niet bekend"
        yield (
            f"De verklaring van geen bezwaar van het gezin {told} (Jeugdwet 5.1): vraag de "
            "aanbieder haar te vernieuwen en hier te melden."
        )
