"""The feed loses nothing: real transactions that commit in another order than they began."""

import random
from collections.abc import Iterator
from threading import Thread
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import act_as, session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotReady
from app.kernel.ids import new_id
from app.models import Event
from app.notify.queries import Place, is_of_other_server
from app.notify.service import OTHER_SERVER, read_feed
from tests.notify.telling import now_in, tell_run, wait_until_settled

pytestmark = pytest.mark.timeout(300)  # waits for others' transactions


class Reader:
    """Reads the feed as a client does: on from the last event that it was given."""

    def __init__(self, database: Database, after: Place) -> None:
        self._database = database
        self.place = after
        self.seen: list[UUID] = []

    def read(self, size: int = 3) -> list[UUID]:
        with session_for(self._database.sessions, SYSTEM) as session:
            events, self.place = read_feed(
                session, actor=SYSTEM, kinds=[], after=self.place, size=size
            )
        found = [UUID(event.data["matchrun"]) for event in events]
        self.seen += found
        return found

    def read_all(self) -> list[UUID]:
        wait_until_settled(self._database)
        found: list[UUID] = []
        while part := self.read():
            found += part
        return found


@pytest.fixture
def reader(told: Database) -> Reader:
    wait_until_settled(told)
    return Reader(told, now_in(told))


@pytest.fixture
def open_session(told: Database) -> Iterator[Session]:
    """A session whose transaction the test ends by itself."""
    with told.sessions() as session:
        act_as(session, SYSTEM)
        yield session


def take_number(session: Session) -> None:
    """Let a transaction take its number, as its first write does."""
    session.execute(text("SELECT pg_current_xact_id()"))


def test_a_transaction_that_commits_late_is_not_passed_by(
    told: Database, open_session: Session, reader: Reader
) -> None:
    """T1 begins, T2 commits first: neither is shown before T1 ends, then each exactly once."""
    first = tell_run(open_session)
    with session_for(told.sessions, SYSTEM) as session:
        second = tell_run(session)
    assert reader.read() == []
    open_session.commit()
    assert reader.read_all() == [first, second]
    assert reader.read_all() == []


def test_an_event_told_later_in_an_older_transaction_comes_first(
    told: Database, open_session: Session, reader: Reader
) -> None:
    """By the order of telling the reader would have gone past it already."""
    take_number(open_session)
    with session_for(told.sessions, SYSTEM) as session:
        second = tell_run(session)
    assert reader.read() == []
    first = tell_run(open_session)
    open_session.commit()
    assert reader.read_all() == [first, second]


def test_what_lies_before_an_open_transaction_is_shown(
    told: Database, open_session: Session, reader: Reader
) -> None:
    """An open transaction holds back only what began after it; a rolled back one tells nothing."""
    with session_for(told.sessions, SYSTEM) as session:
        before = tell_run(session)
    take_number(open_session)
    tell_run(open_session)
    with session_for(told.sessions, SYSTEM) as session:
        after = tell_run(session)
    wait_for_place(reader, before)
    assert reader.seen == [before]
    open_session.rollback()
    assert reader.read_all() == [after]


def wait_for_place(reader: Reader, wanted: UUID) -> None:
    for _ in range(600):
        reader.read()
        if wanted in reader.seen:
            return
        sleep(0.1)
    raise AssertionError("it was never shown")


def test_many_writers_and_a_reader_at_once(told: Database, reader: Reader) -> None:
    """Six writers with pauses of chance between telling and committing; a reader all the while."""
    written: list[UUID] = []

    def write(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(8):
            with session_for(told.sessions, SYSTEM) as session:
                runs = [tell_run(session) for _ in range(dice.randint(1, 3))]
                sleep(dice.random() * 0.02)
                runs.append(tell_run(session))
            written.extend(runs)

    writers = [Thread(target=write, args=(seed,)) for seed in range(6)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        reader.read()
    for writer in writers:
        writer.join()
    reader.read_all()
    assert len(reader.seen) == len(set(reader.seen)) == len(written)
    assert set(reader.seen) == set(written)


def test_events_of_another_server_are_noticed_and_come_before_a_new_era(
    told: Database, reader: Reader
) -> None:
    """After a dump was restored elsewhere, numbers lie ahead: until a new era nothing is shown.

    Then the old ones are, and what is told on the new server comes after them.
    """
    with session_for(told.sessions, SYSTEM) as session:
        before = tell_run(session)
    assert reader.read_all() == [before]
    ahead = new_id()
    with session_for(told.sessions, SYSTEM) as session:
        assert not is_of_other_server(session)
        session.add(
            Event(kind="matchrun.klaar", data={"matchrun": str(ahead)}, transaction_id=2**60)
        )
    with session_for(told.sessions, SYSTEM) as session:
        assert is_of_other_server(session)
    with pytest.raises(NotReady, match=OTHER_SERVER[:40]):
        reader.read()
    owner = create_engine(told.url)
    with owner.begin() as connection:
        connection.execute(text("SELECT nextval('event_era')"))
    owner.dispose()
    with session_for(told.sessions, SYSTEM) as session:
        assert not is_of_other_server(session)
        after = tell_run(session)
    assert reader.read_all() == [ahead, after]
