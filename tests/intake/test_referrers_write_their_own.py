"""A referrer writes under its own name: a forgotten filter reaches no other registration."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.intake import register, write
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.legal_frame import AuthorityKind, Consent
from app.kernel.words import Problem, Urgency
from app.models import (
    AuthorityHolder,
    Child,
    LegalFrame,
    Registration,
    RegistrationProblem,
    RegistrationState,
)
from tests.doors import open_door, signed_in

Body = dict[str, Any]
OTHER, OWN = signed_in("verwijzer", "gi-b"), signed_in("verwijzer", "gi-a")
TABLES = (Registration, Child, RegistrationProblem, LegalFrame, AuthorityHolder)
FRAME = {
    "gezag": [{"soort": "ouder", "toestemming": "ja"}], "verantwoordelijkeGemeente": "Diemen",
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files)


@pytest.fixture
def both(client: TestClient, example: Body) -> tuple[UUID, UUID]:
    """One registration of another organisation, which came first, and one of one's own."""
    told = example | {"broersZussen": None}
    found = []
    for who, number, bsn in ((OTHER, "AM-1", "999530410"), (OWN, "AM-2", "999990019")):
        body = told | {"aanmeldnummer": number, "bsn": bsn}
        made = client.post("/v1/kinderen", json=body, headers=who)
        assert made.status_code == 201, made.text
        where = f"{made.headers['Location']}/juridisch-kader"
        kept = client.put(where, json=FRAME, headers=who | {"If-Match": '"0"'})
        assert kept.status_code == 200, kept.text
        found.append(UUID(made.json()["id"]))
    return found[0], found[1]


@contextmanager
def as_referrer(session: Session) -> Iterator[Session]:
    session.commit()
    act_as(session, Actor(name="toets", role=ActorRole.REFERRER, organisation="gi-a"))
    yield session
    session.commit()
    act_as(session, SYSTEM)


def states(session: Session) -> dict[UUID, RegistrationState]:
    session.commit()  # as the system again, on the connection of the door
    session.expire_all()
    rows = session.execute(select(Registration.id, Registration.state))
    return {row.id: row.state for row in rows}


def test_a_withdrawal_that_forgets_whose_it_is_reaches_its_own_alone(
    client: TestClient, session: Session, both: tuple[UUID, UUID], monkeypatch: Any
) -> None:
    """It takes the first registration that it can lock, and that is never another's."""
    other, own = both
    first = select(Registration).order_by(Registration.id).limit(1).with_for_update()
    monkeypatch.setattr(
        register, "registration_for_change", lambda session, _: session.scalar(first)
    )
    head = OWN | {"If-Match": client.get(f"/v1/kinderen/{own}", headers=OWN).headers["ETag"]}
    answer = client.post(f"/v1/kinderen/{own}/_intrekken", json={"reden": "anders"}, headers=head)
    assert answer.status_code == 200, answer.text
    assert states(session) == {
        other: RegistrationState.SEARCHING, own: RegistrationState.WITHDRAWN,
    }  # fmt: skip


def test_a_change_that_forgets_its_filter_reaches_its_own_alone(  # noqa: PLR0917
    client: TestClient, session: Session, both: tuple[UUID, UUID], example: Body, monkeypatch: Any
) -> None:
    """All registrations and children overwritten, and all details removed: one's own are all."""
    other, own = both
    session.commit()
    before = session.get_one(Registration, other).municipality

    def forget(session: Session, table: Any, rows: list[Body], **_: Any) -> None:
        values = {"municipality": rows[0]["municipality"]}
        session.execute(update(table).values(**values, version=table.version + 1))
        session.execute(update(Child).values(born_on=date(2019, 1, 1)))
        session.execute(delete(RegistrationProblem))

    monkeypatch.setattr(write, "update_rows", forget)
    body = example | {"broersZussen": None, "aanmeldnummer": "AM-2", "gemeente": "Ouder-Amstel"}
    body.pop("bsn")
    head = OWN | {"If-Match": client.get(f"/v1/kinderen/{own}", headers=OWN).headers["ETag"]}
    answer = client.put(f"/v1/kinderen/{own}", json=body, headers=head)
    assert answer.status_code == 200, answer.text
    session.commit()  # as the system again, on the connection of the door
    session.expire_all()
    assert session.get_one(Registration, own).municipality == "Ouder-Amstel"
    kept = session.get_one(Registration, other)
    assert (kept.municipality, kept.version) == (before, 1)
    assert str(session.get_one(Child, kept.child_id).born_on) == example["geboortedatum"]
    assert session.scalars(
        select(RegistrationProblem).where(RegistrationProblem.registration_id == other)
    ).all()


def test_a_question_without_a_filter_finds_ones_own(
    session: Session, both: tuple[UUID, UUID]
) -> None:
    """Of each table that a referrer writes."""
    _, own = both
    with as_referrer(session):
        assert list(session.scalars(select(Registration.id))) == [own]
        for table in TABLES[2:]:
            assert set(session.scalars(select(table.registration_id))) == {own}  # type: ignore[attr-defined]
        assert len(list(session.scalars(select(Child.id)))) == 1


@pytest.mark.parametrize("table", TABLES)
def test_a_referrer_changes_no_row_of_another(
    session: Session, both: tuple[UUID, UUID], table: Any
) -> None:
    """An update of everything changes what is its own."""
    value = {
        Registration: {"urgency": Urgency.CRISIS}, Child: {"born_on": Child.born_on},
        RegistrationProblem: None, LegalFrame: {"order_ends_on": None},
        AuthorityHolder: {"consent": Consent.NO},
    }[table]  # fmt: skip
    with as_referrer(session):
        if value is None:
            found = session.execute(delete(table)).rowcount  # type: ignore[attr-defined]
            assert found == len(Problem)
        else:
            assert session.execute(update(table).values(**value)).rowcount == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (RegistrationProblem, {"problem": Problem.MEDICAL, "severity": 3}),
        (AuthorityHolder, {"ordinal": 9, "kind": AuthorityKind.PARENT, "consent": Consent.YES}),
    ],
)
def test_a_referrer_hangs_nothing_on_another(
    session: Session, both: tuple[UUID, UUID], table: Any, row: Body
) -> None:
    """The database refuses it."""
    other, own = both
    with as_referrer(session):
        session.execute(delete(RegistrationProblem))
        with session.begin_nested():
            session.execute(insert(table).values(registration_id=own, **row))
        with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
            session.execute(insert(table).values(registration_id=other, **row))


def test_a_referrer_gives_no_registration_away(session: Session, both: tuple[UUID, UUID]) -> None:
    """Not its own to another, nor another's to itself."""
    with as_referrer(session):
        with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
            session.execute(update(Registration).values(owner_organisation="gi-b"))
        taken = session.execute(update(Registration).values(owner_organisation="gi-a"))
        assert taken.rowcount == 1  # type: ignore[attr-defined]
