"""Who waited when: the rows behind the months. The caller has judged that the asker may see them.

The day on which the waiting ended is the first that is known of: the start of a placement, the
withdrawal, the step on the road of the registration. A bed until there is a place ends nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.kernel.stages import Stage
from app.models import (
    Child,
    Placement,
    PostcodeArea,
    Registration,
    RegistrationState,
    StageChange,
)

_HERE = "Europe/Amsterdam"
_PLACED_ON = (
    select(func.min(Placement.since))
    .where(Placement.registration_id == Registration.id, ~Placement.is_bridging)
    .scalar_subquery()
)
_STOPPED_ON = (
    select(func.min(func.timezone(_HERE, StageChange.at)).cast(Date))
    .where(
        StageChange.registration_id == Registration.id,
        StageChange.to_stage.in_((Stage.PLACED, Stage.CLOSED, Stage.WITHDRAWN)),
    )
    .scalar_subquery()
)
_WITHDRAWN_ON = func.timezone(_HERE, Registration.withdrawn_at).cast(Date)
_IS_OVER = Registration.state != RegistrationState.SEARCHING


def _waits(*more: Any) -> Any:
    """Return registrations with since when they wait, and until when; None: not, or not known.

    more: columns of the registration beside those.

    Worked out once: inlined, each day of a question would look up the end of every registration.
    """
    until = func.coalesce(_PLACED_ON, _WITHDRAWN_ON, _STOPPED_ON)
    waits = select(
        Registration.registered_on,
        func.least(Registration.registered_on, Registration.clock_from, type_=Date).label("since"),
        Registration.postcode,
        case((_IS_OVER, until)).label("until"),
        case((_IS_OVER, _PLACED_ON)).label("placed_on"),
        (_IS_OVER & until.is_(None)).label("is_lost"),
        *more,
    ).cte("waits")
    return waits.prefix_with("MATERIALIZED")


def waited_at(session: Session, days: Sequence[date]) -> Sequence[Any]:
    """Return for each day how many waited at its end, and the median of their days.

    lost: how many registrations are left out, of all days: their waiting ended, nobody knows when.
    """
    waits = _waits()
    lost = select(func.count()).select_from(waits).where(waits.c.is_lost).scalar_subquery()
    asked = (
        func.unnest(literal(list(days), ARRAY(Date))).table_valued("day").render_derived("asked")
    )
    day = asked.c.day
    waited = day - waits.c.since
    return session.execute(
        select(
            day,
            func.count(waits.c.since).label("count"),
            func.percentile_cont(0.5).within_group(waited).label("median"),
            lost.label("lost"),
        )
        .select_from(asked)
        .outerjoin(
            waits,
            and_(
                ~waits.c.is_lost,
                waits.c.registered_on <= day,
                or_(waits.c.until.is_(None), waits.c.until > day),
            ),
        )
        .group_by(day)
    ).all()


def waited_by_municipality(session: Session, day: date) -> Sequence[Any]:
    """Return the municipality, None where it is unknown, and how many waited at the end of a day.

    Of the address at the registration; of the same registrations as `waited_at`.
    """
    waits = _waits()
    return session.execute(
        select(PostcodeArea.municipality, func.count())
        .select_from(waits)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == func.left(waits.c.postcode, 4))
        .where(
            ~waits.c.is_lost,
            waits.c.registered_on <= day,
            or_(waits.c.until.is_(None), waits.c.until > day),
        )
        .group_by(PostcodeArea.municipality)
    ).all()


def waited_children(session: Session, day: date) -> Sequence[Any]:
    """Return since, born, form, urgency and municipality of who waited at the end of a day.

    Of the same registrations as `waited_at`; form, urgency and address as they stand now.
    """
    waits = _waits(Registration.child_id, Registration.care_form, Registration.urgency)
    return session.execute(
        select(
            waits.c.since,
            Child.born_on,
            waits.c.care_form,
            waits.c.urgency,
            PostcodeArea.municipality,
        )
        .select_from(waits)
        .join(Child, Child.id == waits.c.child_id)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == func.left(waits.c.postcode, 4))
        .where(
            ~waits.c.is_lost,
            waits.c.registered_on <= day,
            or_(waits.c.until.is_(None), waits.c.until > day),
        )
    ).all()


def flow_by_month(session: Session, period: Period) -> Sequence[Any]:
    """Return month, kind (in, placed, otherwise) and how many registrations came or went."""
    waits = _waits()
    gone = case((waits.c.placed_on.is_(None), waits.c.until))
    moves = [
        select(literal(kind).label("kind"), day.label("day"))
        for kind, day in (
            ("in", waits.c.registered_on),
            ("placed", waits.c.placed_on),
            ("otherwise", gone),
        )
    ]
    told = moves[0].union_all(*moves[1:]).subquery()
    month = func.to_char(told.c.day, "YYYY-MM")
    return session.execute(
        select(month, told.c.kind, func.count())
        .where(told.c.day.between(period.first, period.last))
        .group_by(month, told.c.kind)
    ).all()
