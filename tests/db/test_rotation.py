"""Sealing anew with another key: all of it, from where it was left, while others work."""

import base64
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn, digests_bsn, digests_name
from app.db.keyfile import Keys
from app.db.keyring import KeyRing, current_ring, ring_of
from app.db.opened import Database, open_throwaway
from app.db.roles import APPLICATION, MIGRATOR
from app.db.rotation import seal_anew
from app.db.sealed_count import count_sealed, enforce, missing_rules
from app.db.session import act_as, make_engine
from app.kernel.actor import SYSTEM
from app.models import Child, ChildBsn, Registration
from app.reference.service import ensure_reference
from app.settings import Settings
from tests.rows import make_family, make_registration

BSN = "999530410"
FIRST = current_ring().main_key(1)
SECOND = bytes(range(32))
OLD = KeyRing(Keys({1: FIRST}, 1, FIRST))
BOTH = KeyRing(Keys({1: FIRST, 2: SECOND}, 2, FIRST))
NEW = KeyRing(Keys({2: SECOND}, 2, FIRST))
ROWS = 5


@pytest.fixture
def filled(settings: Settings) -> Iterator[Database]:
    """A database of its own with a few children and families, sealed with version 1."""
    with open_throwaway(settings) as opened:
        with opened.sessions() as session, session.begin():
            act_as(session, SYSTEM)
            ensure_reference(session)
            make_family(session, reference="S-1", name="De Wit", faith="geen")
            for n in range(ROWS):
                made = make_registration(
                    session, number=f"AM-{n}", bsn=BSN if n == 0 else None,
                    child_voice=f"stem {n}", prevention={"jimOvergeslagen": "nee"},
                )  # fmt: skip
                session.get_one(Child, made.child_id).first_name = f"Kind {n}"
        yield opened


@pytest.fixture
def owner(filled: Database) -> Iterator[Engine]:
    """As the owner of the tables."""
    engine = make_engine(filled.url, role=MIGRATOR)
    yield engine
    engine.dispose()


@pytest.fixture
def process_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Let this process have another ring."""
    yield lambda ring: monkeypatch.setattr("app.db.sealed.current_ring", lambda: ring)


def read(database: Database) -> list[tuple[str, str]]:
    with database.sessions() as session:
        act_as(session, SYSTEM)
        rows = session.execute(
            select(Child.first_name, Registration.child_voice)
            .join(Registration, Registration.child_id == Child.id)
            .order_by(Registration.number)
        )
        return [(name, voice) for name, voice in rows]


WHOLE = [(f"Kind {n}", f"stem {n}") for n in range(ROWS)]


def test_everything_is_sealed_with_the_new_key_and_read_without_the_old(
    filled: Database, owner: Engine, process_with: object
) -> None:
    """Text, documents, the BSN, and what they are found by; nothing else of a row changes."""
    before = _rest(filled)
    done = seal_anew(owner, BOTH)
    assert (done.unreadable, done.held) == ([], 0)
    assert done.sealed["registration.child_voice"] == ROWS
    process_with(NEW)  # type: ignore[operator]
    assert read(filled) == WHOLE
    counted = count_sealed(owner, NEW)
    assert counted.uses(1) == 0
    assert counted.versions["child.first_name"] == {"2": ROWS}
    assert counted.digests == {"child.name_digest": {"2": ROWS}, "child_bsn.digest": {"2": 1}}
    assert _rest(filled) == before
    assert not any(seal_anew(owner, BOTH).sealed.values())


def _rest(database: Database) -> list[tuple[object, ...]]:
    """What must stay as it is: versions that a reader has, the feed of changes, the history."""
    engine = create_engine(database.url)
    with engine.connect() as connection:
        found = [
            *connection.execute(text("SELECT id, version, number FROM registration ORDER BY id")),
            *connection.execute(text("SELECT id, version, changed_in FROM family ORDER BY id")),
            *connection.execute(text("SELECT count(*) FROM stage_change")),
            *connection.execute(text("SELECT count(*) FROM field_change")),
        ]
    engine.dispose()
    return [tuple(row) for row in found]


def test_a_bsn_and_a_name_are_found_under_either_key_meanwhile(
    filled: Database, owner: Engine
) -> None:
    """Half-way there are digests of both."""
    one, two = (Settings(database_url=None, keys=keys) for keys in _told())
    assert ring_of(two).versions == (2, 1)
    with Session(owner) as session:
        child = session.scalars(select(ChildBsn)).one()
        assert child.digest in digests_bsn(BSN, one)
        assert child.digest in digests_bsn(BSN, two)
        assert decrypt_bsn(child.ciphertext, two, child=child.child_id) == BSN
    seal_anew(owner, ring_of(two))
    with Session(owner) as session:
        child = session.scalars(select(ChildBsn)).one()
        assert child.digest not in digests_bsn(BSN, one)
        assert child.digest in digests_bsn(BSN, two)
        names = session.scalars(select(Child.name_digest)).all()
        assert digests_name(" kind 3", ring_of(two))[0] in names


def _told() -> tuple[str, str]:
    first, second = (base64.b64encode(key).decode() for key in (FIRST, SECOND))
    return f"1:{first}", f"1:{first},2:{second}"


class _Killed(Exception):
    pass


def test_killed_in_the_middle_it_goes_on_with_the_rest(
    filled: Database, owner: Engine, process_with: object
) -> None:
    """Half of it is sealed anew, all of it can be read, and the second time does the rest."""

    def stop(column: str, _: int) -> None:
        if column == "family.name":
            raise _Killed

    with pytest.raises(_Killed):
        seal_anew(owner, BOTH, told=stop)
    counted = count_sealed(owner, BOTH)
    assert counted.versions["child.first_name"] == {"2": ROWS}
    assert counted.versions["registration.child_voice"] == {"1": ROWS}
    process_with(BOTH)  # type: ignore[operator]
    assert read(filled) == WHOLE
    done = seal_anew(owner, BOTH)
    assert not done.sealed.get("child.first_name")
    assert count_sealed(owner, NEW).uses(1) == 0


def test_two_at_once_and_a_writer_lose_nothing(
    filled: Database, owner: Engine, process_with: object
) -> None:
    """What a person saves meanwhile stays, whichever of the two keys it is sealed with."""
    process_with(BOTH)  # type: ignore[operator]
    with filled.sessions() as session, session.begin():
        act_as(session, SYSTEM)
        held = session.scalars(select(Registration).where(Registration.number == "AM-2")).one()
        held.child_voice = "van nu"
        session.flush()
        rotators = [threading.Thread(target=seal_anew, args=(owner, BOTH)) for _ in range(2)]
        for one in rotators:
            one.start()
        rotators[0].join(timeout=1.0)  # it waits for the row, and takes all others meanwhile
    for one in rotators:
        one.join(timeout=60)
    assert read(filled)[2] == ("Kind 2", "van nu")
    assert count_sealed(owner, NEW).unreadable == []


def test_what_cannot_be_read_is_named_by_its_row_and_left(filled: Database, owner: Engine) -> None:
    """Never by what it holds; the others are done."""
    with owner.begin() as connection:
        id_ = connection.scalar(
            text(
                "UPDATE registration SET child_voice = (SELECT b.child_voice FROM registration b"
                " WHERE b.number = 'AM-2') WHERE number = 'AM-1' RETURNING id"
            )
        )
    done = seal_anew(owner, BOTH)
    assert done.unreadable == [("registration.child_voice", str(id_))]
    assert done.sealed["registration.child_voice"] == ROWS - 1
    assert count_sealed(owner, BOTH).unreadable == done.unreadable


def test_plain_text_of_before_is_read_sealed_and_then_refused(
    filled: Database, owner: Engine
) -> None:
    """Expand, fill, enforce: a version of before this one wrote in the open."""
    _as_before(owner)
    assert read(filled) == [("Noor", "in het open")] * ROWS
    assert count_sealed(owner, OLD).lying_open == 3 * ROWS
    done = seal_anew(owner, OLD, only_open=True)
    assert done.sealed["registration.child_voice"] == ROWS
    assert not done.sealed.get("registration.staying_now")
    counted = count_sealed(owner, OLD)
    assert (counted.lying_open, counted.unreadable) == (0, [])
    assert read(filled) == [("Noor", "in het open")] * ROWS
    assert enforce(owner) == 4
    with owner.connect() as connection:
        assert missing_rules(connection) == []


def _as_before(owner: Engine) -> None:
    rules = {
        "child": ("first_name", "name_digest"),
        "registration": ("child_voice", "prevention"),
    }
    with owner.begin() as connection:
        for table, columns in rules.items():
            for column in columns:
                name = f"ck_{table}_{column}_sealed"
                connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        connection.execute(text("UPDATE child SET first_name = 'Noor', name_digest = NULL"))
        connection.execute(
            text(
                "UPDATE registration SET child_voice = 'in het open',"
                ' prevention = \'{"jimOvergeslagen": "nee"}\''
            )
        )


def test_the_service_may_not_do_this(filled: Database) -> None:
    """What is written once stays so for the service; only the owner of the tables seals it anew."""
    engine = make_engine(filled.url, role=APPLICATION)
    with pytest.raises(Exception, match="permission denied"):
        seal_anew(engine, BOTH)
    engine.dispose()
