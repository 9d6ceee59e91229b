"""Where children went after a placement, and what breakdown records say. The caller has judged that
the asker may see figures."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.insight.placed_queries import IS_STAY
from app.kernel.holding import BreakdownKind
from app.models import BreakdownRecord, Placement, PlacementEnding

NOT_TOLD = "niet vastgelegd"


def went_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many stays ended, by where the child went; NOT_TOLD where nobody said how."""
    rows = session.execute(
        select(PlacementEnding.went_to, func.count())
        .select_from(Placement)
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == Placement.id)
        .where(IS_STAY, Placement.until.between(period.first, period.last))
        .group_by(PlacementEnding.went_to)
    )
    return {NOT_TOLD if went_to is None else went_to.value: count for went_to, count in rows}


def records_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many records are of a breakdown in a period, and how many of nearly one."""
    return _counted(session, period, BreakdownRecord.kind)


def initiatives_in(session: Session, period: Period) -> dict[str, int]:
    """Return who took the initiative, of the records of a breakdown."""
    return _counted(session, period, BreakdownRecord.initiative, _BROKE)


def reasons_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many records of a breakdown name a reason; one may name several."""
    return _counted(session, period, func.unnest(BreakdownRecord.reasons), _BROKE)


def tried_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many records of a breakdown say that something was tried; one may name several."""
    return _counted(session, period, func.unnest(BreakdownRecord.tried), _BROKE)


_BROKE = BreakdownRecord.kind == BreakdownKind.BROKE


def _counted(session: Session, period: Period, what: Any, *which: Any) -> dict[str, int]:
    named = what.label("named")
    rows = session.execute(
        select(named, func.count())
        .select_from(BreakdownRecord)
        .join(Placement, Placement.id == BreakdownRecord.placement_id)
        .where(IS_STAY, BreakdownRecord.day.between(period.first, period.last), *which)
        .group_by(named)
    )
    return {str(name): count for name, count in rows}
