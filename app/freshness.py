"""How long ago anybody said that a family is available: who was not heard of is asked first.

A family is heard of when it is confirmed, when its provider writes something new of it, and when a
whole export of its provider's system names it. The search does not leave it out for its age (only
`navragen` does that): it is shown, with since when somebody should first call.
"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.models import Family, ImportBatch, ImportKind, ImportMode, ImportState

_TAKEN = (ImportState.APPLIED, ImportState.UNCHANGED)


def confirm_first(session: Session, family_ids: Collection[UUID], *, days: int) -> dict[UUID, date]:
    """Return since which day each family should first be confirmed; fresh ones are left out.

    days: for how long a word on a family holds. A pause that ended without a word counts too.
    """
    today = today_in_amsterdam()
    # An import that is being worked off may already have told of the family: that is too soon.
    whole = func.coalesce(ImportBatch.source_id, ImportBatch.provider_id)
    named = (
        select(func.max(ImportBatch.applied_at))
        .where(
            whole == Family.source_id,
            ImportBatch.kind == ImportKind.FAMILIES,
            ImportBatch.mode == ImportMode.WHOLE,
            ImportBatch.state.in_(_TAKEN),
            ~Family.needs_confirmation,
        )
        .scalar_subquery()
    )
    heard = func.greatest(Family.confirmed_at, Family.source_updated_at, named)
    rows = session.execute(
        select(Family.id, heard, Family.paused_until).where(among(Family.id, family_ids))
    )
    found = {}
    for family_id, last, paused_until in rows:
        since = last.astimezone(AMSTERDAM).date() + timedelta(days=days)
        if paused_until is not None:
            since = min(since, paused_until + timedelta(days=1))
        if since <= today:
            found[family_id] = since
    return found
