"""How long ago anybody said that a family is available: who was not heard of is asked first.

A family is heard of when it is confirmed, when its provider writes something new of it, and when a
whole export of its provider's system names it. The search does not leave it out for its age (only
`navragen` does that): it is shown, with since when somebody should first call.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, not_, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.models import Family, ImportBatch, ImportKind, ImportMode, ImportState

_TAKEN = (ImportState.APPLIED, ImportState.UNCHANGED)
# Whose system a whole export came from, and which exports count: an import that is being worked
# off may already have told of a family, but that is too soon.
_WHOLE = func.coalesce(ImportBatch.source_id, ImportBatch.provider_id)
_NAMED_ALL = (
    ImportBatch.kind == ImportKind.FAMILIES,
    ImportBatch.mode == ImportMode.WHOLE,
    ImportBatch.state.in_(_TAKEN),
)


def first_of(told: Iterable[tuple[UUID, datetime, date | None]], *, days: int) -> dict[UUID, date]:
    """Return since which day each family should first be confirmed; fresh ones are left out.

    told: as `heard_of` returns it. days: for how long a word on a family holds. A pause that ended
    without a word counts too.
    """
    today = today_in_amsterdam()
    found = {}
    for family_id, last, paused_until in told:
        since = last.astimezone(AMSTERDAM).date() + timedelta(days=days)
        if paused_until is not None:
            since = min(since, paused_until + timedelta(days=1))
        if since <= today:
            found[family_id] = since
    return found


def heard_of(
    session: Session, family_ids: Collection[UUID]
) -> Sequence[tuple[UUID, datetime, date | None]]:
    """Return of each family its id, when it was last heard of, and the last day of its pause."""
    return session.execute(
        select(Family.id, heard(), Family.paused_until).where(among(Family.id, family_ids))
    ).all()


def must_confirm_first(*, days: int) -> ColumnElement[bool]:
    """Return the condition by which a list finds the families that `first_of` names.

    Its one sub-select does not depend on the family, so that it is asked once for a whole list.
    """
    today = today_in_amsterdam()
    fresh_from = datetime.combine(today - timedelta(days=days - 1), time(), AMSTERDAM)
    told_lately = select(_WHOLE).where(*_NAMED_ALL, ImportBatch.applied_at >= fresh_from)
    heard_lately = or_(
        func.coalesce(Family.confirmed_at >= fresh_from, false()),
        Family.source_updated_at >= fresh_from,
        and_(~Family.needs_confirmation, Family.source_id.in_(told_lately)),
    )
    return or_(
        not_(heard_lately),
        and_(Family.paused_until.is_not(None), Family.paused_until < today),
    )


def whole_exports() -> Subquery:
    """Return when each source was last named as a whole: for who asks of many families at once."""
    newest = select(_WHOLE.label("source_id"), func.max(ImportBatch.applied_at).label("at"))
    return newest.where(*_NAMED_ALL).group_by(_WHOLE).subquery("whole_exports")


def heard_beside(exports: Subquery) -> ColumnElement[datetime]:
    """Return the same as `heard`, where `whole_exports` stand beside the families (outer join)."""
    named = case((~Family.needs_confirmation, exports.c.at))
    return func.greatest(Family.confirmed_at, Family.source_updated_at, named)


def heard() -> ColumnElement[datetime]:
    """Return when a family was last heard of, as part of a larger question."""
    named = (
        select(func.max(ImportBatch.applied_at))
        .where(Family.source_id == _WHOLE, *_NAMED_ALL, ~Family.needs_confirmation)
        .scalar_subquery()
    )
    return func.greatest(Family.confirmed_at, Family.source_updated_at, named)
