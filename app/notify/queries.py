"""Every SELECT of the notify slice: events in their order, and who is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Function,
    Row,
    Uuid,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.db.era import ERA
from app.db.xid8 import Xid8
from app.models import Event, EventHorizon, Provider, Subscription, SubscriptionState

# All transactions that began before this one have ended: nothing can come before it any more.
_OLDEST_OPEN = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8())
_NEXT = func.pg_snapshot_xmax(func.pg_current_snapshot(), type_=Xid8())
_OWN = func.pg_current_xact_id_if_assigned(type_=Xid8())


_PLACE = (Event.era, Event.transaction_id, Event.sequence)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the order of events; what comes after it has not been seen yet."""

    era: int = 0
    transaction_id: int = 0
    sequence: int = 0

    @staticmethod
    def of(row: Event | Subscription | EventHorizon) -> "Place":
        """Return the place of an event, or of the last event that a subscription has."""
        return Place(row.era, row.transaction_id, row.sequence)


def _merged_with(provider_id: object) -> Function[list[UUID]]:
    """Return a provider and all that merged into it (migration 83), also by way of another."""
    return func.pleegzorg_merged_with(provider_id, type_=ARRAY(Uuid()))


def merged_with(session: Session, provider_id: UUID) -> list[UUID]:
    """Return the ids of a provider and of all that merged into it."""
    return session.scalars(select(_merged_with(provider_id))).one()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of a provider (None: of all), of some kinds (none named: every kind).

    Of a provider are those of the ones that merged into it too: what those had not read yet.
    """

    provider_id: UUID | None = None
    kinds: Sequence[str] = ()

    def rules(self, session: Session) -> list[ColumnElement[bool]]:
        """Return the conditions that an event must meet."""
        rules: list[ColumnElement[bool]] = []
        if self.provider_id is not None:
            # Asked first: for one id, as nearly always, the index has them in their order.
            rules.append(Event.provider_id.in_(merged_with(session, self.provider_id)))
        if self.kinds:
            rules.append(Event.kind.in_(self.kinds))
        return rules


def settled_until(session: Session) -> Place:
    """Return the place before which nothing can come any more, and after which all else will.

    Ask for it before asking for events: what was settled then is committed and seen later.
    """
    era, oldest = session.execute(select(ERA, _OLDEST_OPEN)).one()
    return Place(era, oldest)


def events_between(
    session: Session, wanted: Wanted, *, after: Place, until: Place, size: int
) -> list[Event]:
    """Return events between two places, in their order.

    until: at most what is settled. Whoever goes on after the last of them, or after `until` where
    there are fewer than asked, misses none, in whatever order transactions commit.
    """
    return list(
        session.scalars(
            select(Event)
            .where(_after(after), ~_after(until), *wanted.rules(session))
            .order_by(Event.era, Event.transaction_id, Event.sequence)
            .limit(size)
        )
    )


def has_events(session: Session, wanted: Wanted, *, after: Place) -> bool:
    """Return whether there are events after a place, settled or not."""
    return bool(session.scalar(select(exists().where(_after(after), *wanted.rules(session)))))


def is_of_other_server(session: Session) -> bool:
    """Return whether events bear transaction ids that this server has yet to give out.

    So it is after a dump was restored on a new one: its events would seem to lie in the future.
    """
    ahead = (Event.transaction_id >= _NEXT, Event.transaction_id.is_distinct_from(_OWN))
    return bool(session.scalar(select(exists().where(Event.era == ERA, *ahead))))


def _after(place: Place) -> ColumnElement[bool]:
    numbers = (literal(place.era), literal(place.transaction_id, Xid8()), literal(place.sequence))
    return tuple_(*_PLACE) > tuple_(*numbers)


def is_until(place: Place) -> ColumnElement[bool]:
    """Return whether an event comes at a place or before it."""
    return ~_after(place)


def find_horizon(session: Session) -> Place:
    """Return the place up to which events were let go; the first of all before any was."""
    found = session.get(EventHorizon, 1, populate_existing=True)
    return Place.of(found) if found else Place()


def oldest_events(session: Session, *, size: int) -> Sequence[Row[int, int, int, datetime]]:
    """Return place and instant of the oldest events that are still there, in their order."""
    columns = (*_PLACE, Event.recorded_at)
    return session.execute(select(*columns).order_by(*_PLACE).limit(size)).all()


def find_subscription(
    session: Session, id_: UUID, *, provider_id: UUID | None, lock: bool = False
) -> Subscription | None:
    """Return a subscription, or None; provider_id: only one of this provider."""
    statement = select(Subscription).where(Subscription.id == id_, *_of(provider_id))
    return session.scalar(statement.with_for_update() if lock else statement)


def list_subscriptions(
    session: Session, *, provider_id: UUID | None, after: UUID | None, size: int
) -> list[Subscription]:
    """Return subscriptions in the order of their making; provider_id: only of this provider."""
    later = (Subscription.id > after,) if after else ()
    return list(
        session.scalars(
            select(Subscription)
            .where(*_of(provider_id), *later)
            .order_by(Subscription.id)
            .limit(size)
        )
    )


def count_subscriptions(session: Session, provider_id: UUID | None) -> int:
    """Return how many subscriptions a provider has; None: those on everything."""
    same = Subscription.provider_id.is_not_distinct_from(provider_id)
    return session.scalars(select(func.count()).where(same)).one()


def _of(provider_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    return () if provider_id is None else (Subscription.provider_id == provider_id,)


def provider_codes(session: Session) -> dict[UUID, str]:
    """Return the codes of all providers by id."""
    return {row.id: row.code for row in session.execute(select(Provider.id, Provider.code))}


def overdue_subscriptions(session: Session) -> list[UUID]:
    """Return who may be told now and has not had everything, whether a job waits for it or not."""
    is_due = or_(Subscription.not_before.is_(None), Subscription.not_before <= func.now())
    running = Subscription.state == SubscriptionState.RUNNING
    return list(session.scalars(select(Subscription.id).where(running, is_due, lacks_events())))


def lacks_events() -> ColumnElement[bool]:
    """Return whether there are events that a subscription has not had."""
    place = tuple_(Subscription.era, Subscription.transaction_id, Subscription.sequence)
    rules = (
        tuple_(*_PLACE) > place,
        or_(func.cardinality(Subscription.kinds) == 0, Event.kind == func.any(Subscription.kinds)),
    )
    # Each provider by itself, in the order of its index: asked of every event it takes seconds.
    whose = func.unnest(_merged_with(Subscription.provider_id)).column_valued("whose")
    theirs = select(literal(1)).where(Event.provider_id == whose, *rules)
    return or_(
        exists().where(Subscription.provider_id.is_(None), *rules),
        theirs.correlate(Subscription).exists(),
    )
