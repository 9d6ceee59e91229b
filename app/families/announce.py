"""Telling others what became of a provider's families."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit_all
from app.imports.changes import Change
from app.models import ChangeKind, Provider

_OCCURRENCES = {
    ChangeKind.ADDED: Occurrence.FAMILY_ADDED,
    ChangeKind.CHANGED: Occurrence.FAMILY_CHANGED,
    ChangeKind.BACK: Occurrence.FAMILY_BACK,
    ChangeKind.ASKED_ABOUT: Occurrence.FAMILY_ASKED_ABOUT,
}


def tell_changes(session: Session, *, provider_id: UUID, changes: Sequence[Change]) -> None:
    """Emit an event for each change, to its provider and to staff."""
    code = session.get_one(Provider, provider_id).code
    for kind, occurrence in _OCCURRENCES.items():
        facts = [
            {"provider": code, "family": change.number} for change in changes if change.kind is kind
        ]
        emit_all(session, occurrence, facts, provider_id=provider_id)
