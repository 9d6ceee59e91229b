"""The SELECTs on what families and providers are called, and were called before."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Family, FamilyMove, Provider, ProviderChange, RetiredCode


class NameHeld(NamedTuple):
    """A number that a family has or had at a provider, until when; None: it has it now."""

    provider_id: UUID
    number: str
    family_id: UUID
    until: datetime | None


def names_told(session: Session) -> tuple[int, int]:
    """Return how many moves of families and changes of providers there are; none ever goes."""
    moves = select(func.count()).select_from(FamilyMove).scalar_subquery()
    changes = select(func.count()).select_from(ProviderChange).scalar_subquery()
    row = session.execute(select(moves, changes)).one()
    return row[0], row[1]


def names_held(session: Session) -> list[NameHeld]:
    """Return every number of every family, those of before first, in the order of giving up."""
    moves = session.execute(
        select(
            FamilyMove.from_provider_id, FamilyMove.from_number, FamilyMove.family_id, FamilyMove.id
        ).order_by(FamilyMove.id)
    )
    now = session.execute(select(Family.provider_id, Family.reference, Family.id))
    return [
        *(NameHeld(owner, number, family, _moment(id_)) for owner, number, family, id_ in moves),
        *(NameHeld(owner, number, family, None) for owner, number, family in now),
    ]


def provider_codes(session: Session) -> dict[UUID, list[str]]:
    """Return the codes of each provider, the one of now first."""
    codes = {id_: [code] for id_, code in session.execute(select(Provider.id, Provider.code))}
    for id_, code in session.execute(select(RetiredCode.provider_id, RetiredCode.code)):
        codes[id_].append(code)
    return codes


def _moment(id_: UUID) -> datetime:
    """Return when a UUIDv7 was made, to the millisecond (RFC 9562)."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, tz=UTC)
