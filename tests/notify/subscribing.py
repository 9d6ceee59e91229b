"""Subscribing a receiver in tests, and sending it what is due."""

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now
from app.models import Subscription
from app.notify.delivery import deliver
from app.notify.schemas import SubscriptionIn
from app.notify.service import subscribe
from app.notify.tasks import sweep
from app.settings import Settings
from tests.databases import of_worker
from tests.notify.receiver import Receiver
from tests.notify.telling import provider_id, wait_until_settled

ADMINISTRATOR = Actor("beheer", ActorRole.ADMINISTRATOR)


def subscribe_to(
    told: Database, receiver: Receiver, settings: Settings, code: str | None = "spirit"
) -> UUID:
    wait_until_settled(told)
    actor = ADMINISTRATOR
    if code is not None:
        actor = Actor("systeem", ActorRole.PROVIDER_SYSTEM, provider_id(told, code))
    with session_for(told.sessions, actor) as session:
        wish = SubscriptionIn(address=receiver.url)
        return subscribe(session, actor=actor, wish=wish, settings=settings).id


def stored(told: Database, id_: UUID) -> Subscription:
    with session_for(told.sessions, SYSTEM) as session:
        return session.get_one(Subscription, id_)


def send(told: Database, settings: Settings, id_: UUID) -> Subscription:
    wait_until_settled(told)
    deliver(told.sessions, settings, id_)
    return stored(told, id_)


def let_time_pass(told: Database, id_: UUID) -> None:
    """Make the next attempt due now."""
    with session_for(told.sessions, SYSTEM) as session:
        due = {"not_before": now() - timedelta(seconds=1)}
        session.execute(update(Subscription).where(Subscription.id == id_).values(**due))


def numbers(receiver: Receiver) -> list[str]:
    return [json.loads(message.body)["data"]["gezin"] for message in receiver.received]


def sweep_once(told: Database) -> int:
    """Look for what no job was queued for, as the worker does; return how many it queued."""
    with of_worker(told) as own:
        return sweep(own.sessions)
