"""Children that another registered too: a referrer neither takes them over nor changes them.

A BSN leads to the child that has it, whoever registered it. So a referrer that knows one would
overwrite another's facts, remove its number, and have a registration of its own by which to open
its file in need. No answer names another's registration (ADR 0060).
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn, digests_bsn
from app.intake.beyond import past_own
from app.intake.queries import bsn_of, children_by_digest
from app.intake.schemas import RegistrationIn
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import Conflict
from app.kernel.words import Gender
from app.models import Child
from app.settings import Settings

Person = tuple[str, date, Gender]
KNOWN_ALREADY = (
    "bsn: dit kind is al bekend bij het aanmeldpunt; vraag het aanmeldpunt het aan te melden."
)
UNLIKE = (
    "bsn: dit nummer is hier van een kind met een andere voornaam, geboortedatum of geslacht; "
    "controleer het nummer, of verbeter eerst de bestaande aanmelding (/v1/kinderen/_zoek)."
)
NOT_ALONE = (
    "voornaam, geboortedatum, geslacht, bsn: dit kind is ook door een ander aangemeld; vraag het "
    "aanmeldpunt deze gegevens te verbeteren."
)


def person_of(told: Child | RegistrationIn) -> Person:
    """Return by what a child is told from another: first name, birth date and gender."""
    return told.first_name.casefold(), told.born_on, told.gender


def of_others(session: Session, child_ids: Collection[UUID]) -> set[UUID]:
    """Return the children that a referrer asks of and another registered too; none for the staff.

    The database says so, to the service and to its own rules.
    """
    actor: Actor | None = session.info.get("actor")
    if actor is None or actor.role is not ActorRole.REFERRER:
        return set()
    asked = func.pleegzorg_child_of_others
    return {child for child in child_ids if session.scalar(select(asked(child)))}


def refuse_known(
    session: Session, record: RegistrationIn, settings: Settings, *, own: UUID | None = None
) -> None:
    """Raise Conflict where a referrer names the BSN of a child that another registered.

    Asked inside past_own. own: the child that it writes of already, whose BSN it may name again.
    """
    if record.bsn is None:
        return
    found = children_by_digest(session, digests_bsn(record.bsn, settings))
    children = {child for same in found.values() for child in same} - {own}
    if of_others(session, children):
        raise Conflict(KNOWN_ALREADY)


def refuse_unlike(session: Session, child_id: UUID, record: RegistrationIn) -> None:
    """Raise Conflict where a BSN that is told is of a child who is known as somebody else.

    A mistyped number would give one child the name of another, without anybody having said so.
    """
    if person_of(session.get_one(Child, child_id)) != person_of(record):
        raise Conflict(UNLIKE)


def refuse_changed(
    session: Session, child_id: UUID, record: RegistrationIn, settings: Settings
) -> None:
    """Raise Conflict where a referrer changes the facts of a child that another registered too."""
    if not of_others(session, [child_id]):
        return
    with past_own(session):
        child, known = session.get_one(Child, child_id), bsn_of(session, child_id)
    bsn = decrypt_bsn(known, settings, child=child_id) if known else None
    stored = (child.first_name, child.born_on, child.gender, bsn)
    if (record.first_name, record.born_on, record.gender, record.bsn) != stored:
        raise Conflict(NOT_ALONE)
