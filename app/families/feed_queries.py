"""Every SELECT of the feed of changed families: in the order of transactions, losing none.

Moments and ids do not come out in the order in which transactions commit: whoever reads up to the
newest would miss what a slower one commits a moment later. The id of a transaction together with
the horizon (the oldest that still runs) can be trusted: below it everything has ended.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Text, cast, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.db.era import ERA
from app.families.queries import ListedFamily, listed_of
from app.models import Family, FamilyMove, Provider

# Before all: no transaction has this id.
BEGIN = (0, UUID(int=0))
Position = tuple[int, UUID]

_OLD, _NEW = aliased(Provider), aliased(Provider)


@dataclass(frozen=True, slots=True)
class FeedPart:
    """What of the feed is asked: of one provider or all, after a position, below the horizon."""

    provider_id: UUID | None
    after: Position
    below: int
    size: int


@dataclass(frozen=True, slots=True)
class ChangedFamily:
    """A family as it now stands, where it stands in the feed."""

    position: Position
    listed: ListedFamily


@dataclass(frozen=True, slots=True)
class FamilyGone:
    """A family that went to another provider; provider, number: as it was called before."""

    position: Position
    provider: str
    number: str
    to_provider: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """Up to where the feed is settled: the era, and its oldest transaction that still runs.

    All before it have committed or failed.
    """

    era: int
    oldest: int


def horizon(session: Session) -> Horizon:
    """Return up to where the feed is settled.

    To be asked once a page: what two queries see may differ by what commits between them.
    """
    oldest = func.pg_snapshot_xmin(func.pg_current_snapshot())
    found = session.execute(select(ERA, cast(cast(oldest, Text), BigInteger))).one()
    return Horizon(*found)


def changed_families(session: Session, part: FeedPart) -> list[ChangedFamily]:
    """Return families that changed after a position, each once, as it now stands."""
    order = (Family.changed_in, Family.id)
    statement = (
        select(Family, Provider.code)
        .join(Provider, Provider.id == Family.provider_id)
        .where(tuple_(*order) > part.after, Family.changed_in < part.below)
        .order_by(*order)
        .limit(part.size)
        .execution_options(populate_existing=True)
    )
    if part.provider_id is not None:
        statement = statement.where(Family.provider_id == part.provider_id)
    found = session.execute(statement).all()
    listed = listed_of(session, [(family, code) for family, code in found])
    return [ChangedFamily((one.family.changed_in, one.family.id), one) for one in listed]


def families_gone(session: Session, part: FeedPart) -> list[FamilyGone]:
    """Return the families that went away after a position, on their own.

    At a merger they go with their provider, and change as all its families do.
    """
    old, new = _OLD, _NEW
    order = (FamilyMove.changed_in, FamilyMove.id)
    statement = (
        select(FamilyMove, old.code, new.code)
        .join(old, old.id == FamilyMove.from_provider_id)
        .join(new, new.id == FamilyMove.to_provider_id)
        .where(
            tuple_(*order) > part.after, FamilyMove.changed_in < part.below, ~FamilyMove.is_merger
        )
        .order_by(*order)
        .limit(part.size)
    )
    if part.provider_id is not None:
        statement = statement.where(FamilyMove.from_provider_id == part.provider_id)
    return [
        FamilyGone((move.changed_in, move.id), code, move.from_number, to)
        for move, code, to in session.execute(statement)
    ]
