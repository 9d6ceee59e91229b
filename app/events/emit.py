"""Telling that something happened: the event, and the waking of who is told, in one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db.bulk import insert_rows
from app.events.catalogue import Occurrence
from app.jobs import make_queue, queue_job
from app.kernel.ids import new_id
from app.models import Event

DELIVER = "gebeurtenissen-afleveren"
QUEUE = "gebeurtenissen"
# A slow endpoint of one subscriber must not keep a match run from its turn.
AFTER_ALL_ELSE = -10

# Never opened: every job goes in over the connection of the session.
_OUTBOX = make_queue("")
_WOKEN = "subscribers woken"
_SUBSCRIBERS = text("SELECT pleegzorg_subscribers(:kind, :provider)")


def emit(
    session: Session, occurrence: Occurrence, *, provider_id: UUID | None = None, **fields: Any
) -> None:
    """Store one event in the session's transaction; fields as the catalogue has them.

    provider_id: the provider that it is for; None for staff alone. Raises FieldNotInCatalogue.
    """
    emit_all(session, occurrence, [fields], provider_id=provider_id)


def emit_all(
    session: Session,
    occurrence: Occurrence,
    facts: Iterable[Mapping[str, Any]],
    *,
    provider_id: UUID | None = None,
) -> None:
    """Store events of one kind, in the order of their facts; none is fine."""
    rows = [
        {
            "id": new_id(),
            "kind": occurrence.kind,
            "data": occurrence.data_of(fields),
            "provider_id": provider_id,
        }
        for fields in facts
    ]
    if rows:
        insert_rows(session, Event, rows)
        _wake(session, occurrence, provider_id)


def queue_delivery(
    session: Session, subscription: UUID, *, after: float = 0, look: int = 0
) -> None:
    """Queue the job that sends a subscription what it has not had yet.

    look: how often it has looked already for events of transactions that were still open.
    """
    queue_job(
        _OUTBOX,
        session,
        DELIVER,
        lock=delivery_lock(subscription),
        after=after,
        lane=QUEUE,
        priority=AFTER_ALL_ELSE,
        subscription=str(subscription),
        look=look,
    )


def delivery_lock(subscription: UUID) -> str:
    """Return the lock that lets one job at a time send to a subscription."""
    return f"abonnement:{subscription}"


def _wake(session: Session, occurrence: Occurrence, provider_id: UUID | None) -> None:
    """Queue a job for each subscription that is told of this, once a transaction.

    Who subscribes while this transaction is open is missed here, and found by the worker's sweep.
    """
    transaction, woken = session.info.get(_WOKEN, (None, set()))
    if transaction is not session.get_transaction():
        woken = set()
        session.info[_WOKEN] = (session.get_transaction(), woken)
    whose = {"kind": occurrence.kind, "provider": provider_id}
    for subscription in session.scalars(_SUBSCRIBERS, whose):
        if subscription not in woken:
            woken.add(subscription)
            queue_delivery(session, subscription)
