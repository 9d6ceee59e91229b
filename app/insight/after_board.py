"""What comes after placements that ended in a period, and what people recorded of breakdowns."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from app.insight.after_queries import (
    NOT_TOLD,
    initiatives_in,
    reasons_in,
    records_in,
    tried_in,
    went_in,
)
from app.insight.board_schemas import CountOut, RecordFigures
from app.insight.counting import hidden_in
from app.insight.parts import parts_of
from app.insight.periods import Period
from app.kernel.endings import WentTo
from app.kernel.holding import BreakdownKind, BreakdownReason, Initiative, Tried
from app.kernel.small_cells import named_cells, told


def after_placements(session: Session, period: Period) -> list[CountOut]:
    """Return where children went of whom a stay ended; the caller acts as the system."""
    return parts_of(went_in(session, period), (*(to.value for to in WentTo), NOT_TOLD))


def record_figures(session: Session, period: Period) -> RecordFigures:
    """Return what breakdown records say; the caller acts as the system."""
    kinds = records_in(session, period)
    broken = kinds.get(BreakdownKind.BROKE, 0)
    reasons, tried = reasons_in(session, period), tried_in(session, period)
    return RecordFigures(
        broken=told(broken),
        nearly=told(kinds.get(BreakdownKind.NEARLY, 0)),
        initiative=parts_of(initiatives_in(session, period), [who.value for who in Initiative]),
        reasons=named_often(reasons, broken, (reason.value for reason in BreakdownReason)),
        tried=named_often(tried, broken, (each.value for each in Tried)),
    )


def named_often(counts: Mapping[str, int], every: int, names: Iterable[str]) -> list[CountOut]:
    """Return how many records name each of several things.

    A record may name more than one, so these add up to no whole; yet where each names one they do.
    So they are hidden as parts of a whole are, and where few do not name a thing as well.
    """
    every_name = {name: counts.get(name, 0) for name in names}
    if any(counts.values()) and (told(every) is None or not named_cells(every_name)):
        return [CountOut(name=name, count=None) for name in every_name]
    away = {name for name, count in every_name.items() if told(every - count) is None}
    shown = hidden_in(every_name, [list(every_name)], away)
    return [CountOut(name=name, count=shown[name]) for name in every_name]
