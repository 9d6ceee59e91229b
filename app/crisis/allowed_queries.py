"""The SELECTs on what must hold of a family before it has a child tonight."""

from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm, HousemateRole
from app.models import Family, FamilyForm, Housemate


def youngest_born() -> ScalarSelect[int | None]:
    """Return the birth year of the youngest carer, beside `family` in a statement."""
    return (
        select(func.max(Housemate.birth_year))
        .where(Housemate.family_id == Family.id, Housemate.role == HousemateRole.CARER)
        .correlate(Family)
        .scalar_subquery()
    )


def youngest_carer_born(session: Session, family_id: UUID) -> int | None:
    """Return in which year the youngest carer of a family was born; None where nobody told."""
    return session.scalar(select(youngest_born()).where(Family.id == family_id))


def offers_crisis(session: Session, family_id: UUID) -> bool:
    """Return whether a family offers crisis care."""
    told = (FamilyForm.family_id == family_id, FamilyForm.form == CareForm.CRISIS)
    return bool(session.scalar(select(exists().where(*told))))
