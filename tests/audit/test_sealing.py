"""The chain of seals: what is sealed when, and that nothing can be done to it unseen."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.audit.keys import key_id, known_keys, load_seal_key
from app.audit.noted import note_work
from app.audit.sealing import seal_lines
from app.audit.seals import digest_of, newest_seals
from app.audit.verifying import CHAIN, CUT, DIGEST, GONE, LINES, SIGNATURE, Verified, verify_chain
from app.db.opened import Database, open_database
from app.db.roles import WORKER
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.settings import Settings
from tests.databases import copied

BATCH = 4


@pytest.fixture(scope="module")
def of_the_module(settings: Settings, reference: Any) -> Iterator[Database]:
    """A database of the module's own, opened as the worker."""
    with (
        copied(settings, reference) as opened,
        open_database(
            settings, url=opened.url.render_as_string(hide_password=False), role=WORKER
        ) as worker,
    ):
        yield worker


@pytest.fixture
def owner(of_the_module: Database) -> Iterator[Engine]:
    """An administrator of the database, who may do anything: nobody should have to trust it."""
    made = create_engine(of_the_module.url)
    yield made
    made.dispose()


@pytest.fixture
def log(of_the_module: Database, owner: Engine, settings: Settings) -> Database:
    """Ten lines under three seals, and nothing of the test before."""
    tamper(owner, "TRUNCATE audit_event, audit_seal RESTART IDENTITY")
    write(of_the_module, 10)
    assert seal(of_the_module, settings) == (3, 10)
    return of_the_module


def write(database: Database, lines: int) -> None:
    for _ in range(lines):
        with session_for(database.sessions, SYSTEM) as session:
            note_work(session, "drukCrisislijstAf", client="toets")


def seal(database: Database, settings: Settings, **given: Any) -> tuple[int, int]:
    done = seal_lines(database.sessions, load_seal_key(settings), batch=BATCH, **given)
    return done.seals, done.lines


def verify(database: Database, settings: Settings, **given: Any) -> Verified:
    with session_for(database.sessions, SYSTEM) as session:
        return verify_chain(session, known_keys(settings), **given)


def tamper(owner: Engine, *statements: str) -> None:
    """As an administrator that switches the triggers off first."""
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def wrong(database: Database, settings: Settings, **given: Any) -> tuple[int, int | None, str]:
    broken = verify(database, settings, **given).broken
    assert broken is not None
    return broken.seal, broken.line, broken.why


def test_what_is_sealed_is_whole(log: Database, settings: Settings) -> None:
    """Every line under one seal; the tail is counted, with the age of its oldest line."""
    write(log, 2)
    found = verify(log, settings)
    assert (found.seals, found.lines, found.unsealed, found.broken) == (3, 10, 2, None)
    assert found.oldest is not None
    assert now() - found.oldest < timedelta(minutes=5)
    assert seal(log, settings) == (1, 2)
    assert verify(log, settings).unsealed == 0
    assert seal(log, settings) == (0, 0)


@pytest.mark.parametrize("column", ["actor", "purpose", "client", "at", "reference", "outcome"])
def test_a_changed_line_is_named(
    log: Database, owner: Engine, settings: Settings, column: str
) -> None:
    """Whatever of it was changed."""
    values = {"at": "at + interval '1 second'", "outcome": "'geweigerd'", "purpose": "'matchen'"}
    changed = values.get(column, "'een-ander'")
    tamper(owner, f"UPDATE audit_event SET {column} = {changed} WHERE id = 6")
    assert wrong(log, settings) == (2, 6, LINES)


def test_a_line_that_is_gone_is_named(log: Database, owner: Engine, settings: Settings) -> None:
    """The first of a batch, or one in the middle."""
    tamper(owner, "DELETE FROM audit_event WHERE id = 7")
    assert wrong(log, settings) == (2, 7, LINES)
    tamper(owner, "DELETE FROM audit_event WHERE id = 1")
    assert wrong(log, settings) == (1, 1, LINES)


def test_a_line_put_in_between_is_named(log: Database, owner: Engine, settings: Settings) -> None:
    """Also where a number was skipped, by work that was rolled back."""
    tamper(owner, "DELETE FROM audit_event WHERE id = 3")
    tamper(
        owner,
        "INSERT INTO audit_event (id, operation, actor, role, outcome) OVERRIDING SYSTEM VALUE"
        " VALUES (3, 'leesKind', 'vals', 'coordinator', 'gelukt')",
    )
    assert wrong(log, settings) == (1, 3, LINES)


def test_a_batch_that_is_gone_is_told(log: Database, owner: Engine, settings: Settings) -> None:
    """Its lines are not five years old: nobody may have let them go."""
    tamper(owner, "DELETE FROM audit_event WHERE id BETWEEN 5 AND 8")
    assert wrong(log, settings) == (2, 5, GONE)


def test_a_seal_that_is_gone_or_changed_is_told(
    log: Database, owner: Engine, settings: Settings
) -> None:
    """The chain names the next one, or the seal itself."""
    tamper(owner, "UPDATE audit_seal SET count = 3 WHERE number = 3")
    assert wrong(log, settings) == (3, None, DIGEST)
    tamper(owner, "DELETE FROM audit_seal WHERE number = 2")
    assert wrong(log, settings) == (3, None, CHAIN)


def test_who_has_the_database_alone_cannot_seal(
    log: Database, owner: Engine, settings: Settings
) -> None:
    """With a key of his own, and every digest worked out anew."""
    other = settings.model_copy(
        update={
            "audit_key": type(settings.audit_key)("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")
        }
    )
    tamper(
        owner,
        "DELETE FROM audit_seal",
        "UPDATE audit_event SET actor = 'een-ander' WHERE id = 6",
    )
    assert seal(log, other) == (3, 10)
    assert wrong(log, settings) == (1, None, SIGNATURE)
    # Nor by calling that key by the name of ours.
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        seals = connection.execute(text("SELECT * FROM audit_seal ORDER BY number")).all()
        assert len(seals) == 3
    ours = key_id(load_seal_key(settings).public)
    tamper(owner, f"UPDATE audit_seal SET key_id = '{ours}' WHERE number = 1")
    with session_for(log.sessions, SYSTEM) as session:
        digest = digest_of(newest_seals(session, size=3)[2])
    tamper(owner, f"UPDATE audit_seal SET digest = '{digest}' WHERE number = 1")
    assert wrong(log, settings) == (1, None, SIGNATURE)
    # A key of before is known by its public half.
    known = {**known_keys(settings), **known_keys(other)}
    tamper(owner, "DELETE FROM audit_seal")
    assert seal(log, other) == (3, 10)
    with session_for(log.sessions, SYSTEM) as session:
        assert verify_chain(session, known).broken is None


def test_an_end_that_was_cut_off_shows_by_a_seal_kept_elsewhere(
    log: Database, owner: Engine, settings: Settings
) -> None:
    """Without it what is left is whole: that is why the seal is printed and logged."""
    last = verify(log, settings).last
    assert last is not None
    assert verify(log, settings, told=last).broken is None
    tamper(owner, "DELETE FROM audit_event WHERE id > 8", "DELETE FROM audit_seal WHERE number = 3")
    assert verify(log, settings).broken is None
    assert wrong(log, settings, told=last) == (3, None, CUT)
    assert seal(log, settings) == (0, 0)


def test_a_line_that_comes_late_is_waited_for(log: Database, settings: Settings) -> None:
    """Its number was drawn before that of a line that is there already."""
    with log.sessions() as slow:
        slow.info["actor"] = SYSTEM
        note_work(slow, "drukCrisislijstAf", client="traag")
        write(log, 1)
        assert seal(log, settings, patience=0.1) == (0, 0)
        slow.commit()
    assert seal(log, settings) == (1, 2)
    assert verify(log, settings).broken is None


def test_lines_that_are_added_meanwhile_spoil_nothing(log: Database, settings: Settings) -> None:
    """Four write, two seal: every line is under one seal, and nobody waits for a seal."""
    writers = [threading.Thread(target=write, args=(log, 25)) for _ in range(4)]
    sealers = [
        threading.Thread(target=lambda: [seal(log, settings) for _ in range(8)]) for _ in range(2)
    ]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in (*writers, *sealers):
        thread.join()
    seal(log, settings)
    found = verify(log, settings)
    assert (found.lines, found.unsealed, found.broken) == (110, 0, None)


def age(owner: Engine, seals: str, years: str) -> None:
    """Let lines be of years ago before they are sealed anew."""
    tamper(
        owner,
        "DELETE FROM audit_seal",
        f"UPDATE audit_event SET at = at - interval '{years}' WHERE id <= {seals}",
    )


FORGET = "SELECT pleegzorg_audit_forget(now())"


def test_old_lines_go_and_the_chain_still_proves_itself(
    log: Database, owner: Engine, settings: Settings
) -> None:
    """Whole batches older than five years; the seals stay."""
    age(owner, "6", "6 years")
    assert seal(log, settings) == (3, 10)
    with session_for(log.sessions, SYSTEM) as session:
        assert session.scalar(text(FORGET)) == 4  # the second batch holds two young lines
        assert session.scalar(text(FORGET)) == 0
    found = verify(log, settings)
    assert (found.seals, found.lines, found.forgotten, found.broken) == (3, 6, 1, None)


def test_nothing_younger_than_five_years_is_let_go(
    log: Database, owner: Engine, settings: Settings
) -> None:
    """Whatever day is asked for; a day less than five years is kept."""
    age(owner, "10", "5 years' + interval '1 day")
    assert seal(log, settings) == (3, 10)
    with session_for(log.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT pleegzorg_audit_forget('infinity')")) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_seal SET count = 0",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
    ],
)
def test_nothing_is_changed_by_mistake(log: Database, owner: Engine, statement: str) -> None:
    """Not by the worker, and not by the owner of the tables either."""
    with pytest.raises(ProgrammingError, match="permission denied"), log.sessions() as session:
        session.execute(text(statement))
    with (
        pytest.raises(ProgrammingError, match="alleen bijgeschreven"),
        owner.begin() as connection,
    ):
        connection.execute(text("SET LOCAL pleegzorg.forgetting = 'ja'"))
        connection.execute(text(statement))


@pytest.mark.parametrize("column", ["id", "at"])
def test_who_adds_a_line_says_neither_its_number_nor_its_instant(
    log: Database, column: str
) -> None:
    """A line that is dated back would hide who looked today."""
    value = {"id": "1000", "at": "'2020-01-01'"}[column]
    statement = (
        f"INSERT INTO audit_event ({column}, operation, actor, role, outcome)"
        f" OVERRIDING SYSTEM VALUE VALUES ({value}, 'leesKind', 'x', 'coordinator', 'gelukt')"
    )
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        session_for(log.sessions, SYSTEM) as session,
    ):
        session.execute(text(statement))
