"""Places and carers counted by the database. The caller has judged that the asker may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    Integer,
    Text,
    and_,
    case,
    collate,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.insight.periods import Period, month_name, months_in
from app.kernel.clock import AMSTERDAM
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
# Which of the two a group is not by, as GROUPING(area, forms) tells it: a bit for each.
_BY_AREA, _BY_FORMS, _BY_AGES = 0b01, 0b10, 0b11


class PlaceState(StrEnum):
    """What a place is at this moment; each place is one of these."""

    IN_USE = "in gebruik"
    HELD = "vastgehouden"
    FREE = "vrij"
    NOT_NOW = "nu niet beschikbaar"


_STATES = tuple(PlaceState)


class CarerStep(StrEnum):
    """What families did (*pleegouders in en uit*)."""

    NEW = "nieuw"
    PAUSED = "gepauzeerd"
    RESUMED = "hervat"
    STOPPED = "gestopt"
    MOVED = "naar andere aanbieder"


@dataclass(frozen=True, slots=True)
class PlacesNow:
    """All places that are offered or in use, three times: each stands once in each list.

    areas: municipality (None: unknown), state and how many. forms: those of its own or else its
    family's. ages: the youngest and oldest that its family takes.
    """

    areas: Sequence[tuple[str | None, PlaceState, int]]
    forms: Sequence[tuple[Sequence[str], PlaceState, int]]
    ages: Sequence[tuple[int, int, PlaceState, int]]


def places_now(session: Session, today: date) -> PlacesNow:
    """Return the places of this moment.

    One that is used in one rhythm counts as in use, though another rhythm may be free.
    """
    places = _places(today)
    # Found once for all three; by postcode area, for names of municipalities are slow to compare.
    of_what = func.grouping(places.c.pc4, places.c.forms, type_=Integer)
    counted = (
        select(
            of_what.label("of_what"), places.c.pc4, places.c.forms, places.c.min_age,
            places.c.max_age, places.c.state, func.count().label("many"),
        )
        .group_by(func.grouping_sets(
            tuple_(places.c.pc4, places.c.state), tuple_(places.c.forms, places.c.state),
            tuple_(places.c.min_age, places.c.max_age, places.c.state),
        ))
        .subquery()
    )  # fmt: skip
    name, by = PostcodeArea.municipality, counted.c
    by_name = select(
        by.of_what,
        name,
        by.forms,
        by.min_age,
        by.max_age,
        by.state,
        func.sum(by.many).cast(Integer).label("many"),
    ).outerjoin(PostcodeArea, PostcodeArea.pc4 == by.pc4)
    found: dict[int, list[Any]] = {_BY_AREA: [], _BY_FORMS: [], _BY_AGES: []}
    for row in session.execute(
        by_name.group_by(by.of_what, name, by.forms, by.min_age, by.max_age, by.state)
    ):
        found[row.of_what].append(row)
    return PlacesNow(
        [(row.municipality, _STATES[row.state], row.many) for row in found[_BY_AREA]],
        [(row.forms or (), _STATES[row.state], row.many) for row in found[_BY_FORMS]],
        [(row.min_age, row.max_age, _STATES[row.state], row.many) for row in found[_BY_AGES]],
    )


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
        (Place.id.in_(used), _nth(PlaceState.IN_USE)), (Place.id.in_(held), _nth(PlaceState.HELD)),
        (is_open(today), _nth(PlaceState.FREE)), else_=_nth(PlaceState.NOT_NOW),
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


def _nth(state: PlaceState) -> Any:
    """Return a state as a number: words are slow to sort, by the rules of a language."""
    return literal(_STATES.index(state))


def is_open(today: date) -> Any:
    """Return whether a place can be taken on a day as far as its family and its own days go."""
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
    months = months_in(period)
    begins = [*(month.first for month in months), period.last + timedelta(days=1)]
    moments = [_moment(day) for day in begins]
    step = case(
        (FamilyStatusChange.to_status == FamilyStatus.STOPPED, CarerStep.STOPPED),
        (FamilyStatusChange.to_status == FamilyStatus.PAUSED, CarerStep.PAUSED),
        else_=CarerStep.RESUMED,
    )
    told = (
        select(literal(CarerStep.NEW.value).label("step"), _month(Family.created_at, moments))
        .union_all(
            select(step, _month(FamilyStatusChange.at, moments)),
            select(literal(CarerStep.MOVED.value), _month(FamilyMove.on_day, begins)).where(
                FamilyMove.is_merger == false()
            ),
        )
        .subquery()
    )
    rows = session.execute(
        select(told.c.month, told.c.step, func.count())
        .where(told.c.month.between(1, len(months)))
        .group_by(told.c.month, told.c.step)
    )
    return [(month_name(months[at - 1].last), step, many) for at, step, many in rows]


def stopped_in(session: Session, period: Period) -> int:
    """Return how many families stopped in a period, as the months count them."""
    begin, end = _moment(period.first), _moment(period.last + timedelta(days=1))
    statement = select(func.count()).where(
        FamilyStatusChange.to_status == FamilyStatus.STOPPED,
        FamilyStatusChange.at >= begin,
        FamilyStatusChange.at < end,
    )
    return session.scalar(statement) or 0


def status_known_since(session: Session) -> date | None:
    """Return the day of the first pause, resumption or stop that was noted; None: none yet."""
    return session.scalar(select(_day(func.min(FamilyStatusChange.at))))


def active_families(session: Session) -> int:
    """Return how many families take part in the search now."""
    return session.scalar(select(func.count()).where(Family.status == FamilyStatus.ACTIVE)) or 0


def _moment(day: date) -> datetime:
    """Return when a day begins here."""
    return datetime.combine(day, time(), AMSTERDAM)


def _month(at: Any, begins: Sequence[date]) -> Any:
    """Return in which month, from 1, a moment or a day falls; 0, or one too many: in none of them.

    By where months begin: writing the day of each of a region's families took longer than the rest.
    """
    kind = DateTime(timezone=True) if isinstance(at.type, DateTime) else Date()
    return func.width_bucket(at, literal(begins, ARRAY(kind)), type_=Integer).label("month")


def _day(at: Any) -> Any:
    return func.timezone(_HERE, at).cast(Date)
