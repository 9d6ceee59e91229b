"""Rungs that no placement tells of: steps to home with support, and stays in care settings.

A child stands on one rung. Who went to live in a family since, or lives in one, is counted there.
The caller has judged that the asker may see figures.
"""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.insight.placed_queries import BEYOND_FAMILY, IS_STAY, Rung, lived_in
from app.kernel.ladder import Rung as LadderRung
from app.models import CareSetting, LadderStep, Placement, Registration, SettingStay


def rungs_beyond_family(session: Session, period: Period) -> list[Rung]:
    """Return how many steps and stays began, and how many children stand on each at the end.

    At home with support: children whose last step it was. In a setting: in their newest stay.
    """
    begun = _stays_begun(session, period) | {LadderRung.HOME.value: _steps_home(session, period)}
    last = _last_steps(period)
    running = _stays_running(session, period, last) | {
        LadderRung.HOME.value: _at_home(session, period, last)
    }
    return [Rung(name, begun.get(name, 0), running.get(name, 0)) for name in BEYOND_FAMILY]


def _steps_home(session: Session, period: Period) -> int:
    statement = select(func.count()).where(
        LadderStep.rung == LadderRung.HOME,
        LadderStep.day.between(period.first, period.last),
    )
    return session.scalar(statement) or 0


def _stays_begun(session: Session, period: Period) -> dict[str, int]:
    rows = session.execute(
        select(CareSetting.kind, func.count())
        .join(SettingStay, SettingStay.setting_id == CareSetting.id)
        .where(SettingStay.since.between(period.first, period.last))
        .group_by(CareSetting.kind)
    )
    return {kind.value: count for kind, count in rows}


def _last_steps(period: Period) -> Subquery:
    """Return the newest step of each child until the last day, by whichever registration."""
    return (
        select(Registration.child_id, LadderStep.rung, LadderStep.day)
        .join(Registration, Registration.id == LadderStep.registration_id)
        .where(LadderStep.day <= period.last)
        .ext(distinct_on(Registration.child_id))
        .order_by(Registration.child_id, LadderStep.day.desc(), LadderStep.id.desc())
        .subquery()
    )


def _at_home(session: Session, period: Period, last: Subquery) -> int:
    in_family = _in_family_since(session, last.c.child_id, last.c.day, period)
    statement = (
        select(func.count()).select_from(last).where(last.c.rung == LadderRung.HOME, ~in_family)
    )
    return session.scalar(statement) or 0


def _stays_running(session: Session, period: Period, last: Subquery) -> dict[str, int]:
    """Return children by kind of setting; a later step home ends the stay, as far as one counts."""
    newest = (
        select(Registration.child_id, SettingStay.setting_id, SettingStay.since)
        .join(Registration, Registration.id == SettingStay.registration_id)
        .where(
            SettingStay.since <= period.last,
            or_(SettingStay.until.is_(None), SettingStay.until > period.last),
        )
        .ext(distinct_on(Registration.child_id))
        .order_by(Registration.child_id, SettingStay.since.desc(), SettingStay.id.desc())
        .subquery()
    )
    in_family = _in_family_since(session, newest.c.child_id, newest.c.since, period)
    went_home = exists().where(last.c.child_id == newest.c.child_id, last.c.rung == LadderRung.HOME)
    rows = session.execute(
        select(CareSetting.kind, func.count())
        .join(newest, newest.c.setting_id == CareSetting.id)
        .where(~went_home, ~in_family)
        .group_by(CareSetting.kind)
    )
    return {kind.value: count for kind, count in rows}


def _in_family_since(session: Session, child: Any, day: Any, period: Period) -> ColumnElement[bool]:
    """Whether a child went to live in a family on or after a day, or lives in one at the end."""
    return exists().where(
        Registration.id == Placement.registration_id,
        Registration.child_id == child,
        Placement.since <= period.last,
        or_(
            and_(IS_STAY, Placement.since >= day),
            and_(
                lived_in(session, period.last),
                or_(Placement.until.is_(None), Placement.until > period.last),
            ),
        ),
    )
