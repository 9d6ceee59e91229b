"""Beginning with a family for a child, holding on longer, and ending: by a no or without one.

While it runs, the child and the place are fixed input to every match run. What ends it never
touches the day of registration: the child keeps its place in the order of waiting.
"""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.rhythms import slots_of
from app.models import BegunPair, BegunState, Family, Registration, RegistrationState
from app.placed.choice_queries import choice_of
from app.placed.steps import end_pair, tell_step
from app.steps.crisis_queries import crisis_stay
from app.steps.lapsed_queries import is_taken, lock_family_of, other_bed
from app.steps.lapsing import EXPIRED, GIVEN_AWAY
from app.steps.queries import (
    family_for_step,
    free_slots,
    has_said_no,
    has_sibling_at,
    registration_for_step,
    running_step,
    stale_steps,
)
from app.steps.running import end_by_no, known_registration, not_searched_for, running_pair
from app.steps.schemas import NoIn, StepIn

# Judgements, not figures from research: long enough to call, meet and answer, short enough that a
# place does not stand empty behind a forgotten step.
USUAL_HOLD = timedelta(days=14)
LONGEST_HOLD = timedelta(days=91)


def begin_step(session: Session, *, actor: Actor, registration_id: UUID, wish: StepIn) -> UUID:
    """Fix a child and a family to each other, and hold a place; return the id of the step.

    Raises NotFound; InputRefused for days that cannot be, or for another family than the first
    choice without a reason; Conflict when the child is not searched for, something else has begun,
    the family said no, or there is neither a place nor a sibling.
    """
    registration = _searching(session, registration_id)
    begun_on, held_until = _days(wish)
    family = family_for_step(session, wish.provider, wish.family)
    if family is None:
        raise NotFound("Dit gezin is hier niet bekend: controleer aanbieder en nummer.")
    expire_stale(session, registration_id=registration_id, family_id=family.id)
    _refuse_second(session, registration, family)
    run_id, is_first = choice_of(session, registration.id, family.id)
    _require_reason(wish, is_first=is_first)
    place_id = _place(session, registration, family)
    pair = BegunPair(
        registration_id=registration.id,
        family_id=family.id,
        place_id=place_id,
        rhythm=registration.rhythm,
        is_request=place_id is None,
        begun_on=begun_on,
        held_until=held_until,
        run_id=run_id,
        is_first_choice=is_first,
        choice_reason=wish.choice_reason,
        actor=actor.name,
    )
    session.add(pair)
    session.flush()
    tell_step(session, Occurrence.STEP_BEGUN, pair)
    return pair.id


def extend_step(
    session: Session, *, registration_id: UUID, step_id: UUID, held_until: date
) -> None:
    """Hold on longer, or shorter; raises NotFound, Conflict when it has ended, InputRefused.

    Where its place was filled meanwhile, it holds another free one of that family, as placing does;
    Conflict where there is none.
    """
    # Child, family, step: the order in which another step with this family ends what lapsed.
    registration_for_step(session, registration_id)
    lock_family_of(session, step_id)
    pair = running_pair(session, registration_id, step_id)
    _refuse_days(pair.begun_on, held_until)
    if is_taken(session, pair):
        bed = other_bed(session, pair)
        if bed is None:
            raise Conflict(GIVEN_AWAY)
        pair.place_id = bed
    pair.held_until = held_until
    session.flush()
    tell_step(session, Occurrence.STEP_EXTENDED, pair)


def record_no(session: Session, *, registration_id: UUID, step_id: UUID, told: NoIn) -> None:
    """End a step by a no: the pair is never proposed again, the place is free at once.

    Raises NotFound, Conflict when it has ended.
    """
    pair = running_pair(session, registration_id, step_id)
    end_by_no(session, pair, told.by, kind=told.decline_reason, reason=told.in_words())


def end_step(session: Session, *, registration_id: UUID, step_id: UUID, reason: str) -> None:
    """End a step without a no; raises NotFound, Conflict when it has ended."""
    pair = running_pair(session, registration_id, step_id)
    end_pair(session, pair, BegunState.EXPIRED, reason)
    session.flush()


def expire_stale(session: Session, *, registration_id: UUID, family_id: UUID) -> None:
    """End what has run out, of this child or with this family: it holds nothing any more."""
    today = today_in_amsterdam()
    concerns = (BegunPair.registration_id == registration_id) | (BegunPair.family_id == family_id)
    for pair in stale_steps(session, concerns, today=today):
        end_pair(session, pair, BegunState.EXPIRED, EXPIRED)
    session.flush()


def _searching(session: Session, registration_id: UUID) -> Registration:
    registration = known_registration(session, registration_id)
    if registration.state is not RegistrationState.SEARCHING:
        raise Conflict(not_searched_for(registration))
    return registration


def _require_reason(wish: StepIn, *, is_first: bool) -> None:
    if not is_first and wish.choice_reason is None:
        raise InputRefused(
            "redenKeuze: ontbreekt; dit gezin is niet de eerste keus in de laatste matchrun van "
            "dit kind, of er was er geen: zeg waarom u het vraagt."
        )


def _days(wish: StepIn) -> tuple[date, date]:
    today = today_in_amsterdam()
    begun_on = wish.begun_on or today
    if begun_on > today:
        raise InputRefused("sinds: ligt in de toekomst; leg de stap vast als er contact is.")
    held_until = wish.held_until or today + USUAL_HOLD
    _refuse_days(begun_on, held_until)
    return begun_on, held_until


def _refuse_days(begun_on: date, held_until: date) -> None:
    today = today_in_amsterdam()
    if held_until < max(begun_on, today):
        raise InputRefused("totEnMet: ligt voor vandaag of de eerste dag; kies een latere dag.")
    if held_until > today + LONGEST_HOLD:
        raise InputRefused("totEnMet: ligt meer dan 13 weken vooruit; kies een eerdere dag.")


def _refuse_second(session: Session, registration: Registration, family: Family) -> None:
    if running_step(session, registration.id) is not None:
        raise Conflict(
            "Voor dit kind is al een gezin in gesprek: leg eerst de uitkomst daarvan vast."
        )
    if has_said_no(session, registration.id, family.id):
        raise Conflict("Voor dit kind is bij dit gezin al nee gezegd: kies een ander gezin.")


def _place(session: Session, registration: Registration, family: Family) -> UUID | None:
    """Return the bed to hold: the one that has least else to offer. None for a request.

    Of the family where the child sleeps in a crisis bed it asks no other one.
    """
    stay = crisis_stay(session, registration.id)
    if stay is not None and stay.family_id == family.id:
        return None
    need = slots_of(registration.rhythm)
    open_beds = free_slots(session, family.id, child=registration.id)
    beds = {id_: slots for id_, slots in open_beds.items() if need <= slots}
    if beds:
        return min(beds, key=lambda id_: len(beds[id_]))
    if has_sibling_at(session, registration, family.id, today_in_amsterdam()):
        return None
    raise Conflict(
        f"Dit gezin heeft geen vrije plaats in het ritme '{registration.rhythm.value}' die er voor "
        f"dit kind is ({registration.care_form.value}, en zo lang als het blijft): vraag de "
        "aanbieder of er een plaats bij kan, of kies een ander gezin."
    )
