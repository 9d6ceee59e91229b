"""What becomes of respite where a child goes to live in another family.

The weekend family stays the same: where it still can, the respite goes on beside the next
placement. Else it ends. Who moves the child (`_verplaats`) hears so; where a placement on another
registration ends the old home, it stands in the offers alone. An offer belongs to one placement, so
that what it helped is known of that one: going on is a new offer, in the same bed and weekends.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.kernel.clock import now
from app.kernel.strain import Helped, SupportKind, TakenUp
from app.kernel.words import CareForm, FamilyStatus
from app.models import Family, Occupation, Placement, RespitePlace, SupportOffer
from app.placed.queries import family_of, kilometres
from app.placed.respite_queries import respite_offers, respite_uses

_NOT_BEGUN = "De plaatsing eindigde voordat dit respijt begon."
_ENDED = (
    "Het respijt is beëindigd: {why}. Bespreek of het nieuwe gezin respijt nodig heeft, en vraag "
    "dan een nieuwe respijtronde aan."
)
_GOES_ON = (
    "Het respijt ({when}) loopt door bij hetzelfde gezin{far}: laat dat gezin weten waar het kind "
    "nu woont, en bespreek het met het nieuwe gezin."
)


class Kept(NamedTuple):
    """Respite that goes on, with the beds that it uses."""

    offer: SupportOffer
    uses: list[Occupation]


def leave_respite(
    session: Session, home: Placement, *, to: Family, form: CareForm, day: date
) -> tuple[list[Kept], list[str]]:
    """End the respite of a placement that cannot go on where a child goes to live.

    Before the bed there is taken: it may be the one of the weekends. Return what can go on, and
    sentences of what ended.
    """
    kept, told = [], []
    for offer in respite_offers(session, home.id):
        why = _why_not(session, offer, to, form)
        if why is None:
            kept.append(Kept(offer, respite_uses(session, offer.id)))
        else:
            _end(session, offer, day)
            told.append(_ENDED.format(why=why))
    session.flush()
    return kept, told


def end_respite(session: Session, home: Placement, day: date) -> bool:
    """End all respite of a placement that ends; return whether there was any."""
    offers = respite_offers(session, home.id)
    for offer in offers:
        _end(session, offer, day)
    session.flush()
    return bool(offers)


def carry_respite(
    session: Session, kept: Sequence[Kept], placement: Placement, *, actor: str, role: str
) -> list[str]:
    """Let respite go on beside the next placement; return sentences that say so."""
    told = []
    for offer, uses in kept:
        if offer.since is not None and offer.since > placement.since:
            offer.placement_id = placement.id  # nothing of it was beside the one that ended
            for use in uses:
                use.registration_id = placement.registration_id
        else:
            _go_on(session, offer, uses, placement, who=(actor, role))
        if offer.family_id is not None:
            tell_of_family(session, Occurrence.FAMILY_CHANGED, offer.family_id)
        told.append(_sentence(session, offer, uses, placement))
    session.flush()
    return told


def _why_not(session: Session, offer: SupportOffer, to: Family, form: CareForm) -> str | None:
    if offer.family_id is None:
        return "er staat geen gezin bij"
    if offer.family_id == to.id:
        return "het kind gaat in het respijtgezin wonen"
    if form is CareForm.PART_TIME:
        return "het kind is er niet de hele week"
    if family_of(session, offer.family_id).status is not FamilyStatus.ACTIVE:
        return "het respijtgezin doet nu niet mee"
    return None


def _end(session: Session, offer: SupportOffer, day: date) -> None:
    for use in respite_uses(session, offer.id):
        use.release(now())
    if offer.since is None or offer.since <= day:
        offer.since, offer.until = offer.since or day, day
    else:
        offer.taken_up, offer.taken_reason = TakenUp.NO, _NOT_BEGUN
    if offer.family_id is not None:
        tell_of_family(session, Occurrence.FAMILY_CHANGED, offer.family_id)


def _go_on(
    session: Session,
    offer: SupportOffer,
    uses: Sequence[Occupation],
    placement: Placement,
    *,
    who: tuple[str, str],
) -> None:
    """End an offer on the first day of a placement, and begin one there in the same beds."""
    for use in uses:
        use.release(now())
    offer.since, offer.until = offer.since or placement.since, placement.since
    following = SupportOffer(
        placement_id=placement.id, kind=SupportKind.RESPITE, offered_on=placement.since,
        taken_up=TakenUp.YES, since=placement.since, helped=Helped.UNKNOWN,
        family_id=offer.family_id, actor=who[0], role=who[1],
    )  # fmt: skip
    session.add(following)
    session.flush()
    for use in uses:
        again = Occupation(
            place_id=use.place_id, registration_id=placement.registration_id, rhythm=use.rhythm,
            since=now(),
        )  # fmt: skip
        session.add(again)
        session.flush()
        session.add(RespitePlace(offer_id=following.id, occupation_id=again.id))


def _sentence(
    session: Session, offer: SupportOffer, uses: Sequence[Occupation], placement: Placement
) -> str:
    far = ""
    if offer.family_id is not None:
        home, weekends = (family_of(session, i) for i in (placement.family_id, offer.family_id))
        (km,) = kilometres(session, home.postcode, weekends.postcode)
        far = "" if km is None else f", {km:.0f} km van het nieuwe huis"
    return _GOES_ON.format(when=" en ".join(use.rhythm.value for use in uses), far=far)
