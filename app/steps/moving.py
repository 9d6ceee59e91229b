"""Taking a step further: each move is recorded with what people said, and the last one places."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.http.going_on import FollowUps
from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused
from app.kernel.going_on import check_going_on
from app.kernel.legal_frame import find_gaps
from app.kernel.phases import Phase, refuse_move
from app.kernel.rhythms import slots_of
from app.models import (
    BegunPair,
    BegunState,
    Family,
    Occupation,
    Placement,
    PlacementOrigin,
    Registration,
    RegistrationState,
    StepMove,
)
from app.placed.beginning import record_beginning
from app.placed.family_gaps import clearance_gaps
from app.placed.legal_queries import frame_for_placement
from app.placed.steps import end_pair, tell_step
from app.placed.together import lives_with_siblings, lock_siblings
from app.steps.leaving import leave_crisis_bed
from app.steps.queries import free_slots, lock_family
from app.steps.record_queries import last_weighed
from app.steps.running import PLACED, known_registration, refuse_stale, running_pair, who
from app.steps.schemas_moves import MoveIn
from app.steps.standing import standing_of

_TAKEN = (
    "De plaats is intussen bezet, of het kind is al geplaatst: lees de stap opnieuw en overleg met "
    "de aanbieder."
)


def move_step(
    session: Session,
    *,
    actor: Actor,
    registration_id: UUID,
    step_id: UUID,
    wish: MoveIn,
    follow_ups: FollowUps,
) -> None:
    """Take a step to its next phase; `plaatsing` places the child and ends the step.

    From a crisis family the search goes on in the same transaction.

    Raises NotFound; Conflict where that phase is not open, something must be recorded first, the
    term is over, or the place is taken; InputRefused for a first day that cannot be.
    """
    following = wish.following.told() if wish.following else None
    if following is not None:
        follow_ups.prepare(session)
    registration = known_registration(session, registration_id)
    pair = running_pair(session, registration_id, step_id)
    refuse_stale(registration, pair)
    if wish.to is Phase.MATCHED:
        pair.support_plan, pair.no_support_reason = wish.support_plan, wish.no_support_reason
        pair.split_reason = wish.split_reason
    weighed = last_weighed(session, registration_id, pair.family_id)
    refusal = refuse_move(standing_of(session, pair, weighed), wish.to, wish.agreement)
    if refusal is not None:
        raise Conflict(refusal)
    session.add(_move(pair, actor, wish))
    since = _first_day(pair, wish.since)
    if wish.to is Phase.PLACED:
        _refuse_gaps(session, registration, pair, since)
        check_going_on(registration.care_form, following, wish.no_follow_up_reason)
    try:
        if wish.to is Phase.PLACED:
            _place(session, registration, pair, since=since, wish=wish)
        pair.phase = wish.to
        session.flush()
    except IntegrityError as error:
        # A provider's export may fill the bed at this very moment: the database has the last word.
        raise Conflict(_TAKEN) from error
    if following is not None:
        follow_ups.begin(session, actor, registration, following)
    if wish.to is not Phase.PLACED:
        tell_step(session, Occurrence.STEP_MOVED, pair, phase=wish.to)


def _refuse_gaps(
    session: Session, registration: Registration, pair: BegunPair, since: date
) -> None:
    """Raise Conflict where the law asks something first; the search never waits for it."""
    gaps = find_gaps(frame_for_placement(session, registration, pair.family_id), since)
    if gaps:
        raise Conflict(
            f"De plaatsing kan nog niet beginnen. {' '.join(gap.sentence for gap in gaps)} Zie "
            f"/v1/kinderen/{registration.id}/juridisch-kader."
        )
    for sentence in clearance_gaps(session.get_one(Family, pair.family_id), since):
        raise Conflict(f"De plaatsing kan nog niet beginnen. {sentence}")


def _move(pair: BegunPair, actor: Actor, wish: MoveIn) -> StepMove:
    return StepMove(
        pair_id=pair.id,
        from_phase=pair.phase,
        to_phase=wish.to,
        agreement=wish.agreement,
        condition=wish.condition,
        pros=wish.pros,
        cons=wish.cons,
        doubts=wish.doubts,
        # By the clock that says what day it is today: a yes of that day is compared with it.
        created_at=now(),
        **who(actor),
    )


def _first_day(pair: BegunPair, since: date | None) -> date:
    today = today_in_amsterdam()
    if since is None:
        return today
    if since > today:
        raise InputRefused("vanaf: ligt in de toekomst; leg de plaatsing vast als ze begint.")
    if since < pair.begun_on:
        raise InputRefused("vanaf: ligt voor de eerste dag van de stap; kies een latere dag.")
    return since


def _place(
    session: Session, registration: Registration, pair: BegunPair, *, since: date, wish: MoveIn
) -> None:
    """Let the child live there: placement, bed in use, registration placed, the step at its end."""
    lock_siblings(session, registration, pair.family_id)
    lock_family(session, pair.family_id)
    leave_crisis_bed(
        session, registration_id=registration.id, to_family=pair.family_id, since=since
    )
    pair.place_id = _bed(session, pair)
    pair.is_request = pair.place_id is None
    if pair.place_id is not None:
        session.add(
            Occupation(
                place_id=pair.place_id,
                registration_id=registration.id,
                rhythm=pair.rhythm,
                since=now(),
            )
        )
    placement = _placement(session, registration, pair, since)
    placement.no_follow_up_reason = wish.no_follow_up_reason
    record_beginning(session, registration, placement)
    registration.state, pair.phase = RegistrationState.PLACED, Phase.PLACED
    end_pair(session, pair, BegunState.PLACED, PLACED)


def _placement(
    session: Session, registration: Registration, pair: BegunPair, since: date
) -> Placement:
    return Placement(
        registration_id=registration.id,
        family_id=pair.family_id,
        provider_id=session.get_one(Family, pair.family_id).provider_id,
        since=since,
        form=registration.care_form,
        rhythm=pair.rhythm,
        origin=PlacementOrigin.DECISION,
        pair_id=pair.id,
        together=lives_with_siblings(session, registration, pair.family_id, since),
        split_reason=pair.split_reason,
        support_plan=pair.support_plan,
        no_support_reason=pair.no_support_reason,
    )


def _bed(session: Session, pair: BegunPair) -> UUID | None:
    """Return the bed that was held, or another free one where its provider filled that meanwhile.

    None for a request: the family takes the child beside the beds that it offers.
    """
    need = slots_of(pair.rhythm)
    free = free_slots(session, pair.family_id, child=pair.registration_id, besides=pair.id)
    beds = [place for place, slots in free.items() if need <= slots]
    if pair.place_id in beds or (not beds and pair.is_request):
        return pair.place_id
    if not beds:
        raise Conflict(_TAKEN)
    return beds[0]
