"""Whether a child in a crisis family is searched for."""

from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import Placement, Registration, RegistrationState


def is_searched_for(session: Session, child_id: UUID, *, besides: UUID | None = None) -> bool:
    """Return whether a family is searched for a child, by another registration than one."""
    told = [Registration.child_id == child_id, Registration.state == RegistrationState.SEARCHING]
    if besides is not None:
        told.append(Registration.id != besides)
    return bool(session.scalar(select(exists().where(*told))))


def lacks_follow_up() -> ColumnElement[bool]:
    """Return whether a crisis placement runs whose child nobody searches for, and nobody said why.

    Beside `placement` in the statement. The beds of the crisis desk search by themselves.
    """
    # Asked of the database: a provider does not see the registration that goes on.
    searched = func.pleegzorg_is_searched_for(Placement.registration_id, type_=Boolean)
    return and_(
        Placement.until.is_(None),
        Placement.form == CareForm.CRISIS,
        ~Placement.is_bridging,
        Placement.no_follow_up_reason.is_(None),
        ~searched,
    )
