"""The SELECTs on placements of before the service."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import PastPlacementRow

_LOCK = 41_0001  # any number that no other lock of this service has


def lock_history(session: Session) -> None:
    """Let one import of past placements go at a time, until the commit."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def rows_by_number(session: Session, numbers: Collection[str]) -> dict[str, PastPlacementRow]:
    """Return the stored placements with these numbers, by number."""
    rows = session.scalars(
        select(PastPlacementRow)
        .where(among(PastPlacementRow.number, numbers))
        .execution_options(populate_existing=True)
    )
    return {row.number: row for row in rows}
