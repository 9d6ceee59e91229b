"""What was told in a test's transaction, in the order of telling."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, Provider


def told_in(session: Session) -> list[tuple[str, dict[str, str], str | None]]:
    """Return kind, data and the code of the provider that it is for, of every event."""
    rows = session.execute(
        select(Event.kind, Event.data, Provider.code)
        .outerjoin(Provider, Provider.id == Event.provider_id)
        .order_by(Event.sequence)
    )
    return [(row.kind, row.data, row.code) for row in rows]


def kinds_in(session: Session) -> list[str]:
    """Return the kinds alone."""
    return [kind for kind, _, _ in told_in(session)]
