"""The step that somebody wants to change: locked, running, and within its term."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, NotFound
from app.kernel.phases import DeclineReason, NoBy
from app.kernel.stages import Stage, open_from
from app.models import BegunPair, BegunState, RecordedNo, Registration, RegistrationState
from app.placed.steps import end_pair
from app.steps.queries import registration_for_step, step_for_change

UNKNOWN_CHILD = "Dit kind is hier niet aangemeld: controleer het id."
UNKNOWN_STEP = "Deze stap is er niet bij dit kind: controleer de ids in het adres."
PLACED = "Het kind is geplaatst."


def known_registration(session: Session, registration_id: UUID) -> Registration:
    """Return a registration, locked until the transaction ends; raises NotFound."""
    registration = registration_for_step(session, registration_id)
    if registration is None:
        raise NotFound(UNKNOWN_CHILD)
    return registration


def running_pair(session: Session, registration_id: UUID, step_id: UUID) -> BegunPair:
    """Return a running step, locked; raises NotFound, Conflict when it has ended.

    Always the child first, then the step: who takes locks in one order never waits in a circle.
    """
    if registration_for_step(session, registration_id) is None:
        raise NotFound(UNKNOWN_STEP)
    pair = step_for_change(session, registration_id, step_id)
    if pair is None:
        raise NotFound(UNKNOWN_STEP)
    if pair.state is not BegunState.RUNNING:
        raise Conflict(
            f"Deze stap is al geëindigd ('{pair.state.value}') en van hier leidt geen fase meer: "
            "begin een nieuwe."
        )
    return pair


def refuse_stale(registration: Registration, pair: BegunPair) -> None:
    """Raise Conflict where a step runs only on paper: its term is over, or nobody searches."""
    why = why_stale(registration, pair)
    if why is not None:
        raise Conflict(why)


def not_searched_for(registration: Registration) -> str:
    """Return that nobody searches for a child, what is open, and how a search begins anew."""
    stage = Stage(registration.state.value)
    return (
        f"Deze aanmelding is '{stage.value}': er wordt voor dit kind geen gezin gezocht, en "
        f"{open_from(stage)}. Een vervolg (_vervolg) begint een nieuwe."
    )


def why_stale(registration: Registration, pair: BegunPair) -> str | None:
    """Return why a step runs only on paper and what may be done, None where it may go on."""
    if registration.state is not RegistrationState.SEARCHING:
        return not_searched_for(registration)
    if pair.held_until < today_in_amsterdam():
        return "De termijn van deze stap is voorbij: verleng hem eerst, of beëindig hem."
    return None


def end_by_no(
    session: Session, pair: BegunPair, by: NoBy, *, kind: DeclineReason, reason: str
) -> None:
    """Let a pair end by a no: it is never proposed again."""
    pair.no_by, pair.decline_reason = by, kind
    end_pair(session, pair, BegunState.NO, reason)
    session.add(
        RecordedNo(registration_id=pair.registration_id, family_id=pair.family_id, reason=reason)
    )
    session.flush()


def who(actor: Actor) -> dict[str, str]:
    """Return the columns that say who recorded something, and in which role."""
    return {"actor": actor.name, "role": actor.role.value}
