"""Numbers to call at night: of a provider's duty, and of a family."""

from sqlalchemy.orm import Session

from app.crisis.queries import family_for_call, provider_with
from app.crisis.schemas import PhoneIn
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.models import DutyNumber, FamilyPhone

_UNKNOWN = "Dit is hier niet bekend: controleer aanbieder en nummer in het adres."


def put_duty_number(session: Session, *, actor: Actor, code: str, told: PhoneIn) -> None:
    """Set the number of a provider's duty; raises NotFound for another provider's."""
    provider = provider_with(session, code)
    if provider is None or actor.provider_id not in (None, provider.id):
        raise NotFound(_UNKNOWN)
    session.merge(
        DutyNumber(provider_id=provider.id, phone=told.phone, remark=told.remark, updated_at=now())
    )
    session.flush()


def put_family_phone(session: Session, *, code: str, number: str, phone: str) -> None:
    """Set the number of a family; raises NotFound for one that the asker may not see."""
    family = family_for_call(session, code, number)
    if family is None:
        raise NotFound(_UNKNOWN)
    session.merge(FamilyPhone(family_id=family.id, phone=phone, updated_at=now()))
    session.flush()
