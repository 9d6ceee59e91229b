"""Webhooks to a real receiver: signed, in order, tried again, parked, and resumed without loss."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from standardwebhooks.webhooks import Webhook

from app.db.opened import Database
from app.db.sealing import unseal
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import Outcome, Subscription, SubscriptionState
from app.notify import delivery
from app.notify.delivery import DELAYS, deliver
from app.notify.sending import post
from app.notify.service import resume
from app.notify.signing import USE, show_secret
from app.settings import Settings
from tests.notify.receiver import Receiver
from tests.notify.subscribing import (
    ADMINISTRATOR,
    let_time_pass,
    numbers,
    send,
    stored,
    subscribe_to,
    sweep_once,
)
from tests.notify.telling import tell_family, tell_run, wait_until_settled

pytestmark = [
    pytest.mark.timeout(300),  # waits for others' transactions
    pytest.mark.usefixtures("only_own"),
]


def test_a_message_is_a_signed_cloud_event(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """One event a message, structured JSON; its id is that of the event."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    found = send(told, settings, id_)
    (message,) = receiver.received
    secret = unseal(found.secret or b"", settings, use=USE, owner=found.id)
    event = Webhook(show_secret(secret)).verify(message.body, message.headers)
    assert event["id"] == message.headers["webhook-id"]
    assert event["type"] == "nl.pleegzorg.pleeggezin.toegevoegd"
    assert event["data"] == {"aanbieder": "spirit", "gezin": "SPI-1"}
    assert message.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert (found.outcome, found.last_status, found.failures) == (Outcome.DELIVERED, 204, 0)


def test_a_failure_is_tried_again_and_the_order_stays(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """After a 500 the next event waits; then both come, the first with the id that it had."""
    id_ = subscribe_to(told, receiver, settings)
    for number in ("SPI-1", "SPI-2"):
        tell_family(told, number)
    receiver.statuses = [500]
    found = send(told, settings, id_)
    assert (found.outcome, found.last_status, found.failures) == (Outcome.REFUSED, 500, 1)
    assert found.not_before is not None
    assert 0 < (found.not_before - now()).total_seconds() <= DELAYS[0]
    let_time_pass(told, id_)
    found = send(told, settings, id_)
    assert numbers(receiver) == ["SPI-1", "SPI-1", "SPI-2"]
    assert receiver.ids()[0] == receiver.ids()[1] != receiver.ids()[2]
    assert (found.failures, found.not_before) == (0, None)


def test_before_its_time_nothing_is_sent(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """A job that comes meanwhile, for a later event, leaves a subscriber in peace."""
    id_ = subscribe_to(told, receiver, settings)
    with session_for(told.sessions, SYSTEM) as session:
        later = {"not_before": now() + timedelta(hours=1)}
        session.execute(update(Subscription).where(Subscription.id == id_).values(**later))
    tell_family(told, "SPI-1")
    send(told, settings, id_)
    assert receiver.received == []
    assert sweep_once(told) == 0
    let_time_pass(told, id_)
    assert sweep_once(told) == 1


def test_a_dead_endpoint_is_parked_and_resumed_without_loss(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """After the last attempt it is left alone; from there on it goes on, each event once."""
    id_ = subscribe_to(told, receiver, settings)
    for number in ("SPI-1", "SPI-2", "SPI-3"):
        tell_family(told, number)
    receiver.statuses = [204, *[503] * (len(DELAYS) + 1)]
    for _ in DELAYS:
        assert send(told, settings, id_).state is SubscriptionState.RUNNING
        let_time_pass(told, id_)
    found = send(told, settings, id_)
    assert (found.state, found.last_status) == (SubscriptionState.PARKED, 503)
    assert found.failures == len(DELAYS) + 1
    before = len(receiver.received)
    tell_family(told, "SPI-4")
    send(told, settings, id_)
    assert (len(receiver.received), sweep_once(told)) == (before, 0)
    with session_for(told.sessions, ADMINISTRATOR) as session:
        resume(session, actor=ADMINISTRATOR, subscription_id=id_)
    found = send(told, settings, id_)
    assert numbers(receiver)[before:] == ["SPI-2", "SPI-3", "SPI-4"]
    assert (found.state, found.failures) == (SubscriptionState.RUNNING, 0)


def test_who_says_gone_is_parked_at_once(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """410: it will never take a message again."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    receiver.statuses = [410]
    found = send(told, settings, id_)
    assert (found.state, found.last_status) == (SubscriptionState.PARKED, 410)


def test_a_provider_gets_only_its_own_and_the_region_gets_all(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """Runs are for staff, and another provider's families for that provider and staff."""
    own = subscribe_to(told, receiver, settings)
    every = subscribe_to(told, receiver, settings, code=None)
    tell_family(told, "YOU-1", code="youke")
    with session_for(told.sessions, SYSTEM) as session:
        tell_run(session)
    tell_family(told, "SPI-1")
    send(told, settings, own)
    assert numbers(receiver) == ["SPI-1"]
    receiver.received.clear()
    send(told, settings, every)
    assert len(receiver.received) == 3


def test_what_another_worker_has_done_meanwhile_is_not_overwritten(
    told: Database, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that wakes up too late writes nothing, and sends no further event."""
    id_ = subscribe_to(told, receiver, settings)
    for number in ("SPI-1", "SPI-2"):
        tell_family(told, number)
    real = post

    def slow(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(delivery, "post", real)
        send(told, settings, id_)  # the other worker
        return real(*arguments, **options)  # type: ignore[arg-type]

    wait_until_settled(told)
    monkeypatch.setattr(delivery, "post", slow)
    deliver(told.sessions, settings, id_)
    assert numbers(receiver) == ["SPI-1", "SPI-2", "SPI-1"]
    place = stored(told, id_)
    monkeypatch.setattr(delivery, "post", real)
    send(told, settings, id_)
    assert len(receiver.received) == 3
    assert place.sequence == stored(told, id_).sequence


def test_a_redirect_is_not_followed(told: Database, receiver: Receiver, settings: Settings) -> None:
    """It could lead behind the walls that the first address was kept from."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    receiver.statuses, receiver.location = [307], receiver.url
    found = send(told, settings, id_)
    assert (found.outcome, found.last_status) == (Outcome.REFUSED, 307)
    assert len(receiver.received) == 1


def test_an_answer_that_drips_is_cut_off(receiver: Receiver) -> None:
    """Bytes keep coming, and the worker goes on after its patience all the same."""
    receiver.drips = True
    reply = post(receiver.url, b"{}", {"webhook-id": "1"}, anywhere=True, patience=0.5)
    receiver.drips = False
    assert reply.outcome is Outcome.NO_ANSWER


def test_nobody_there(told: Database, settings: Settings) -> None:
    """No server, or no such name: no answer, without a status."""
    for url in ("http://127.0.0.1:9/", "http://bestaat-niet.invalid/"):
        reply = post(url, b"{}", {}, anywhere=True)
        assert (reply.outcome, reply.status) == (Outcome.NO_ANSWER, None)


def test_a_worker_whose_clock_is_ahead_puts_nothing_off_for_long(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """Its clock jumps a day: the next attempt is due by the clock of the database."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    receiver.statuses = [500]
    wait_until_settled(told)
    with time_machine.travel(now() + timedelta(days=1)):
        deliver(told.sessions, settings, id_)
    found = stored(told, id_)
    assert found.failures == 1
    assert found.not_before is not None
    assert (found.not_before - now()).total_seconds() <= DELAYS[0]
