"""From stored steps to what the door shows."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.steps.following import find_following
from app.steps.queries import ShownStep, is_registered, steps_of
from app.steps.schemas import AfterNo, StepList, StepOut
from app.steps.service import UNKNOWN_STEP

_COPIED = (
    "id", "registration_id", "state", "begun_on", "held_until", "is_request", "rhythm", "ended_at",
    "no_by", "reason",
)  # fmt: skip


def show_step(session: Session, registration_id: UUID, step_id: UUID) -> StepOut:
    """Return one step of a child; raises NotFound."""
    found = steps_of(session, registration_id, step_id)
    if not found:
        raise NotFound(UNKNOWN_STEP)
    return _shown(found[0])


def show_steps(session: Session, registration_id: UUID) -> StepList:
    """Return all steps of a child; raises NotFound for one that is not registered."""
    if not is_registered(session, registration_id):
        raise NotFound("Dit kind is hier niet aangemeld: controleer het id.")
    return StepList(steps=[_shown(step) for step in steps_of(session, registration_id)])


def show_after_no(session: Session, registration_id: UUID, step_id: UUID) -> AfterNo:
    """Return a step that ended in a no, with the next alternative."""
    following, notice = find_following(session, registration_id)
    step = show_step(session, registration_id, step_id)
    return AfterNo(step=step, following=following, notice=notice)


def _shown(step: ShownStep) -> StepOut:
    return StepOut(
        **{name: getattr(step.pair, name) for name in _COPIED},
        provider=step.provider,
        family=step.reference,
    )
