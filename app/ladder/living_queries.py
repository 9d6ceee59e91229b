"""The SELECTs of where a child lives, by whichever of its registrations."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import Placement, Registration, SettingStay


def home_after(session: Session, child_id: UUID, day: date) -> Placement | None:
    """Return the family where a child lives all week after a day, the first of them; or None."""
    return session.scalar(
        select(Placement)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            Registration.child_id == child_id,
            Placement.form != CareForm.PART_TIME,
            or_(Placement.until.is_(None), Placement.until > day),
        )
        .order_by(Placement.since, Placement.id)
        .limit(1)
    )


def running_stays(session: Session, child_id: UUID) -> list[SettingStay]:
    """Return where a child stays in a care setting now; nobody else can change it meanwhile."""
    return list(
        session.scalars(
            select(SettingStay)
            .join(Registration, Registration.id == SettingStay.registration_id)
            .where(Registration.child_id == child_id, SettingStay.until.is_(None))
            .with_for_update(of=SettingStay)
            .execution_options(populate_existing=True)
        )
    )
