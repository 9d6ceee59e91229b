"""What people decide about learnt weights: accept, reject, roll back. The job never does."""

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.errors import Conflict, NotFound
from app.log.events import Event
from app.log.write import log
from app.models import DecisionKind, WeightsDecision, WeightsVersion
from app.outcomes.queries import find_version, newest_version, take_turn
from app.outcomes.schemas import WeightsState
from app.outcomes.version_of import present_version
from app.weights_in_force import Standing, standing_of_weights

_UNKNOWN = "Deze versie van de weegfactoren is er niet: kies er een uit de lijst."
_TOO_FEW = (
    "Er zijn te weinig uitkomsten om deze versie met de geldende te vergelijken: wacht tot er meer "
    "plaatsingen zijn afgelopen."
)
_STALE = (
    "Deze versie is vergeleken met {then}, en nu geldt {now}: laat opnieuw leren en beoordeel die "
    "versie."
)
_NOT_OPEN = "Over deze versie valt niets meer te besluiten: zij is {state}."
_NOTHING = "Er is geen besluit om terug te draaien: er geldt geen versie uit uitkomsten."


def require_version(session: Session, version: str) -> WeightsVersion:
    """Return a learnt version; raises NotFound."""
    found = find_version(session, version)
    if found is None:
        raise NotFound(_UNKNOWN)
    return found


def accept(session: Session, *, actor: Actor, version: str, reason: str) -> None:
    """Put a version into force for the next runs; raises NotFound, Conflict."""
    take_turn(session)
    found = require_version(session, version)
    why = why_not(session, found, standing_of_weights(session))
    if why is not None:
        raise Conflict(why)
    decide(session, actor, DecisionKind.ACCEPTED, version=version, reason=reason)


def reject(session: Session, *, actor: Actor, version: str, reason: str) -> None:
    """Put a version aside; raises NotFound, Conflict where it was decided about before."""
    take_turn(session)
    found = require_version(session, version)
    state = state_of(found, standing_of_weights(session), newest_version(session))
    if state not in (WeightsState.PROPOSED, WeightsState.LAPSED):
        raise Conflict(_NOT_OPEN.format(state=state.value))
    decide(session, actor, DecisionKind.REJECTED, version=version, reason=reason)


def roll_back(session: Session, *, actor: Actor, reason: str) -> None:
    """Put back, in one step, what was in force before the last acceptance; raises Conflict."""
    take_turn(session)
    present = standing_of_weights(session).in_force
    if present is None:
        raise Conflict(_NOTHING)
    decide(session, actor, DecisionKind.ROLLED_BACK, version=present, reason=reason)


def switch_chances(session: Session, *, actor: Actor, off: bool, reason: str) -> None:
    """Let proposals carry no chance any more, or carry it again; raises Conflict."""
    take_turn(session)
    if standing_of_weights(session).chances_off is off:
        raise Conflict(f"De kansen staan al {'uit' if off else 'aan'}.")
    kind = DecisionKind.CHANCES_OFF if off else DecisionKind.CHANCES_ON
    decide(session, actor, kind, version=None, reason=reason)


def why_not(session: Session, found: WeightsVersion, standing: Standing) -> str | None:
    """Return in Dutch why a version cannot be accepted, None where it can."""
    state = state_of(found, standing, newest_version(session))
    if state is not WeightsState.PROPOSED:
        return _NOT_OPEN.format(state=state.value)
    if found.comparison is None:
        return _TOO_FEW
    present = present_version(session)
    if found.compared_with != present:
        return _STALE.format(then=found.compared_with, now=present)
    return None


def state_of(
    found: WeightsVersion, standing: Standing, newest: WeightsVersion | None
) -> WeightsState:
    """Return where a version stands; a proposal lapses as soon as a newer one is there."""
    version = found.version
    if version == standing.in_force:
        return WeightsState.IN_FORCE
    if version in standing.accepted:
        return WeightsState.REPLACED
    if version in standing.rolled_back:
        return WeightsState.ROLLED_BACK
    if version in standing.rejected:
        return WeightsState.REJECTED
    is_newest = newest is None or newest.version == version
    return WeightsState.PROPOSED if is_newest else WeightsState.LAPSED


def decide(
    session: Session, actor: Actor, kind: DecisionKind, *, version: str | None, reason: str
) -> None:
    """Add a decision; who calls has judged that it can be made."""
    session.add(
        WeightsDecision(
            kind=kind, version=version, reason=reason, actor=actor.name, role=actor.role.value
        )
    )
    session.flush()
    log(Event.WEIGHTS_DECIDED, kind=kind.value, version=version)
