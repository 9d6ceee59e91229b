"""Whether a child in a crisis family is searched for."""

from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.kernel.words import CareForm
from app.models import Placement, Registration, RegistrationState


def is_searched_for(session: Session, child_id: UUID, *, besides: UUID | None = None) -> bool:
    """Return whether a family is searched for a child, by another registration than one."""
    told = [Registration.child_id == child_id, Registration.state == RegistrationState.SEARCHING]
    if besides is not None:
        told.append(Registration.id != besides)
    return bool(session.scalar(select(exists().where(*told))))


def has_crisis_bed() -> ColumnElement[bool]:
    """Return whether who is searched for by a registration for crisis care has a bed of the desk.

    Beside `registration` in the statement. Not any crisis family: who must leave one may be
    registered for another.
    """
    own = aliased(Registration)
    bed = (
        exists()
        .where(Placement.registration_id == own.id, own.child_id == Registration.child_id)
        .where(Placement.until.is_(None), Placement.is_bridging)
        .correlate(Registration)
    )
    return and_(Registration.care_form == CareForm.CRISIS, bed)


def lacks_follow_up() -> ColumnElement[bool]:
    """Return whether a crisis placement runs whose child nobody searches for, and nobody said why.

    Beside `placement` in the statement. A bed of the crisis desk too: the registration of who
    sleeps there searches, unless it was withdrawn when that was still possible.
    """
    # Asked of the database: a provider does not see the registration that goes on.
    searched = func.pleegzorg_is_searched_for(Placement.registration_id, type_=Boolean)
    return and_(
        Placement.until.is_(None),
        Placement.form == CareForm.CRISIS,
        Placement.no_follow_up_reason.is_(None),
        ~searched,
    )
