"""Telling that a registration says something else, to everybody who heard what it said before."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit_all
from app.intake.correction_queries import providers_told


def tell_corrected(session: Session, ids: Sequence[UUID]) -> None:
    """Tell staff, and each provider that heard of the child (AVG 19): not to go on with the old.

    The same by whichever door the facts came: a whole registration, one disputed field, or a file.
    """
    _emit(session, ids)
    for provider, told in providers_told(session, ids).items():
        _emit(session, told, provider_id=provider)


def _emit(session: Session, ids: Sequence[UUID], *, provider_id: UUID | None = None) -> None:
    facts = [{"child": id_} for id_ in ids]
    emit_all(session, Occurrence.REGISTRATION_CORRECTED, facts, provider_id=provider_id)
