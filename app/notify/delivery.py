"""Sending a subscription what it has not had yet, in order, each event at least once.

No transaction is open while a message is under way. What was delivered is written down after each
message, on the condition that the place is still where it was: a worker that only slept, and whose
work another has taken over, writes nothing any more.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.events.cloud import ONE, as_cloud_event
from app.events.emit import queue_delivery
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.log.events import Event as LogEvent
from app.log.write import log
from app.models import Channel, Event, Subscription, SubscriptionState
from app.notify.address import is_anywhere
from app.notify.mail import send_mail, write_mail
from app.notify.queries import (
    Place,
    Wanted,
    events_between,
    find_subscription,
    has_events,
    settled_until,
)
from app.notify.secrets import open_secrets
from app.notify.sending import Reply, post
from app.notify.signing import sign
from app.settings import Settings
from app.telemetry.carried import concern_answer, trace_headers
from app.telemetry.catalogue import Metric
from app.telemetry.meters import count

# Seconds between attempts: as Standard Webhooks advises, three days in all. After the last one a
# subscription is parked.
DELAYS = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
# Longer ones are left to the worker's sweep: a job that waits for hours keeps its lock.
SOON = 60
MOST_AT_ONCE = 50
# Seconds after which a job makes way for others, and comes back.
LONGEST = 10.0
# A person needs no second mail within a quarter of an hour.
QUIET = timedelta(minutes=15)
# How often to look again, a second apart, for events that wait for an open transaction.
MOST_LOOKS = 30
_EARLY = timedelta(seconds=1)  # a job may come a moment before the instant it was put off to


@dataclass(slots=True)
class _Work:
    """A subscription, and the events that it may have now."""

    sessions: SessionMaker
    settings: Settings
    subscription: Subscription
    events: Sequence[Event]
    is_more_to_come: bool
    place: Place


def deliver(
    sessions: SessionMaker, settings: Settings, subscription_id: UUID, *, look: int = 0
) -> None:
    """Send what is due; queue what must follow. look: how often it has looked in vain already."""
    work = _find_work(sessions, settings, subscription_id)
    if work is None:
        return
    if work.events:
        is_mail = work.subscription.channel is Channel.MAIL
        is_open = _mail(work) if is_mail else _post_all(work)
        again, look = is_open and len(work.events) == MOST_AT_ONCE, 0
    else:
        again, is_open = False, True
    if is_open and (again or (work.is_more_to_come and look < MOST_LOOKS)):
        with session_for(sessions, SYSTEM) as session:
            queue_delivery(session, subscription_id, after=0 if again else 1, look=look + 1)


def _find_work(sessions: SessionMaker, settings: Settings, id_: UUID) -> _Work | None:
    with session_for(sessions, SYSTEM) as session:
        found = find_subscription(session, id_, provider_id=None)
        if found is None or found.state is not SubscriptionState.RUNNING:
            return None
        # By the database's clock: a worker whose own is ahead would put off everything it touches.
        moment = session.scalars(select(func.now())).one()
        if found.not_before is not None and found.not_before > moment + _EARLY:
            return None
        place = Place.of(found)
        wanted = Wanted(found.provider_id, found.kinds)
        until = settled_until(session)
        events = events_between(session, wanted, after=place, until=until, size=MOST_AT_ONCE)
        to_come = has_events(session, wanted, after=until)
        return _Work(sessions, settings, found, events, to_come, place)


def _post_all(work: _Work) -> bool:
    """Return whether the subscription is still open for more."""
    end = monotonic() + LONGEST
    for event in work.events:
        if not _record(work, event, _post(work, event)):
            return False
        if monotonic() > end and event is not work.events[-1]:
            with session_for(work.sessions, SYSTEM) as session:
                queue_delivery(session, work.subscription.id)
            return False
    return True


def _post(work: _Work, event: Event) -> Reply:
    told = as_cloud_event(event, work.settings)
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    concern_answer(body)
    secrets = open_secrets(work.subscription, work.settings)
    headers = {"Content-Type": f"{ONE}; charset=utf-8", "User-Agent": "pleegzorg"}
    signed = sign(secrets, str(event.id), now(), body)
    anywhere = is_anywhere(work.settings)
    sent = headers | signed | trace_headers()
    return post(work.subscription.address, body, sent, anywhere=anywhere)


def _mail(work: _Work) -> bool:
    mail = write_mail(work.subscription.address, work.events, work.settings)
    _record(work, work.events[-1], send_mail(mail, work.settings), quiet=QUIET)
    return False  # the next one is for the sweep, after the quiet time


def _record(work: _Work, event: Event, reply: Reply, *, quiet: timedelta | None = None) -> bool:
    """Write down how an attempt went; return whether it arrived and the place is still ours."""
    found = work.subscription
    count(Metric.DELIVERIES, uitkomst="gelukt" if reply.is_good else "mislukt")
    values: dict[str, Any] = {
        "outcome": reply.outcome,
        "last_status": reply.status,
        "tried_at": now(),
    }
    if reply.is_good:
        values |= {
            "era": event.era,
            "transaction_id": event.transaction_id,
            "sequence": event.sequence,
            "delivered_at": now(),
            "failures": 0,
            "not_before": func.now() + quiet if quiet else None,
        }
    else:
        values |= _after_failure(found.failures + 1, reply)
    with session_for(work.sessions, SYSTEM) as session:
        is_ours = _write(session, work, values)
        if is_ours and not reply.is_good:
            _go_on_later(session, found.id, values, reply)
    if is_ours and reply.is_good:
        work.place = Place.of(event)
        found.failures = 0
    return is_ours and reply.is_good


def _after_failure(failures: int, reply: Reply) -> dict[str, Any]:
    if reply.is_final or failures > len(DELAYS):
        return {
            "failures": failures,
            "state": SubscriptionState.PARKED,
            "parked_at": now(),
            "not_before": None,
        }
    pause = timedelta(seconds=_pause(failures, reply))
    return {"failures": failures, "not_before": func.now() + pause}


def _pause(failures: int, reply: Reply) -> float:
    """Return the seconds until the next attempt: ours, or longer where the subscriber asks it."""
    return max(DELAYS[failures - 1], reply.retry_after or 0.0)


def _write(session: Session, work: _Work, values: dict[str, Any]) -> bool:
    place = tuple_(Subscription.era, Subscription.transaction_id, Subscription.sequence)
    written = session.execute(
        update(Subscription)
        .where(
            Subscription.id == work.subscription.id,
            Subscription.state == SubscriptionState.RUNNING,
            place == astuple(work.place),
        )
        .values(**values)
        .returning(Subscription.id)
        .execution_options(synchronize_session=False)
    )
    return written.first() is not None


def _go_on_later(session: Session, id_: UUID, values: dict[str, Any], reply: Reply) -> None:
    failures = values["failures"]
    log(
        LogEvent.DELIVERY_FAILED,
        subscription=str(id_),
        outcome=reply.outcome.value,
        status=reply.status,
        failures=failures,
    )
    if "state" in values:
        log(LogEvent.SUBSCRIPTION_PARKED, subscription=str(id_), failures=failures)
    elif (pause := _pause(failures, reply)) <= SOON:
        queue_delivery(session, id_, after=pause)
