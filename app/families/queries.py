"""Every SELECT of the families slice."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.families.places import KnownPlace
from app.kernel.words import FamilyStatus
from app.models import Family, Occupation, Place, Provider


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """What an import must know of a stored family."""

    id: UUID
    content_hash: str
    source_updated_at: datetime
    needs_confirmation: bool
    is_stopped: bool


def find_provider(session: Session, code: str) -> Provider | None:
    """Return the provider with a code, or None."""
    return session.scalar(select(Provider).where(Provider.code == code))


def lock_imports(session: Session, provider_id: UUID) -> None:
    """Let one import of a provider go at a time: two would miss each other's new families."""
    session.execute(select(func.pg_advisory_xact_lock(provider_id.int % (1 << 63))))


def known_families(session: Session, provider_id: UUID) -> dict[str, KnownFamily]:
    """Return the stored families of a provider by the provider's own number."""
    rows = session.execute(
        select(
            Family.reference,
            Family.id,
            Family.content_hash,
            Family.source_updated_at,
            Family.needs_confirmation,
            Family.status,
        ).where(Family.provider_id == provider_id)
    )
    return {
        reference: KnownFamily(id_, content, updated, confirm, status is FamilyStatus.STOPPED)
        for reference, id_, content, updated, confirm, status in rows
    }


def known_places(session: Session, family_ids: list[UUID]) -> dict[UUID, list[KnownPlace]]:
    """Return the place rows of families, with whether and by whom each is in use."""
    rows = session.execute(
        select(
            Place.family_id, Place.id, Place.ordinal, Place.is_offered,
            Occupation.id, Occupation.registration_id,
        )
        .outerjoin(
            Occupation, (Occupation.place_id == Place.id) & (Occupation.released_at.is_(None))
        )
        .where(among(Place.family_id, family_ids))
    )  # fmt: skip
    places: dict[UUID, list[KnownPlace]] = defaultdict(list)
    for family_id, place_id, ordinal, offered, occupation, registration in rows:
        places[family_id].append(
            KnownPlace(
                id=place_id,
                ordinal=ordinal,
                is_offered=offered,
                is_occupied=occupation is not None,
                by_child=registration is not None,
            )
        )
    return places
