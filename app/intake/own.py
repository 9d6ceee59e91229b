"""What a referrer does with a registration of its own, past what it may not see of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.intake.draft_queries import find_draft
from app.intake.drafts import UNKNOWN_DRAFT
from app.intake.queries import find_registration
from app.intake.register import UNKNOWN
from app.intake.schemas import RegistrationIn, School
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import NotFound


@contextmanager
def own_work(session: Session, actor: Actor, registration_id: UUID | None = None) -> Iterator[None]:
    """Let a referrer's work meet all registrations, once it is known that this one is its own.

    A number or a BSN may be taken by a child that it must not see. Raises NotFound for another's.
    """
    if actor.role is not ActorRole.REFERRER:
        yield
        return
    if registration_id is not None and find_registration(session, registration_id) is None:
        raise NotFound(UNKNOWN)
    with as_system(session):
        yield


def keep_hidden(
    session: Session, actor: Actor, registration_id: UUID, record: RegistrationIn
) -> RegistrationIn:
    """Return what a referrer sent, with the school that it is not shown of a secret placement.

    Without the field it stays, as the BSN does; null removes it.
    """
    if actor.role is not ActorRole.REFERRER or "school" in record.model_fields_set:
        return record
    stored = find_registration(session, registration_id)
    row = stored.registration if stored else None
    if row is None or not row.secret_placement or row.school_postcode is None:
        return record
    school = School(postcode=row.school_postcode, behouden=row.keep_school)
    return record.model_copy(update={"school": school})


@contextmanager
def own_draft(session: Session, actor: Actor, draft_id: UUID) -> Iterator[None]:
    """Let a referrer hand in a draft of its own, as `own_work`; raises NotFound for another's."""
    if actor.role is ActorRole.REFERRER and find_draft(session, draft_id) is None:
        raise NotFound(UNKNOWN_DRAFT)
    with own_work(session, actor):
        yield
