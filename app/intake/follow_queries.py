"""The SELECTs on what a follow-up that begins by itself must know."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import FamilyForm, Placement, Registration


def is_number_taken(session: Session, number: str) -> bool:
    """Return whether a registration has a number."""
    return bool(session.scalar(select(exists().where(Registration.number == number))))


def offers_next(session: Session, registration_id: UUID, form: CareForm) -> bool:
    """Return whether the family where a child lives by a registration offers a form of care."""
    lives = (
        exists()
        .where(Placement.registration_id == registration_id, Placement.until.is_(None))
        .where(FamilyForm.family_id == Placement.family_id, FamilyForm.form == form)
    )
    return bool(session.scalar(select(lives)))
