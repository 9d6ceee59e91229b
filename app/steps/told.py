"""Telling others how it goes with a step."""

from typing import Any

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.models import BegunPair


def tell_step(session: Session, occurrence: Occurrence, pair: BegunPair, **more: Any) -> None:
    """Emit an event about a step, to the family's provider and to staff."""
    child, step = pair.registration_id, pair.id
    tell_of_family(session, occurrence, pair.family_id, child=child, step=step, **more)
