"""The SELECT of where a child sleeps in a crisis bed while a family is searched for it."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.kernel.words import CareForm
from app.models import Placement, Registration


def crisis_stay(session: Session, registration_id: UUID) -> Placement | None:
    """Return where the child of a registration sleeps in a crisis bed, or None.

    Also by another registration of it, unless this one is for part-time care, which is beside that.
    """
    own = aliased(Registration)
    is_beside = and_(own.id != Registration.id, own.care_form == CareForm.PART_TIME)
    return session.scalar(
        select(Placement)
        .join(Registration, Registration.id == Placement.registration_id)
        .join(own, own.child_id == Registration.child_id)
        .where(
            own.id == registration_id,
            ~is_beside,
            Placement.until.is_(None),
            Placement.is_bridging,
        )
        .limit(1)
    )
