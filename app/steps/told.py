"""Telling others how it goes with a step."""

from typing import Any

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.models import BegunPair
from app.steps.queries import family_and_provider


def tell_step(session: Session, occurrence: Occurrence, pair: BegunPair, **more: Any) -> None:
    """Emit an event about a step, to the family's provider and to staff."""
    family, provider = family_and_provider(session, pair.family_id)
    emit(
        session,
        occurrence,
        provider_id=family.provider_id,
        child=pair.registration_id,
        step=pair.id,
        provider=provider,
        family=family.reference,
        **more,
    )
