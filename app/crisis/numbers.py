"""Numbers to call at night: of a provider's duty, and of a family.

Several people and systems keep them, so that whoever changes one says which it read: the version
is the moment of the last change.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.crisis.queries import family_for_call, provider_with
from app.crisis.schemas import PhoneIn
from app.http.etag import Told, require_match
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import NotFound, VersionConflict
from app.models import DutyNumber, Family, FamilyPhone, Provider

_UNKNOWN = "Dit is hier niet bekend: controleer aanbieder en nummer in het adres."
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def version_of(number: DutyNumber | FamilyPhone | None) -> int:
    """Return the version of a number: when it was last changed, in microseconds; 0 without one."""
    return 0 if number is None else (number.updated_at - _EPOCH) // timedelta(microseconds=1)


def duty_number(session: Session, *, actor: Actor, code: str) -> tuple[Provider, DutyNumber | None]:
    """Return a provider with its duty number; raises NotFound for another provider's."""
    provider = _own_provider(session, actor, code)
    return provider, session.get(DutyNumber, provider.id)


def family_number(session: Session, *, code: str, number: str) -> FamilyPhone | None:
    """Return the number of a family; raises NotFound for one that the asker may not see."""
    return session.get(FamilyPhone, _own_family(session, code, number).id)


def put_duty_number(
    session: Session, *, actor: Actor, code: str, phone: PhoneIn, told: Told
) -> DutyNumber:
    """Set the number of a provider's duty, and return it.

    Raises NotFound for another provider's, and what the versions ask.
    """
    provider = _own_provider(session, actor, code)
    stored = session.get(DutyNumber, provider.id, with_for_update=True, populate_existing=True)
    _judge(stored, told)
    made = stored or DutyNumber(provider_id=provider.id)
    made.phone, made.remark, made.updated_at = phone.phone, phone.remark, now()
    _store(session, made)
    return made


def put_family_phone(
    session: Session, *, code: str, number: str, phone: str, told: Told
) -> FamilyPhone:
    """Set the number of a family, and return it.

    Raises NotFound for one that the asker may not see, and what the versions ask.
    """
    family = _own_family(session, code, number)
    stored = session.get(FamilyPhone, family.id, with_for_update=True, populate_existing=True)
    _judge(stored, told)
    made = stored or FamilyPhone(family_id=family.id)
    made.phone, made.updated_at = phone, now()
    _store(session, made)
    return made


def _own_provider(session: Session, actor: Actor, code: str) -> Provider:
    provider = provider_with(session, code)
    if provider is None or actor.provider_id not in (None, provider.id):
        raise NotFound(_UNKNOWN)
    return provider


def _own_family(session: Session, code: str, number: str) -> Family:
    family = family_for_call(session, code, number)
    if family is None:
        raise NotFound(_UNKNOWN)
    return family


def _judge(stored: DutyNumber | FamilyPhone | None, told: Told) -> None:
    if told.is_new and stored is not None:
        raise VersionConflict("If-None-Match: dit nummer is er al; lees haar eerst.")
    if not told.is_new and (stored is not None or told.if_match is not None):
        require_match(told.if_match, version_of(stored))


def _store(session: Session, made: DutyNumber | FamilyPhone) -> None:
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:  # two who found none at the same moment
        raise VersionConflict(
            "If-None-Match: er is zojuist een nummer gezet; lees het eerst."
        ) from error
