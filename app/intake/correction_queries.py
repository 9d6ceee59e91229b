"""The SELECTs on corrections."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import FactCorrection


def corrections_of(session: Session, registration_id: UUID) -> Sequence[FactCorrection]:
    """Return the corrections of a registration, the newest first."""
    return session.scalars(
        select(FactCorrection)
        .where(FactCorrection.registration_id == registration_id)
        .order_by(FactCorrection.id.desc())
    ).all()
