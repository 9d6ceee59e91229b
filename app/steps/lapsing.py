"""Steps that run only on paper: what may still be done, and the end of those that cannot go on."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.events.catalogue import Occurrence
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import BegunPair, BegunState, Registration, RegistrationState
from app.placed.steps import end_pair, tell_step
from app.steps.lapsed_queries import lapsed_steps, was_given_away
from app.steps.queries import registration_for_step, step_for_change
from app.steps.record_queries import registration_of
from app.steps.running import why_stale

GIVEN_AWAY = (
    "De plek van deze stap is intussen aan een ander kind gegeven: beëindig de stap en begin een "
    "nieuwe."
)
EXPIRED = "De termijn is verstreken, of het kind wordt niet meer gezocht."


def why_halted(session: Session, pair: BegunPair) -> str | None:
    """Return why a running step goes no further and what may be done, None where it may."""
    registration = registration_of(session, pair.registration_id)
    why = why_stale(registration, pair)
    is_lost = why is not None and _is_lost(session, registration, pair)
    is_searched_for = registration.state is RegistrationState.SEARCHING
    return GIVEN_AWAY if is_lost and is_searched_for else why


def end_lapsed(sessions: SessionMaker) -> None:
    """End what runs on paper and cannot be extended any more, each by itself; whoever waits hears.

    What only ran out is left to a person: who extends it keeps what people said of it. The provider
    and staff are told once of each term, or a family would wait for who thinks that it is held.
    """
    with session_for(sessions, SYSTEM) as session:
        found = lapsed_steps(session, today=today_in_amsterdam())
    for registration_id, step_id in found:
        with session_for(sessions, SYSTEM) as session:
            _end_or_tell(session, registration_id, step_id)


def _end_or_tell(session: Session, registration_id: UUID, step_id: UUID) -> None:
    # The child first, as wherever a step changes; it may have been extended or ended meanwhile.
    registration = registration_for_step(session, registration_id)
    pair = step_for_change(session, registration_id, step_id)
    if registration is None or pair is None or pair.state is not BegunState.RUNNING:
        return
    about = ("kind", str(registration_id))
    if _is_lost(session, registration, pair):
        end_pair(session, pair, BegunState.EXPIRED, EXPIRED)
        note_work(session, "beeindigVerlopenStappen", client=WORKER_CLIENT, about=about)
    elif pair.held_until < today_in_amsterdam() and pair.lapse_told != pair.held_until:
        pair.lapse_told = pair.held_until
        tell_step(session, Occurrence.STEP_LAPSED, pair)
        session.flush()


def _is_lost(session: Session, registration: Registration, pair: BegunPair) -> bool:
    """Return whether nobody can extend a step: nobody searches, or its place is another child's."""
    if registration.state is not RegistrationState.SEARCHING:
        return True
    return pair.held_until < today_in_amsterdam() and was_given_away(session, pair)
