"""What a placement that did not come from a step must have, and the search that goes on after it.

So that who tells afterwards does not get round what a step asks before (ADR 0066).
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.http.going_on import FollowUps
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM
from app.kernel.errors import Conflict
from app.kernel.going_on import check_going_on
from app.kernel.legal_frame import find_gaps
from app.kernel.outside import Outside, check_outside
from app.kernel.words import CareForm, FamilyKind
from app.models import Family, Placement, Registration
from app.placed.choice_queries import choice_of
from app.placed.family_gaps import clearance_gaps
from app.placed.going_on import is_searched_for
from app.placed.legal_queries import frame_for_placement
from app.placed.sibling_queries import lacks_reunion, parted_siblings
from app.placements.act_queries import has_said_no, offers
from app.placements.schemas import OutsideIn
from app.placements.shapes import first_shape


def refuse_outside(
    session: Session, registration: Registration, family: Family, told: OutsideIn, *, since: date
) -> None:
    """Raise InputRefused for what must be told too, Conflict for what is in the way."""
    form = first_shape(registration, told).form
    check_going_on(
        form,
        told.following.told() if told.following else None,
        told.no_follow_up_reason,
        is_searched_for=is_searched_for(session, registration.child_id, besides=registration.id),
    )
    run_id, is_first = choice_of(session, registration.id, family.id)
    parts = bool(parted_siblings(session, registration.id, family.id))
    gaps = find_gaps(frame_for_placement(session, registration, family.id), since)
    check_outside(
        Outside(
            ground=told.ground,
            since=since,
            form=form,
            registered_on=first_day_here(registration),
            is_own_network=_is_own_network(registration, family),
            in_network_since=registration.in_network_since,
            registers_itself=registration.owner_organisation is not None,
            provider_yes_on=told.provider_yes_on,
            referrer_yes_on=told.referrer_yes_on,
            referrer=told.referrer,
            has_no=has_said_no(session, registration.id, family.id),
            gaps=tuple(gap.sentence for gap in gaps),
            parts_siblings=parts,
            has_split_reason=told.split_reason is not None,
            has_other_choice=run_id is not None and not is_first,
            has_choice_reason=told.choice_reason is not None,
            lacks_reunion=parts and lacks_reunion(registration, form),
            family_gaps=tuple(_family_gaps(session, family, form, since)),
        )
    )


def first_day_here(registration: Registration) -> date:
    """Return the child's first day here, and never one after the day on which that was told."""
    return min(
        registration.first_registered_on or registration.registered_on,
        registration.created_at.astimezone(AMSTERDAM).date(),
    )


def refuse_staying(
    session: Session, registration: Registration, placement: Placement, day: date
) -> None:
    """Raise Conflict unless a child may go on living in its crisis family in another form.

    What goes on for long asks what any placement asks: nobody searches elsewhere any more, both
    said yes, and the law has no gap.
    """
    if is_searched_for(session, registration.child_id):
        raise Conflict(
            "vorm: voor dit kind wordt verder gezocht (vervolg); leg daar een stap met dit gezin "
            "vast, of trek het vervolg in."
        )
    yeses = (placement.provider_yes_on, placement.referrer_yes_on)
    if placement.pair_id is None and None in yeses:
        raise Conflict(
            "vorm: de akkoorden van aanbieder en verwijzer staan nog niet bij deze plaatsing; leg "
            "ze eerst vast."
        )
    gaps = find_gaps(frame_for_placement(session, registration, placement.family_id), day)
    if gaps:
        sentences = " ".join(gap.sentence for gap in gaps)
        raise Conflict(f"vorm: het kind kan hier nog niet langer blijven. {sentences}")


def _is_own_network(registration: Registration, family: Family) -> bool:
    named = (
        family.network_for == registration.number,
        family.reference == registration.network_family,
    )
    return family.kind is FamilyKind.NETWORK and any(named)


def _family_gaps(session: Session, family: Family, form: CareForm, since: date) -> Iterator[str]:
    if family.kind is not FamilyKind.NETWORK and not offers(session, family.id, form):
        yield f"vorm: dit gezin biedt '{form.value}' niet aan; kies een ander gezin."
    yield from clearance_gaps(family, since)


def search_on(
    session: Session,
    registration: Registration,
    told: OutsideIn,
    *,
    actor: Actor,
    follow_ups: FollowUps,
) -> None:
    """Let the search go on from a crisis family, where it was told for what."""
    if told.following is not None:
        session.flush()
        follow_ups.begin(session, actor, registration, told.following.told())
