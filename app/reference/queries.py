"""Every SELECT of the reference slice."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.models import (
    Family,
    ImportBatch,
    ImportState,
    PostcodeArea,
    Provider,
    ProviderChange,
    RetiredCode,
)

# A map shows half as much again at each side, and no less than a few kilometres.
MARGIN, LEAST_DEGREES, MOST_AROUND = 0.5, 0.04, 300

_INTO = aliased(Provider)


@dataclass(frozen=True, slots=True)
class ListedProvider:
    """A provider with the code of its successor and the codes that it had before."""

    provider: Provider
    successor: str | None
    retired: list[RetiredCode]


def count_areas(session: Session) -> int:
    """Return how many postcode areas are loaded."""
    return session.scalar(select(func.count()).select_from(PostcodeArea)) or 0


def find_areas(session: Session, codes: Collection[str]) -> list[PostcodeArea]:
    """Return the areas with these four-digit codes, by code."""
    wanted = select(PostcodeArea).where(PostcodeArea.pc4.in_(codes)).order_by(PostcodeArea.pc4)
    return list(session.scalars(wanted))


def areas_around(session: Session, areas: Sequence[PostcodeArea]) -> list[PostcodeArea]:
    """Return the other areas in the rectangle around some, with a margin, at most MOST_AROUND."""
    lats, lons = [area.lat for area in areas], [area.lon for area in areas]
    high, wide = (max(max(v) - min(v), LEAST_DEGREES) * MARGIN for v in (lats, lons))
    found = (
        select(PostcodeArea)
        .where(
            PostcodeArea.lat.between(min(lats) - high, max(lats) + high),
            PostcodeArea.lon.between(min(lons) - wide, max(lons) + wide),
            PostcodeArea.pc4.not_in([area.pc4 for area in areas]),
        )
        .order_by(PostcodeArea.pc4)
        .limit(MOST_AROUND)
    )
    return list(session.scalars(found))


def has_providers(session: Session) -> bool:
    """Return whether any provider is configured."""
    return session.scalar(select(Provider.id).limit(1)) is not None


def list_providers(session: Session) -> list[ListedProvider]:
    """Return all providers by code, also those that have merged into another."""
    rows = session.execute(
        select(Provider, _INTO.code)
        .outerjoin(_INTO, _INTO.id == Provider.merged_into_id)
        .order_by(Provider.code)
    ).all()
    retired: dict[UUID, list[RetiredCode]] = defaultdict(list)
    for row in session.scalars(select(RetiredCode).order_by(RetiredCode.code)):
        retired[row.provider_id].append(row)
    return [ListedProvider(found, code, retired[found.id]) for found, code in rows]


def history_of(session: Session, provider_id: UUID) -> list[tuple[ProviderChange, str | None]]:
    """Return what happened to a provider, the oldest first, each with the code of a successor."""
    rows = session.execute(
        select(ProviderChange, Provider.code)
        .outerjoin(Provider, Provider.id == ProviderChange.into_id)
        .where(ProviderChange.provider_id == provider_id)
        .order_by(ProviderChange.id)
    )
    return [(change, code) for change, code in rows]


def lock_providers(session: Session, *ids: UUID) -> None:
    """Keep every other change of these providers waiting until the transaction ends."""
    found = select(Provider.id).where(Provider.id.in_(ids)).order_by(Provider.id)
    session.execute(found.with_for_update()).all()


def has_unfinished_imports(session: Session, *provider_ids: UUID) -> bool:
    """Return whether an upload of one of these providers is still being worked off."""
    waiting = select(ImportBatch.id).where(
        ImportBatch.provider_id.in_(provider_ids),
        ImportBatch.state.in_((ImportState.RECEIVED, ImportState.WORKING)),
    )
    return session.scalar(waiting.limit(1)) is not None


def shared_numbers(session: Session, one: UUID, other: UUID) -> list[str]:
    """Return the numbers that both providers gave to a family, in their order."""
    theirs = aliased(Family)
    return list(
        session.scalars(
            select(Family.reference)
            .join(theirs, theirs.reference == Family.reference)
            .where(Family.provider_id == one, theirs.provider_id == other)
            .order_by(Family.reference)
        )
    )


def count_families(session: Session, provider_id: UUID) -> int:
    """Return how many families a provider has."""
    counted = select(func.count()).select_from(Family).where(Family.provider_id == provider_id)
    return session.scalar(counted) or 0


def count_cleared(session: Session, provider_id: UUID) -> int:
    """Return how many families of a provider have a clearance."""
    counted = (
        select(func.count())
        .select_from(Family)
        .where(Family.provider_id == provider_id, Family.clearance_until.is_not(None))
    )
    return session.scalar(counted) or 0


def families_of(session: Session, provider_id: UUID) -> list[tuple[UUID, str, date | None]]:
    """Return id, number and clearance of each family of a provider, none of which can change now.

    Whoever wants to waits until the transaction ends.
    """
    rows = session.execute(
        select(Family.id, Family.reference, Family.clearance_until)
        .where(Family.provider_id == provider_id)
        .order_by(Family.id)
        .with_for_update()
    )
    return [(id_, number, clearance) for id_, number, clearance in rows]
