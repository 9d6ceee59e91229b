"""What may be asked of a file: that it is destroyed, that a statement is added, that it stays."""

from datetime import date
from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.jobs import DESTRUCTION, queue_job
from app.kernel.actor import Actor
from app.kernel.ages import age_in_years
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.models import (
    Asker,
    ErasureRequest,
    ErasureState,
    FileStatement,
    LegalHold,
)
from app.rights.destroy import require_nothing_in_the_way
from app.rights.queries import born_on_of, holds_on, providers_told, request_for_change, requests_of
from app.rights.schemas import DecisionIn, HoldIn, RequestIn, StatementIn
from app.rights.whose import Whose, find_whose

UNKNOWN = "Dit kind is hier niet bekend: controleer het id; misschien is het dossier vernietigd."
UNKNOWN_REQUEST = "Dit verzoek om vernietiging is er niet: controleer het id."
_MONTHS = 3  # Jeugdwet 7.3.9 lid 1


def file_of(session: Session, id_: UUID) -> Whose:
    """Return whose file an id stands for; raises NotFound."""
    whose = find_whose(session, id_)
    if whose is None:
        raise NotFound(UNKNOWN)
    return whose


def ask_for_destruction(
    session: Session, *, actor: Actor, registration_id: UUID, wish: RequestIn
) -> ErasureRequest:
    """Record that somebody asks for destruction.

    Raises NotFound, Conflict while another request is open, InputRefused where the asker does not
    fit the age of the child.
    """
    whose = file_of(session, registration_id)
    if whose.child_id is not None:
        _require_may_ask(wish, born_on_of(session, whose.child_id))
    open_states = (ErasureState.RECEIVED, ErasureState.GRANTED)
    if any(row.state in open_states for row in requests_of(session, whose.registrations)):
        raise Conflict("Er loopt al een verzoek om dit dossier te vernietigen: beslis daarop.")
    made = ErasureRequest(
        registration_id=registration_id,
        asked_by=wish.asked_by,
        asked_on=wish.asked_on,
        due=three_months_after(wish.asked_on),
        note=wish.note,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(made)
    session.flush()
    return made


def three_months_after(day: date) -> date:
    """Return the last day to have decided and performed (Jeugdwet 7.3.9 lid 1)."""
    months = day.month - 1 + _MONTHS
    year, month = day.year + months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


def _require_may_ask(wish: RequestIn, born_on: date) -> None:
    """Raise InputRefused unless the asker may ask at the child's age (Jeugdwet 7.3.15)."""
    if wish.asked_on > today_in_amsterdam():
        raise InputRefused("gevraagdOp: ligt in de toekomst; vul de dag van het verzoek in.")
    age = age_in_years(born_on, wish.asked_on)
    fits = {
        Asker.CHILD_16: age >= 16,
        Asker.CHILD_12: 12 <= age < 16,
        Asker.REPRESENTATIVE: age < 16,
    }
    if not fits[wish.asked_by]:
        raise InputRefused(
            f"gevraagdDoor: past niet bij de leeftijd op die dag ({age} jaar). Tot 12 jaar vraagt "
            "de wettelijk vertegenwoordiger, van 12 tot 16 het kind zelf of met toelichting de "
            "vertegenwoordiger, vanaf 16 het kind zelf."
        )
    if wish.asked_by is Asker.REPRESENTATIVE and age >= 12 and not wish.note:
        raise InputRefused(
            "toelichting: ontbreekt; zeg waarom het kind van 12 of ouder dit niet zelf vraagt."
        )


def decide(
    session: Session, *, actor: Actor, request_id: UUID, decision: DecisionIn, queue: App
) -> ErasureRequest:
    """Grant a request, so that the worker destroys the file, or refuse it on a ground of the law.

    Raises NotFound, Conflict where it was decided already or something of the file still runs.
    """
    row = request_for_change(session, request_id)
    if row is None:
        raise NotFound(UNKNOWN_REQUEST)
    if row.state is not ErasureState.RECEIVED:
        raise Conflict(f"stand: over dit verzoek is al beslist ({row.state.value}).")
    if decision.grants == (decision.ground is not None):
        raise InputRefused(
            "weigeringsgrond: hoort bij een weigering, en alleen daarbij; kies een grond van de "
            "wet of laat hem weg."
        )
    if decision.grants:
        require_nothing_in_the_way(session, file_of(session, row.registration_id))
    row.state = ErasureState.GRANTED if decision.grants else ErasureState.REFUSED
    row.ground, row.reason = decision.ground, decision.reason
    row.decided_by, row.decided_at = actor.name, now()
    session.flush()
    if decision.grants:
        queue_job(queue, session, DESTRUCTION, lock=DESTRUCTION, request=str(row.id))
    return row


def add_statement(
    session: Session, *, actor: Actor, registration_id: UUID, wish: StatementIn
) -> FileStatement:
    """Add the person's own statement to a file; whoever heard of the child is told.

    Raises NotFound.
    """
    whose = file_of(session, registration_id)
    if registration_id not in whose.registrations or whose.child_id is None:
        raise NotFound(UNKNOWN)
    made = FileStatement(
        registration_id=registration_id,
        field=wish.field,
        stated_by=wish.stated_by,
        text=wish.text,
        refusal=wish.refusal,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(made)
    session.flush()
    tell_all(session, Occurrence.STATEMENT_ADDED, registration_id, whose)
    return made


def tell_all(session: Session, occurrence: Occurrence, child: UUID, whose: Whose) -> None:
    """Tell staff, and each provider that ever heard of the child (AVG 19)."""
    emit(session, occurrence, child=child)
    for provider in providers_told(session, whose.registrations):
        emit(session, occurrence, provider_id=provider, child=child)


def hold(session: Session, *, actor: Actor, registration_id: UUID, wish: HoldIn) -> LegalHold:
    """Let a file stay whatever its term says, until it is lifted; raises NotFound."""
    whose = file_of(session, registration_id)
    if whose.child_id is None:
        raise NotFound(UNKNOWN)
    made = LegalHold(
        registration_id=registration_id,
        kind=wish.kind,
        note=wish.note,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(made)
    session.flush()
    return made


def lift(session: Session, *, actor: Actor, registration_id: UUID, hold_id: UUID) -> LegalHold:
    """End a legal hold; raises NotFound, Conflict where it has ended already."""
    whose = file_of(session, registration_id)
    found = next((row for row in holds_on(session, whose.registrations) if row.id == hold_id), None)
    if found is None:
        raise NotFound("Deze bewaarplicht is er niet: controleer het id.")
    if found.lifted_at is not None:
        raise Conflict("Deze bewaarplicht is al opgeheven.")
    found.lifted_at, found.lifted_by = now(), actor.name
    session.flush()
    return found
