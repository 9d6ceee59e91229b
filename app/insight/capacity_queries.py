"""Places and carers counted by the database. The caller has judged that the asker may see them."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, Date, Text, and_, case, false, func, literal, or_, select, true
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


def places_by_form(session: Session, today: date) -> Sequence[Any]:
    """Return form, state and how many; a place for two forms stands with both."""
    places = _places(today)
    each = func.unnest(places.c.forms).table_valued("form").render_derived("each")
    return session.execute(
        select(each.c.form, places.c.state, func.count())
        .select_from(places)
        .join(each, true())
        .group_by(each.c.form, places.c.state)
    ).all()


def places_by_ages(session: Session, today: date) -> Sequence[Any]:
    """Return the youngest and oldest age that the family takes, state and how many."""
    places = _places(today)
    return session.execute(
        select(places.c.min_age, places.c.max_age, places.c.state, func.count()).group_by(
            places.c.min_age, places.c.max_age, places.c.state
        )
    ).all()


def places_by_area(session: Session, today: date) -> Sequence[Any]:
    """Return municipality (None: unknown), state and how many; each place once."""
    places = _places(today)
    return session.execute(
        select(PostcodeArea.municipality, places.c.state, func.count())
        .select_from(places)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == places.c.pc4)
        .group_by(PostcodeArea.municipality, places.c.state)
    ).all()


def _places(today: date) -> Any:
    """Return every place that is offered or in use, with its state, forms and area.

    A place that is used in one rhythm counts as in use, though another rhythm may be free.
    """
    used = select(Occupation.id).where(
        Occupation.place_id == Place.id, Occupation.released_at.is_(None)
    )
    held = select(BegunPair.id).where(BegunPair.place_id == Place.id, holds_on(today))
    of_family = select(func.array_agg(FamilyForm.form.cast(Text), type_=ARRAY(Text))).where(
        FamilyForm.family_id == Family.id
    )
    is_open = and_(
        Family.status == FamilyStatus.ACTIVE,
        ~Family.needs_confirmation,
        *(_covers(row, today) for row in (Family, Place)),
    )
    state = case(
        (used.exists(), PlaceState.IN_USE), (held.exists(), PlaceState.HELD),
        (is_open, PlaceState.FREE), else_=PlaceState.NOT_NOW,
    )  # fmt: skip
    return (
        select(
            state.label("state"),
            func.coalesce(Place.forms, of_family.scalar_subquery(), type_=ARRAY(Text)).label(
                "forms"
            ),
            func.left(Family.postcode, 4).label("pc4"),
            Family.min_age,
            Family.max_age,
        )
        .join(Family, Family.id == Place.family_id)
        .where(or_(Place.is_offered, used.exists()))
        .subquery()
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
    month = func.to_char(told.c.day, "YYYY-MM")
    return session.execute(
        select(month, told.c.step, func.count())
        .where(told.c.day.between(period.first, period.last))
        .group_by(month, told.c.step)
    ).all()


def status_known_since(session: Session) -> date | None:
    """Return the day of the first pause, resumption or stop that was noted; None: none yet."""
    return session.scalar(select(_day(func.min(FamilyStatusChange.at))))


def active_families(session: Session) -> int:
    """Return how many families take part in the search now."""
    return session.scalar(select(func.count()).where(Family.status == FamilyStatus.ACTIVE)) or 0


def _day(at: Any) -> Any:
    return func.timezone(_HERE, at).cast(Date)
