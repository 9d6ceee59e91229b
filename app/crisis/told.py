"""Telling a provider that a bed of its family was locked at night, or is free again."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.crisis.queries import family_and_provider
from app.events.catalogue import Occurrence
from app.events.emit import emit


def tell_bed(session: Session, occurrence: Occurrence, family_id: UUID) -> None:
    """Emit an event about a bed, to the family's provider and to staff."""
    family, provider = family_and_provider(session, family_id)
    emit(
        session,
        occurrence,
        provider_id=family.provider_id,
        provider=provider,
        family=family.reference,
    )
