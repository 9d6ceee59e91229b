"""Whether a family may have a child tonight: asked again at the yes, whoever answered the phone.

What a person may decide on the phone (an age, a preference) is not asked here. What the law asks
(prepared, a valid clearance, carers of 21), and what the family itself or its provider has closed,
is. Sources: Jeugdwet 5.1; the list of tonight leaves the same families out (`beds.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.crisis.allowed_queries import offers_crisis, youngest_carer_born
from app.crisis.beds import is_adult
from app.kernel.errors import Conflict
from app.kernel.words import FamilyKind, FamilyStatus
from app.models import Family
from app.placed.family_gaps import clearance_gaps

_NEXT = "Bel intussen het volgende gezin van de lijst."


@dataclass(frozen=True, slots=True)
class Offer:
    """What a family says and is, beside its own row; youngest_carer_born: None if not known."""

    has_crisis: bool
    youngest_carer_born: int | None


def refuse_family(session: Session, family: Family, *, today: date) -> None:
    """Raise Conflict, with what to do, for a family that may not have a child tonight."""
    offer = Offer(offers_crisis(session, family.id), youngest_carer_born(session, family.id))
    for sentence in why_not(family, offer, today):
        raise Conflict(f"{sentence} {_NEXT}")


def why_not(family: Family, offer: Offer, today: date) -> Iterator[str]:
    """Yield a sentence for each thing that keeps children from a family on a day."""
    yield from _closed(family, offer, today)
    yield from clearance_gaps(family, today)
    if not family.prepared:
        yield (
            "Dit gezin is niet voorbereid: vraag de aanbieder de voorbereiding af te ronden en "
            "hier te melden."
        )
    if not is_adult(offer.youngest_carer_born, today):
        yield "Een pleegouder van dit gezin is nog geen 21: het mag geen kind opnemen."


def _closed(family: Family, offer: Offer, today: date) -> Iterator[str]:
    if family.kind is FamilyKind.NETWORK:
        yield (
            "Dit is een netwerkgezin, dat alleen het eigen kind opneemt: gaat dit kind daarheen, "
            "sluit de melding dan met die reden."
        )
    if family.status is FamilyStatus.STOPPED:
        yield "Dit gezin is gestopt met pleegzorg: klopt dat niet, laat de aanbieder dat melden."
    if family.status is FamilyStatus.PAUSED:
        yield (
            "Dit gezin pauzeert: kan het toch, laat de pauze dan eerst opheffen bij de "
            "beschikbaarheid van het gezin."
        )
    if not offer.has_crisis:
        yield (
            "Dit gezin biedt geen crisisopvang aan: vraag de aanbieder of het dat kan, en die vorm "
            "aan het gezin toe te voegen."
        )
    if not _is_available(family, today):
        yield (
            "Dit gezin is vandaag niet beschikbaar: kan het toch, laat dat dan eerst melden bij de "
            "beschikbaarheid van het gezin."
        )


def _is_available(family: Family, today: date) -> bool:
    begun = family.available_from is None or family.available_from <= today
    return begun and (family.available_until is None or family.available_until >= today)
