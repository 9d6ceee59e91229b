"""Objections of parents and child: recorded with their legal weight, then weighed by people."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, NotFound
from app.kernel.legal_frame import order_holds
from app.kernel.phases import DeclineReason, LegalWeight, ObjectionOutcome, weigh_objection
from app.models import BegunPair, Registration, StepObjection
from app.placed.legal_queries import frame_for_placement
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
    objection = StepObjection(
        pair_id=pair.id,
        by=told.by,
        text=told.text,
        legal_frame=registration.legal_frame,
        weight=_weight_now(session, registration, pair),
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
    veto: by the frame of the day of the objection, or of now, for an order may have ended since.
    """
    registration = known_registration(session, registration_id)
    pair = running_pair(session, registration_id, step_id)
    objection = find_objection(session, pair.id, objection_id)
    if objection is None:
        raise NotFound(UNKNOWN_OBJECTION)
    if objection.outcome is not None:
        raise Conflict(f"Dit bezwaar is al afgerond ('{objection.outcome.value}').")
    if told.outcome is ObjectionOutcome.GO_ON:
        _refuse_past_veto(objection, _weight_now(session, registration, pair))
    objection.outcome, objection.outcome_reason = told.outcome, told.reason
    objection.decided_by, objection.decided_at = actor.name, now()
    if told.outcome is ObjectionOutcome.STOP:
        end_by_no(session, pair, objection.by, kind=DeclineReason.OBJECTION, reason=told.reason)
    session.flush()


def _weight_now(session: Session, registration: Registration, pair: BegunPair) -> LegalWeight:
    frame = frame_for_placement(session, registration, pair.family_id)
    has_order = order_holds(frame, today_in_amsterdam())
    return weigh_objection(registration.legal_frame, has_order=has_order)


def _refuse_past_veto(objection: StepObjection, weight_now: LegalWeight) -> None:
    if LegalWeight.VETO in (objection.weight, weight_now):
        raise Conflict(
            f"Onder het juridisch kader '{objection.legal_frame}' zonder machtiging die nu geldt "
            "houdt dit bezwaar de plaatsing tegen: kies 'ingetrokken' als wie het maakte ermee "
            "instemt, of 'stoppen'."
        )
