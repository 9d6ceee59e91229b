"""A provider's answer to a question about its own family, and a coordinator's to its question."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, NotFound
from app.kernel.phases import DECIDED_IN, ConsentBy, MessageKind, NoBy, Phase
from app.models import BegunPair, BegunState, StepMessage
from app.steps.consenting import add_consent
from app.steps.provider_queries import Asked, find_asked
from app.steps.record_queries import code_of_provider, has_consent, has_said_yes
from app.steps.running import end_by_no, known_registration, refuse_stale, running_pair, who
from app.steps.schemas_provider import AnswerIn, AnswerOut, Wanted

UNKNOWN_QUESTION = (
    "Deze gezinsvraag is er niet (meer): ze is geëindigd, of gaat niet over een gezin van u."
)
_PLACED = "Het kind is geplaatst: neem contact op met de coördinator."


def own_question(session: Session, question_id: UUID) -> Asked:
    """Return a question to one of the asker's own families; raises NotFound for any other."""
    asked = find_asked(session, question_id, today=today_in_amsterdam())
    if asked is None:
        raise NotFound(UNKNOWN_QUESTION)
    return asked


def wanted_of(session: Session, pair: BegunPair) -> Wanted | None:
    """Return what the provider is asked now; read as the system."""
    if pair.phase is Phase.PROPOSED and not has_said_yes(session, pair.id, Phase.PROPOSED):
        return Wanted.ANSWER
    if pair.phase is DECIDED_IN and not has_consent(session, pair.id, ConsentBy.PROVIDER):
        return Wanted.CONSENT
    return None


def record_answer(
    session: Session, *, actor: Actor, question_id: UUID, told: AnswerIn
) -> AnswerOut:
    """Record a yes, a no or a question; a no frees the place, bars the pair and ends the access.

    Raises NotFound for what is not its own; Conflict for a yes that nobody asked for now.
    """
    asked = own_question(session, question_id)
    if asked.pair.state is BegunState.PLACED:
        raise Conflict(_PLACED)
    with as_system(session):
        # Once more, now that nobody else can change it: it may have ended meanwhile.
        registration = known_registration(session, asked.pair.registration_id)
        pair = running_pair(session, registration.id, question_id)
        refuse_stale(registration, pair)
        is_consent = _say_yes(session, actor, pair) if told.answer is MessageKind.YES else False
        session.add(
            StepMessage(
                pair_id=pair.id,
                phase=pair.phase,
                kind=told.answer,
                decline_reason=told.decline_reason,
                text=told.text,
                **who(actor),
            )
        )
        if told.decline_reason is not None:
            reason = told.text or told.decline_reason.value
            by = told.by or NoBy.PROVIDER
            end_by_no(session, pair, by, kind=told.decline_reason, reason=reason)
        session.flush()
        return AnswerOut(
            question_id=pair.id, answer=told.answer, phase=pair.phase, is_consent=is_consent
        )


def _say_yes(session: Session, actor: Actor, pair: BegunPair) -> bool:
    """Return whether a yes counts as the provider's consent; raises Conflict when none is asked."""
    wanted = wanted_of(session, pair)
    if wanted is None:
        raise Conflict(
            f"In de fase '{pair.phase.value}' wordt nu geen ja van u gevraagd, of het staat er al: "
            "een nee of een vraag kan altijd."
        )
    if wanted is Wanted.ANSWER:
        return False
    code = code_of_provider(session, actor.provider_id) or ""
    day = today_in_amsterdam()
    add_consent(session, actor, pair, ConsentBy.PROVIDER, organisation=code, day=day)
    return True


def explain(
    session: Session, *, actor: Actor, registration_id: UUID, step_id: UUID, text: str
) -> None:
    """Tell the provider something about a running step; raises NotFound, Conflict at its end."""
    pair = running_pair(session, registration_id, step_id)
    session.add(
        StepMessage(
            pair_id=pair.id, phase=pair.phase, kind=MessageKind.EXPLAINED, text=text, **who(actor)
        )
    )
    session.flush()
