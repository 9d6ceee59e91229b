"""Events are kept for a while; whoever comes back later is told so, and misses nothing unaware."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import SessionMaker, make_engine, make_sessions, session_for
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now
from app.kernel.errors import Conflict, NoLongerKept
from app.models import Subscription, SubscriptionState
from app.notify.purge import purge
from app.notify.queries import Place
from app.notify.service import read_feed, resume
from app.settings import Settings
from tests.notify.receiver import Receiver
from tests.notify.subscribing import ADMINISTRATOR, subscribe_to
from tests.notify.telling import now_in, tell_family, wait_until_settled

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("only_own")]
STAFF = Actor("an", ActorRole.INTAKE)


@pytest.fixture
def worker(told: Database) -> Iterator[SessionMaker]:
    """Sessions as the worker has them."""
    engine = make_engine(told.url, role=WORKER)
    yield make_sessions(engine)
    engine.dispose()


def grow_old(told: Database, number: str, days: int) -> None:
    """Let what was told of a family be from so many days ago."""
    engine = create_engine(told.url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE event SET recorded_at = :at WHERE data->>'gezin' = :number"),
            {"at": now() - timedelta(days=days), "number": number},
        )
    engine.dispose()


def read(told: Database, after: Place) -> tuple[list[str], Place]:
    wait_until_settled(told)
    with session_for(told.sessions, STAFF) as session:
        found, place = read_feed(session, actor=STAFF, kinds=[], after=after, size=50)
        return [event.data["gezin"] for event in found if "gezin" in event.data], place


def test_what_is_old_goes_and_a_later_reader_is_told(told: Database, worker: SessionMaker) -> None:
    """From the place on up to which all went nothing is missing; without a cursor one begins."""
    start = now_in(told)
    for number in ("OUD-1", "OUD-2", "NIEUW-1"):
        tell_family(told, number)
    wait_until_settled(told)
    with session_for(told.sessions, STAFF) as session:
        first, second, _ = read_feed(session, actor=STAFF, kinds=[], after=start, size=3)[0]
        places = Place.of(first), Place.of(second)
    for number in ("OUD-1", "OUD-2"):
        grow_old(told, number, days=181)
    assert purge(worker, days=180) >= 2
    assert purge(worker, days=180) == 0
    for place in (start, places[0]):
        with pytest.raises(NoLongerKept, match="zonder cursor"):
            read(told, place)
    assert read(told, places[1])[0] == ["NIEUW-1"]
    assert "OUD-2" not in read(told, Place())[0]


def test_of_what_lies_behind_something_newer_nothing_goes(
    told: Database, worker: SessionMaker
) -> None:
    """The oldest first, and no holes: a reader's place says all."""
    tell_family(told, "VERS-1")
    tell_family(told, "OUD-3")
    grow_old(told, "OUD-3", days=400)
    assert purge(worker, days=180) == 0
    assert "OUD-3" in read(told, Place())[0]


def test_the_database_lets_none_go_within_thirty_days(told: Database, worker: SessionMaker) -> None:
    """Whatever the configuration says, and the service lets none go at all."""
    tell_family(told, "VERS-2")
    grow_old(told, "VERS-2", days=29)
    with session_for(worker, SYSTEM) as session:
        session.execute(text("DELETE FROM event WHERE data->>'gezin' = 'VERS-2'"))
    assert "VERS-2" in read(told, Place())[0]
    with pytest.raises(ProgrammingError), session_for(told.sessions, SYSTEM) as session:
        session.execute(text("DELETE FROM event"))


def test_who_was_parked_too_long_begins_anew(
    told: Database, worker: SessionMaker, receiver: Receiver, settings: Settings
) -> None:
    """Going on would leave out what it missed, and nobody would know."""
    tell_family(told, "OUD-4")
    engine = create_engine(told.url)
    with engine.begin() as connection:  # all of it: the oldest go first, or nothing does
        old = {"at": now() - timedelta(days=181)}
        connection.execute(text("UPDATE event SET recorded_at = :at"), old)
    engine.dispose()
    wait_until_settled(told)
    assert purge(worker, days=180) >= 1
    id_ = subscribe_to(told, receiver, settings)
    with session_for(told.sessions, SYSTEM) as session:
        found = session.get_one(Subscription, id_)
        found.state, found.parked_at = SubscriptionState.PARKED, now()
        found.era, found.transaction_id = 0, 1
    with (
        pytest.raises(Conflict, match="neem een nieuw"),
        session_for(told.sessions, ADMINISTRATOR) as session,
    ):
        resume(session, actor=ADMINISTRATOR, subscription_id=id_)
