"""Objections of parents and child: recorded with their legal weight, then weighed by people."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound
from app.kernel.phases import DeclineReason, LegalWeight, ObjectionOutcome, weigh_objection
from app.models import StepObjection
from app.steps.record_queries import find_objection
from app.steps.running import end_by_no, known_registration, running_pair, who
from app.steps.schemas_moves import ObjectionIn, OutcomeIn

UNKNOWN_OBJECTION = "Dit bezwaar is er niet bij deze stap: controleer de ids in het adres."


def record_objection(
    session: Session, *, actor: Actor, registration_id: UUID, step_id: UUID, told: ObjectionIn
) -> UUID:
    """Record an objection with the weight that the legal frame of today gives it; return its id.

    Raises NotFound, Conflict when the step has ended.
    """
    registration = known_registration(session, registration_id)
    pair = running_pair(session, registration_id, step_id)
    has_order = registration.order_issued_on is not None
    objection = StepObjection(
        pair_id=pair.id,
        by=told.by,
        text=told.text,
        legal_frame=registration.legal_frame,
        weight=weigh_objection(registration.legal_frame, has_order=has_order),
        **who(actor),
    )
    session.add(objection)
    session.flush()
    return objection.id


def decide_objection(
    session: Session,
    *,
    actor: Actor,
    registration_id: UUID,
    step_id: UUID,
    objection_id: UUID,
    told: OutcomeIn,
) -> None:
    """Record what came of an objection; `stoppen` ends the step as their no.

    Raises NotFound; Conflict when it was decided or the step has ended, or for going on past a
    veto.
    """
    pair = running_pair(session, registration_id, step_id)
    objection = find_objection(session, pair.id, objection_id)
    if objection is None:
        raise NotFound(UNKNOWN_OBJECTION)
    if objection.outcome is not None:
        raise Conflict(f"Dit bezwaar is al afgerond ('{objection.outcome.value}').")
    if objection.weight is LegalWeight.VETO and told.outcome is ObjectionOutcome.GO_ON:
        raise Conflict(
            f"Onder het juridisch kader '{objection.legal_frame}' zonder machtiging houdt dit "
            "bezwaar de plaatsing tegen: kies 'ingetrokken' als wie het maakte ermee instemt, of "
            "'stoppen'."
        )
    objection.outcome, objection.outcome_reason = told.outcome, told.reason
    objection.decided_by, objection.decided_at = actor.name, now()
    if told.outcome is ObjectionOutcome.STOP:
        end_by_no(session, pair, objection.by, kind=DeclineReason.OBJECTION, reason=told.reason)
    session.flush()
