"""The list of registrations, page by page."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm, Urgency
from app.models import Registration, RegistrationState


@dataclass(frozen=True, slots=True)
class RegistrationFilter:
    """Which registrations a list shows; None means all."""

    state: RegistrationState | None = None
    urgency: Urgency | None = None
    care_form: CareForm | None = None


def list_registrations(
    session: Session, wanted: RegistrationFilter, *, after: UUID | None, size: int
) -> list[Registration]:
    """Return at most size registrations by number, those that follow `after`.

    The cursor is an id, not the number itself: what points at a child stays out of addresses.
    """
    statement = select(Registration).order_by(Registration.number).limit(size)
    if after is not None:
        last = select(Registration.number).where(Registration.id == after).scalar_subquery()
        statement = statement.where(Registration.number > last)
    for column, value in (
        (Registration.state, wanted.state),
        (Registration.urgency, wanted.urgency),
        (Registration.care_form, wanted.care_form),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return list(session.scalars(statement))
