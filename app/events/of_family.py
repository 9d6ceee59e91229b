"""Telling what happened to a family, or to a child there: to its provider and to staff."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.models import Family, Provider


def tell_of_family(session: Session, occurrence: Occurrence, family_id: UUID, **more: Any) -> None:
    """Emit an event with the family's number and its provider's code besides what more is told.

    Raises FieldNotInCatalogue.
    """
    provider_id, code, number = session.execute(
        select(Provider.id, Provider.code, Family.reference)
        .join(Family, Family.provider_id == Provider.id)
        .where(Family.id == family_id)
    ).one()
    emit(session, occurrence, provider_id=provider_id, provider=code, family=number, **more)
