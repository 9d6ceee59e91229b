"""From stored steps to what the door shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.http.schema import Schema
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import NotFound
from app.kernel.phases import NEXT, Phase, Standing, missing
from app.models import BegunPair, BegunState
from app.placed.sibling_queries import parted_siblings
from app.steps.following import find_following
from app.steps.lapsing import why_halted
from app.steps.objecting import UNKNOWN_OBJECTION
from app.steps.queries import ShownStep, is_registered, steps_of
from app.steps.record_queries import (
    consents_of,
    find_objection,
    last_weighed,
    messages_of,
    moves_of,
    objections_of,
)
from app.steps.running import UNKNOWN_CHILD, UNKNOWN_STEP
from app.steps.schemas import AfterNo, ConsentOut, StepList, StepOut
from app.steps.schemas_moves import (
    MessageOut,
    MoveOut,
    ObjectionOut,
    RecordedConsent,
    StepHistory,
)
from app.steps.standing import standing_of

S = TypeVar("S", bound=Schema)
_COPIED = (
    "id", "registration_id", "state", "begun_on", "held_until", "is_request", "rhythm", "ended_at",
    "no_by", "decline_reason", "reason", "phase", "run_id", "is_first_choice", "choice_reason",
    "support_plan", "no_support_reason", "split_reason",
)  # fmt: skip


def show_step(session: Session, registration_id: UUID, step_id: UUID) -> StepOut:
    """Return one step of a child; raises NotFound."""
    return _shown(session, _found(session, registration_id, step_id))


def show_steps(session: Session, registration_id: UUID) -> StepList:
    """Return all steps of a child; raises NotFound for one that is not registered."""
    if not is_registered(session, registration_id):
        raise NotFound(UNKNOWN_CHILD)
    return StepList(steps=[_shown(session, step) for step in steps_of(session, registration_id)])


@contextmanager
def own_child(session: Session, actor: Actor, registration_id: UUID) -> Iterator[None]:
    """Let a referrer read the steps of a child that it registered; raises NotFound for another's.

    It may see what is asked of it, of a family that it may not see otherwise.
    """
    if actor.role is not ActorRole.REFERRER:
        yield
        return
    if not is_registered(session, registration_id):
        raise NotFound(UNKNOWN_CHILD)
    with as_system(session):
        yield


def show_after_no(session: Session, registration_id: UUID, step_id: UUID) -> AfterNo:
    """Return a step that ended in a no, with the next alternative."""
    following, notice = find_following(session, registration_id)
    step = show_step(session, registration_id, step_id)
    return AfterNo(step=step, following=following, notice=notice)


def show_history(session: Session, registration_id: UUID, step_id: UUID) -> StepHistory:
    """Return all that was recorded of a step; raises NotFound."""
    pair = _found(session, registration_id, step_id).pair
    return StepHistory(
        begun_on=pair.begun_on,
        actor=pair.actor,
        moves=[_copied(MoveOut, row) for row in moves_of(session, pair.id)],
        messages=[_copied(MessageOut, row) for row in messages_of(session, pair.id)],
        consents=[_copied(RecordedConsent, row) for row in consents_of(session, pair.id)],
        objections=[_copied(ObjectionOut, row) for row in objections_of(session, pair.id)],
    )


def show_objection(
    session: Session, registration_id: UUID, step_id: UUID, objection_id: UUID
) -> ObjectionOut:
    """Return one objection to a step; raises NotFound."""
    pair = _found(session, registration_id, step_id).pair
    objection = find_objection(session, pair.id, objection_id)
    if objection is None:
        raise NotFound(UNKNOWN_OBJECTION)
    return _copied(ObjectionOut, objection)


def _found(session: Session, registration_id: UUID, step_id: UUID) -> ShownStep:
    found = steps_of(session, registration_id, step_id)
    if not found:
        raise NotFound(UNKNOWN_STEP)
    return found[0]


def _shown(session: Session, step: ShownStep) -> StepOut:
    pair = step.pair
    weighed = last_weighed(session, pair.registration_id, pair.family_id)
    standing = standing_of(session, pair, weighed)
    open_phases, awaited = _ahead(session, pair, standing)
    return StepOut(
        **{name: getattr(pair, name) for name in _COPIED},
        provider=step.provider,
        family=step.reference,
        open_phases=open_phases,
        awaited=awaited,
        needs_support=standing.needs_support,
        parted=parted_siblings(session, pair.registration_id, pair.family_id),
        consents=[_copied(ConsentOut, row) for row in consents_of(session, pair.id)],
        is_secret=step.is_secret,
        place_name=step.place_name,
        km=weighed.proposal.km if weighed else None,
    )


def _ahead(session: Session, pair: BegunPair, standing: Standing) -> tuple[list[Phase], list[str]]:
    """Return where a step may go, and what it waits for: as moving it would be judged now."""
    if pair.state is not BegunState.RUNNING:
        return [], []
    halted = why_halted(session, pair)
    if halted is not None:
        return [], [halted]
    open_phases = list(NEXT[pair.phase])
    return open_phases, list(
        dict.fromkeys(line for to in open_phases for line in missing(standing, to))
    )


def _copied(kind: type[S], row: object) -> S:
    """Return a row as a schema with fields of the same names; `recorded_at` is when it was made."""
    names = kind.model_fields
    return kind(**{n: getattr(row, "created_at" if n == "recorded_at" else n) for n in names})
