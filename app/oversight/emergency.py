"""Emergency access: seeing a file that one's role does not show, for a while, under one's name.

Whoever could need it (ADR 0059) asks no leave of anybody, for it cannot wait; but it has a reason,
ends by itself, stands in the log as what it is, and a coordinator says afterwards whether it was
right.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.session import as_system
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import Conflict, InputRefused, NotAllowed, NotFound
from app.models import EmergencyAccess, EmergencyJudgement
from app.oversight.emergency_queries import (
    count_open,
    file_of,
    find_access,
    home_of,
    may_open,
    own_access,
    problems_of,
    registration_by_number,
)
from app.oversight.emergency_schemas import (
    EmergencyFile,
    EmergencyIn,
    EmergencyJudgementIn,
    EmergencyOut,
    HomeNow,
)

MOST_OPEN = 3
_NOT_YOURS = (
    "aanmeldnummer: is hier niet bekend, of van een kind dat u in nood niet kunt openen; "
    "controleer het nummer, of bel de crisisdienst."
)
_UNKNOWN = "Deze noodtoegang is hier niet bekend: controleer het adres."
_OVER = "Deze noodtoegang is voorbij: open een nieuwe als het nog nodig is, met de reden van nu."
_TOO_MANY = f"U heeft al {MOST_OPEN} dossiers open in nood: sluit er eerst een."


def open_access(session: Session, *, actor: Actor, told: EmergencyIn) -> EmergencyAccess:
    """Give leave to see one child's file; raises InputRefused, Conflict with too many open.

    A child that is none of the asker's business and one that is not there are the same answer.
    """
    if count_open(session, actor, now()) >= MOST_OPEN:
        raise Conflict(_TOO_MANY)
    with as_system(session):
        registration_id = registration_by_number(session, told.number)
    if registration_id is None or not may_open(session, registration_id):
        raise InputRefused(_NOT_YOURS)
    begun = now()
    made = EmergencyAccess(
        registration_id=registration_id,
        actor=actor.name,
        role=actor.role.value,
        provider_id=actor.provider_id,
        organisation=actor.organisation,
        occasion=told.occasion,
        reason=told.reason,
        created_at=begun,
        until=begun + timedelta(hours=told.hours),
    )
    session.add(made)
    session.flush()
    remember_made(session, "noodtoegang", made.id)
    remember_made(session, "kind", registration_id)
    return made


def read_file(session: Session, *, actor: Actor, access_id: UUID) -> EmergencyFile:
    """Return what an access shows; raises NotFound for another's, NotAllowed once it is over."""
    access = _own(session, actor, access_id)
    if access.closed_at is not None or access.until <= now():
        raise NotAllowed(_OVER)
    remember_made(session, "kind", access.registration_id)
    with as_system(session):
        return _file(session, access)


def close_access(session: Session, *, actor: Actor, access_id: UUID) -> EmergencyAccess:
    """End an access of one's own before its time; ending it twice changes nothing."""
    access = _own(session, actor, access_id)
    if access.closed_at is None:
        access.closed_at = min(now(), access.until)
        session.flush()
    return access


def judge_access(
    session: Session, *, actor: Actor, access_id: UUID, told: EmergencyJudgementIn
) -> None:
    """Say whether it was right; raises NotFound, Conflict where somebody did, InputRefused."""
    found = find_access(session, access_id)
    if found is None:
        raise NotFound(_UNKNOWN)
    access = found[0]
    if access.judgement is not None:
        raise Conflict("Deze noodtoegang is al beoordeeld; het oordeel verandert niet meer.")
    if told.judgement is EmergencyJudgement.WRONG and told.because is None:
        raise InputRefused("toelichting: ontbreekt; zeg waarom het onterecht was.")
    access.judgement, access.judged_because = told.judgement, told.because
    access.judged_by, access.judged_at = actor.name, now()
    session.flush()


def show_access(session: Session, access_id: UUID) -> EmergencyOut:
    """Return one access; raises NotFound for one that the asker may not see."""
    found = find_access(session, access_id)
    if found is None:
        raise NotFound(_UNKNOWN)
    return told_of(*found)


def told_of(access: EmergencyAccess, provider: str | None) -> EmergencyOut:
    """Return what the door tells of an access."""
    return EmergencyOut(
        id=access.id,
        child=access.registration_id,
        actor=access.actor,
        role=access.role,
        provider=provider,
        organisation=access.organisation,
        occasion=access.occasion,
        reason=access.reason,
        opened_at=access.created_at,
        until=access.until,
        closed_at=access.closed_at,
        is_open=access.closed_at is None and access.until > now(),
        judgement=access.judgement,
        judged_by=access.judged_by,
        judged_at=access.judged_at,
        because=access.judged_because,
    )


def _own(session: Session, actor: Actor, access_id: UUID) -> EmergencyAccess:
    access = own_access(session, actor, access_id)
    if access is None:
        raise NotFound(_UNKNOWN)
    return access


def _file(session: Session, access: EmergencyAccess) -> EmergencyFile:
    row, child, is_secret = file_of(session, access.registration_id)
    home = home_of(session, row.id)
    return EmergencyFile(
        id=row.id,
        number=row.number,
        first_name=child.first_name,
        born_on=child.born_on,
        gender=child.gender,
        referrer=row.referrer,
        legal_frame=row.legal_frame,
        secret_placement=is_secret,
        allergies=row.allergies,
        languages=row.languages,
        needs_wheelchair=row.needs_wheelchair,
        problems=problems_of(session, row.id),
        postcode=row.postcode,
        staying_now=row.staying_now,
        home=HomeNow(provider=home[0], family=home[1], phone=home[2]) if home else None,
        until=access.until,
    )
