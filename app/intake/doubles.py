"""Who may be the same child, also in a draft: shown to a person, never merged in silence."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.intake.draft_doubles import drafts_of
from app.intake.file_queries import Person, doubles_of
from app.intake.queries import StoredRegistration, bsn_of, find_registration
from app.intake.schemas_file import DoubleOut
from app.intake.schemas_out import RegisteredOut
from app.kernel.clock import today_in_amsterdam
from app.settings import Settings


def doubles_of_registration(
    session: Session, stored: StoredRegistration, settings: Settings
) -> list[DoubleOut]:
    """Return what may be the same child as a registration, of what the asker may see."""
    sealed = bsn_of(session, stored.child.id)
    person = Person(
        first_name=stored.child.first_name,
        born_on=stored.child.born_on,
        postcode=stored.registration.postcode,
        bsn=decrypt_bsn(sealed, settings, child=stored.child.id) if sealed else None,
    )
    return find_doubles(
        session, person, besides=stored.registration.id, child_id=stored.child.id, settings=settings
    )


def find_doubles(
    session: Session,
    person: Person,
    *,
    settings: Settings,
    besides: UUID | None = None,
    child_id: UUID | None = None,
) -> list[DoubleOut]:
    """Return the registrations that may be of a person, the newest first, and then the drafts.

    besides: the registration or the draft that tells of the person.
    """
    found = doubles_of(
        session,
        person,
        besides=besides,
        child_id=child_id,
        today=today_in_amsterdam(),
        settings=settings,
    )
    return [
        DoubleOut(
            id=one.id,
            number=one.number,
            stage=one.stage,
            ground=one.ground,
            registered_on=one.registered_on,
        )
        for one in found
    ] + drafts_of(session, person, besides=besides, settings=settings)


def show_registered(session: Session, registration_id: UUID, settings: Settings) -> RegisteredOut:
    """Return what was made, with the registrations that may be of the same child."""
    stored = find_registration(session, registration_id)
    if stored is None:
        raise LookupError("a registration that was made a moment ago is not there")
    return RegisteredOut(
        id=registration_id,
        number=stored.registration.number,
        stage=stored.stage,
        doubles=doubles_of_registration(session, stored, settings),
    )
