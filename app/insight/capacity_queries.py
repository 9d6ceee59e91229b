"""Places and carers counted by the database. The caller has judged that the asker may see them."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    Text,
    and_,
    case,
    collate,
    false,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.kernel.words import FamilyStatus
from app.models import (
    BegunPair,
    Family,
    FamilyForm,
    FamilyMove,
    FamilyStatusChange,
    Occupation,
    Place,
    PostcodeArea,
    holds_on,
)

_HERE = "Europe/Amsterdam"
_NONE = literal([], ARRAY(Text))


class PlaceState(StrEnum):
    """What a place is at this moment; each place is one of these."""

    IN_USE = "in gebruik"
    HELD = "vastgehouden"
    FREE = "vrij"
    NOT_NOW = "nu niet beschikbaar"


class CarerStep(StrEnum):
    """What families did (*pleegouders in en uit*)."""

    NEW = "nieuw"
    PAUSED = "gepauzeerd"
    RESUMED = "hervat"
    STOPPED = "gestopt"
    MOVED = "naar andere aanbieder"


def places_now(session: Session, today: date) -> tuple[Sequence[Any], Sequence[Any]]:
    """Return municipality (None: unknown), state and how many places; and forms, state and same.

    Of all places that are offered or in use, each once in both. One that is used in one rhythm
    counts as in use, though another rhythm may be free. forms: of its own or else its family's.
    """
    places = _places(today)
    # Found once for both; by postcode area first: names of municipalities are slow to compare.
    counted = (
        select(places.c.pc4, places.c.forms, places.c.state, func.count().label("count"))
        .group_by(places.c.pc4, places.c.forms, places.c.state)
        .cte("counted")
        .prefix_with("MATERIALIZED")
    )
    many = func.sum(counted.c.count).cast(Integer).label("many")
    name = PostcodeArea.municipality
    by_area = (
        select(name, null().cast(ARRAY(Text)).label("forms"), counted.c.state, many)
        .select_from(counted)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == counted.c.pc4)
        .group_by(name, counted.c.state)
    )
    by_forms = select(
        null().cast(Text), func.coalesce(counted.c.forms, _NONE), counted.c.state, many
    ).group_by(counted.c.forms, counted.c.state)
    rows = session.execute(by_area.union_all(by_forms)).all()
    return (
        [(name, state, many) for name, forms, state, many in rows if forms is None],
        [(forms, state, many) for _, forms, state, many in rows if forms is not None],
    )


def places_by_ages(session: Session, today: date) -> Sequence[Any]:
    """Return the youngest and oldest age that the family takes, state and how many."""
    places = _places(today)
    return session.execute(
        select(places.c.min_age, places.c.max_age, places.c.state, func.count()).group_by(
            places.c.min_age, places.c.max_age, places.c.state
        )
    ).all()


def _places(today: date) -> Any:
    """Return the area, forms, ages and state of every place that is offered or in use.

    Tables are read whole and set beside each other: looking up each place of a region took longer.
    """
    used = select(Occupation.place_id).where(Occupation.released_at.is_(None))
    held = select(BegunPair.place_id).where(holds_on(today))
    of_families = (
        select(
            FamilyForm.family_id,
            func.array_agg(FamilyForm.form.cast(Text), type_=ARRAY(Text)).label("forms"),
        )
        .group_by(FamilyForm.family_id)
        .subquery()
    )
    state = case(
        (Place.id.in_(used), PlaceState.IN_USE), (Place.id.in_(held), PlaceState.HELD),
        (_is_open(today), PlaceState.FREE), else_=PlaceState.NOT_NOW,
    )  # fmt: skip
    return (
        select(
            # Digits, in the order of bytes: by the rules of a language they sort five times slower.
            collate(func.left(Family.postcode, 4), "C").label("pc4"),
            Family.min_age,
            Family.max_age,
            func.coalesce(Place.forms, of_families.c.forms, type_=ARRAY(Text)).label("forms"),
            state.label("state"),
        )
        .join(Family, Family.id == Place.family_id)
        .outerjoin(of_families, of_families.c.family_id == Family.id)
        .where(or_(Place.is_offered, Place.id.in_(used)))
        .subquery()
    )


def _is_open(today: date) -> Any:
    return and_(
        Family.status == FamilyStatus.ACTIVE,
        ~Family.needs_confirmation,
        *(_covers(row, today) for row in (Family, Place)),
    )


def _covers(row: Any, today: date) -> Any:
    return and_(
        func.coalesce(row.available_from, today) <= today,
        func.coalesce(row.available_until, today) >= today,
    )


def carers_by_month(session: Session, period: Period) -> Sequence[Any]:
    """Return month, what they did and how many families; a merger of providers moves nobody."""
    step = case(
        (FamilyStatusChange.to_status == FamilyStatus.STOPPED, CarerStep.STOPPED),
        (FamilyStatusChange.to_status == FamilyStatus.PAUSED, CarerStep.PAUSED),
        else_=CarerStep.RESUMED,
    )
    told = (
        select(literal(CarerStep.NEW.value).label("step"), _day(Family.created_at).label("day"))
        .union_all(
            select(step, _day(FamilyStatusChange.at)),
            select(literal(CarerStep.MOVED.value), FamilyMove.on_day).where(
                FamilyMove.is_merger == false()
            ),
        )
        .subquery()
    )
    # By day first: writing the month of each of a region's families took as long as finding them.
    by_day = (
        select(told.c.day, told.c.step, func.count().label("many"))
        .where(told.c.day.between(period.first, period.last))
        .group_by(told.c.day, told.c.step)
        .subquery()
    )
    month = func.to_char(by_day.c.day, "YYYY-MM")
    return session.execute(
        select(month, by_day.c.step, func.sum(by_day.c.many).cast(Integer)).group_by(
            month, by_day.c.step
        )
    ).all()


def status_known_since(session: Session) -> date | None:
    """Return the day of the first pause, resumption or stop that was noted; None: none yet."""
    return session.scalar(select(_day(func.min(FamilyStatusChange.at))))


def active_families(session: Session) -> int:
    """Return how many families take part in the search now."""
    return session.scalar(select(func.count()).where(Family.status == FamilyStatus.ACTIVE)) or 0


def _day(at: Any) -> Any:
    return func.timezone(_HERE, at).cast(Date)
