"""A subscriber that asks for peace gets it, within bounds."""

from datetime import UTC, datetime

import pytest

from app.db.opened import Database
from app.kernel.clock import now
from app.models import SubscriptionState
from app.notify.delivery import DELAYS
from app.notify.retry_after import LONGEST_PEACE, read_retry_after
from app.settings import Settings
from tests.notify.receiver import Receiver
from tests.notify.subscribing import send, subscribe_to
from tests.notify.telling import tell_family

AT = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("120\x1f", 120.0),
        ("Sat, 28 Nov 2026 12:01:30 GMT", 90.0),
        ("Sat, 28 Nov 2026 11:00:00 GMT", 0.0),
        ("99999999999", LONGEST_PEACE),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_PEACE),
        ("straks", None),
        ("-5", None),
        ("", None),
        ("1" * 5000, None),
        (None, None),
    ],
)
def test_seconds_and_dates_are_read(text: str | None, seconds: float | None) -> None:
    """And what is neither counts as nothing said; a day is the most."""
    assert read_retry_after(text, AT) == seconds


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("only_own")
@pytest.mark.parametrize(("asked", "least"), [("1800", 1800), ("1", DELAYS[0])])
def test_the_next_attempt_is_not_before_that(
    told: Database, receiver: Receiver, settings: Settings, *, asked: str, least: int
) -> None:
    """Nor before our own pause: a subscriber cannot ask for haste."""
    id_ = subscribe_to(told, receiver, settings)
    tell_family(told, "SPI-1")
    receiver.statuses, receiver.retry_after = [503], asked
    begun = now()
    found = send(told, settings, id_)
    assert (found.failures, found.state) == (1, SubscriptionState.RUNNING)
    assert found.not_before is not None
    assert (found.not_before - begun).total_seconds() >= least
    assert (found.not_before - now()).total_seconds() <= least
