"""Purging by term: on the day and not before, counted first, and on from where it was killed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from app.cli.opschonen import as_csv
from app.db.opened import Database
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions, session_for
from app.kernel.actor import SYSTEM
from app.kernel.words import FamilyStatus
from app.models import (
    Family,
    GivenAnswer,
    MatchRun,
    PurgeReport,
    PurgeState,
    Registration,
    RegistrationState,
)
from app.rights import purge as purging
from app.rights.nightly import purge_by_night
from app.rights.purge import approve, begin, count_due, perform, propose
from tests.databases import copied
from tests.rights.full import NUMBER, SETTINGS, make_full
from tests.rights.planting import dump
from tests.rows import make_family, make_registration

LONG_AGO = datetime(2004, 2, 29, 12, tzinfo=UTC)
LAST_DAY = date(2024, 2, 29)


def age(session: Session, registration_id: UUID, moment: datetime) -> None:
    """Let a registration have been made at a moment, and nothing have happened since."""
    session.execute(
        update(Registration).where(Registration.id == registration_id).values(created_at=moment)
    )
    session.flush()
    before = session.scalar(text("SELECT current_user"))
    session.execute(text("SET LOCAL ROLE NONE"))
    for table, column in (("stage_change", "at"), ("child", "created_at")):
        key = "registration_id" if table == "stage_change" else "id"
        owner = "id" if table == "stage_change" else "child_id"
        session.execute(
            text(
                f"UPDATE {table} SET {column} = :at WHERE {key} ="
                f" (SELECT {owner} FROM registration WHERE id = :id)"
            ),
            {"at": moment, "id": registration_id},
        )
    session.execute(text(f"SET LOCAL ROLE {before}"))


def closed(session: Session, number: str, moment: datetime = LONG_AGO) -> UUID:
    """A registration that was closed, at a moment."""
    made = make_registration(session, number=number, state=RegistrationState.CLOSED)
    age(session, made.id, moment)
    return made.id


@pytest.mark.parametrize(("after", "goes"), [(0, False), (1, True)])
def test_a_file_goes_on_the_day_after_its_last(session: Session, after: int, goes: bool) -> None:
    """Twenty years after a leap day: on 29 February it must be there, on 1 March it may go."""
    id_ = closed(session, "AM-OUD")
    due = count_due(session, LAST_DAY + timedelta(days=after), with_keys=True)
    child = str(session.get_one(Registration, id_).child_id)
    assert (child in due.get("dossier", {}).get("ids", ())) is goes
    assert ("oudste" in due.get("dossier", {})) is goes


def test_a_file_with_a_later_change_stays(session: Session) -> None:
    """Of a child that was registered again, or of whom something was written later."""
    full = make_full(session)
    age(session, full.registration_id, LONG_AGO)
    assert "dossier" not in count_due(session, date(2025, 1, 1))
    far = count_due(session, date(2060, 1, 1), with_keys=True)
    assert str(full.child_id) in far["dossier"]["ids"]


def test_who_was_never_helped_goes_sooner(session: Session) -> None:
    """Five years after a withdrawal without any help; a withdrawn child with a family stays."""
    id_ = closed(session, "AM-INGETROKKEN")
    session.execute(
        update(Registration)
        .where(Registration.id == id_)
        .values(state=RegistrationState.WITHDRAWN, withdrawn_at=LONG_AGO)
    )
    age(session, id_, LONG_AGO)
    assert "ingetrokken" not in count_due(session, date(2009, 3, 1))
    assert count_due(session, date(2009, 3, 2))["ingetrokken"]["aantal"] == 1


def test_counting_changes_nothing(session: Session) -> None:
    """Every table is the same after a dry run that found something in it."""
    closed(session, "AM-OUD")
    before = dump(session)
    assert count_due(session, date(2060, 1, 1))["dossier"]["aantal"] == 1
    assert dump(session) == before


def test_a_report_holds_nothing_about_anybody(session: Session) -> None:
    """Proposed by night, approved by a person, in counts alone; also as CSV."""
    closed(session, "AM-OUD")
    row = propose(session, SYSTEM, date(2030, 1, 1))
    assert row is not None
    assert propose(session, SYSTEM, date(2030, 1, 1)) is None
    assert approve(session, SYSTEM, row.id).state is PurgeState.APPROVED
    told = repr(row.due) + as_csv(row.due)
    assert "dossier,,1,2004-02-29" in told
    assert not any(word in told for word in ("AM-OUD", "Noor", "ids"))


@pytest.fixture
def apart(settings: Any, reference: Any) -> Iterator[Database]:
    """A database of this test's own: each step of a purge is committed."""
    with copied(settings, reference, fill) as opened:
        yield opened


def fill(session: Session) -> None:
    for n in range(5):
        closed(session, f"AM-OUD-{n}")
    make_full(session)
    stopped = make_family(
        session, reference="SPI-STOP", name="Gestoptgezin", status=FamilyStatus.STOPPED,
        source_updated_at=LONG_AGO,
    )  # fmt: skip
    assert stopped
    session.add(GivenAnswer(actor="systeem", key="k", digest="d", headers={}, created_at=LONG_AGO))


@pytest.fixture
def worker(apart: Database) -> Iterator[sessionmaker[Session]]:
    """Sessions as the worker: it takes the eraser's role for itself."""
    engine = make_engine(apart.url, role=WORKER)
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture
def owner(apart: Database) -> Iterator[Engine]:
    engine = create_engine(apart.url)
    yield engine
    engine.dispose()


class Killed(BaseException):
    """The end of a process, in the middle."""


def numbers(owner: Engine) -> list[str]:
    with Session(owner) as session:
        return sorted(session.scalars(select(Registration.number)))


def test_a_purge_that_is_killed_goes_on_where_it_was(
    worker: sessionmaker[Session], owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had gone stays gone and counted; what had begun is whole; the rest goes afterwards."""
    today = date(2026, 11, 29)
    begun = begin(worker, SYSTEM, today)
    assert begun is not None
    inner, done = purging.remove, 0

    def killed(*given: Any) -> Any:
        nonlocal done
        told = inner(*given)
        done += 1
        if done == 3:
            raise Killed
        return told

    monkeypatch.setattr(purging, "remove", killed)
    with pytest.raises(Killed):
        perform(worker, SETTINGS, begun)
    monkeypatch.setattr(purging, "remove", inner)
    left = [number for number in numbers(owner) if number.startswith("AM-OUD")]
    assert len(left) == 3  # of the third nothing had gone
    assert begin(worker, SYSTEM, today) == begun
    told = perform(worker, SETTINGS, begun)
    assert told["dossier"]["aantal"] == 5
    assert told["dossier"]["tabellen"]["registration"] == 5
    assert told["antwoorden"]["aantal"] == 1
    assert told["gezin"]["aantal"] == 1
    assert "overgeslagen" in told["logboek"] or "aantal" in told["logboek"]
    assert not [number for number in numbers(owner) if number.startswith("AM-OUD")]
    assert NUMBER in numbers(owner)
    with Session(owner) as session:
        row = session.scalars(select(PurgeReport)).one()
        assert (row.state, row.removed) == (PurgeState.DONE, told)
        family = session.scalars(select(Family).where(Family.reference == "SPI-STOP")).one()
        assert family.name == "vernietigd"
    assert begin(worker, SYSTEM, today) is None
    assert perform(worker, SETTINGS, begun) == {}


def test_by_night_a_person_is_asked_first(worker: sessionmaker[Session], owner: Engine) -> None:
    """Proposed at three, not at noon; removed only once it was approved."""
    noon, night = (datetime(2026, 11, 29, hour, tzinfo=UTC) for hour in (12, 2))
    purge_by_night(worker, SETTINGS, noon)
    with Session(owner) as session:
        assert session.scalars(select(PurgeReport)).all() == []
    for _ in range(2):
        purge_by_night(worker, SETTINGS, night)
    with Session(owner) as session:
        row = session.scalars(select(PurgeReport)).one()
        assert (row.state, row.removed) == (PurgeState.PROPOSED, {})
    assert len(numbers(owner)) == 7
    with session_for(worker, SYSTEM) as session:
        session.execute(text("SET LOCAL ROLE pleegzorg_eraser"))
        approve(session, SYSTEM, row.id)
    purge_by_night(worker, SETTINGS, noon)
    assert [number for number in numbers(owner) if number.startswith("AM-OUD")] == []


def test_a_run_forgets_what_it_weighed_after_five_years(session: Session) -> None:
    """The row stays, with its policy and its proof; it cannot be played again."""
    from tests.proposals.running import run_here

    make_registration(session, number="AM-1")
    run = run_here(session)
    finished = datetime(2020, 1, 10, 12, tzinfo=UTC)
    session.execute(update(MatchRun).where(MatchRun.id == run.id).values(finished_at=finished))
    assert "matchruns" not in count_due(session, date(2025, 1, 10))
    assert count_due(session, date(2025, 1, 11))["matchruns"]["aantal"] == 1
