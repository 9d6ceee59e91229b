"""The SELECTs of where a child lives, by whichever of its registrations."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.kernel.endings import EndCode
from app.kernel.words import CareForm
from app.models import Placement, PlacementEnding, Registration, RegistrationState, SettingStay


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


class Ended(NamedTuple):
    """A placement that ended: its last day, and the code where somebody said how."""

    until: date
    code: EndCode | None


def last_ended(session: Session, registration_id: UUID) -> Ended | None:
    """Return the last placement of a registration in which a child lived all week, if it ended."""
    row = session.execute(
        select(Placement.until, PlacementEnding.code)
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == Placement.id)
        .where(
            Placement.registration_id == registration_id,
            ~Placement.is_bridging,
            Placement.form != CareForm.PART_TIME,
        )
        .order_by(Placement.since.desc(), Placement.id.desc())
        .limit(1)
    ).first()
    return None if row is None or row.until is None else Ended(row.until, row.code)


def is_searched_for(session: Session, child_id: UUID) -> bool:
    """Return whether a family is looked for by any registration of a child."""
    found = exists().where(
        Registration.child_id == child_id, Registration.state == RegistrationState.SEARCHING
    )
    return bool(session.scalar(select(found)))


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
