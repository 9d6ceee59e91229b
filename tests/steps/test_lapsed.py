"""A step that runs only on paper says so, and ends by itself where nobody can extend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.clock import now, today_in_amsterdam
from app.models import (
    AuditEvent,
    BegunPair,
    BegunState,
    Occupation,
    Place,
    Registration,
    RegistrationState,
)
from app.steps.lapsing import end_lapsed
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, Walk, begin, open_steps
from tests.told import told_in

YESTERDAY = today_in_amsterdam() - timedelta(days=1)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1", places=1)
    made = make_registration(session, number="AM-1")
    session.commit()
    return made


@pytest.fixture
def walk(client: TestClient, child: Registration) -> Walk:
    return begin(client, child, sinds="2026-01-01").walk_to("kennismaking")


def pair_of(session: Session, walk: Walk) -> BegunPair:
    session.expire_all()
    return session.scalars(select(BegunPair).where(BegunPair.registration_id == walk.child)).one()


def lapse(session: Session, walk: Walk) -> None:
    pair_of(session, walk).held_until = YESTERDAY
    session.commit()


def give_away(session: Session, walk: Walk) -> None:
    """Let another child live in the place that the step held."""
    other = make_registration(session, number="AM-2")
    session.add(
        Occupation(
            place_id=pair_of(session, walk).place_id,
            registration_id=other.id,
            rhythm=other.rhythm,
            since=now(),
        )
    )
    session.commit()


def work(session: Session) -> None:
    """As the worker does each minute."""

    @contextmanager
    def sessions() -> Iterator[Session]:
        with Session(
            session.get_bind(), join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as own:
            yield own

    end_lapsed(sessions)  # type: ignore[arg-type]


def test_past_its_term_it_waits_for_extending(session: Session, walk: Walk) -> None:
    """Nothing is open, as every move is refused with that sentence; extended, all is as it was."""
    before = walk.read()
    assert before["openFasen"] == ["match"]
    lapse(session, walk)
    shown = walk.read()
    assert (shown["stand"], shown["openFasen"]) == ("loopt", [])
    assert shown["wachtOp"] == [walk.move("match").json()["detail"]]
    until = {"totEnMet": today_in_amsterdam().isoformat()}
    again = walk.client.post(f"{walk.at}/_verlengen", json=until, headers=COORDINATOR).json()
    assert (again["openFasen"], again["wachtOp"]) == (before["openFasen"], before["wachtOp"])


def test_what_cannot_be_extended_says_what_to_do_instead(session: Session, walk: Walk) -> None:
    """The place is another child's: the sentence is that of the refusal to extend."""
    lapse(session, walk)
    give_away(session, walk)
    until = {"totEnMet": today_in_amsterdam().isoformat()}
    refused = walk.client.post(f"{walk.at}/_verlengen", json=until, headers=COORDINATOR)
    assert refused.status_code == 409
    assert (walk.read()["openFasen"], walk.read()["wachtOp"]) == ([], [refused.json()["detail"]])


def test_another_free_bed_of_the_family_is_held_instead(session: Session, walk: Walk) -> None:
    """The worker leaves the step, and whoever extends it holds that bed: once, for one child."""
    family = pair_of(session, walk).family_id
    session.add(Place(family_id=family, ordinal=2))
    lapse(session, walk)
    held = pair_of(session, walk).place_id
    give_away(session, walk)
    work(session)
    assert walk.read()["stand"] == "loopt"
    assert "verleng" in walk.read()["wachtOp"][0]
    until = {"totEnMet": today_in_amsterdam().isoformat()}
    again = walk.client.post(f"{walk.at}/_verlengen", json=until, headers=COORDINATOR)
    assert (again.status_code, again.json()["openFasen"]) == (200, ["match"])
    other = session.scalars(select(Place.id).where(Place.ordinal == 2)).one()
    assert held != pair_of(session, walk).place_id == other


@pytest.mark.parametrize(
    "bed", [{"is_offered": False}, {"forms": ["crisis"]}], ids=["not offered", "crisis"]
)
def test_a_bed_that_is_none_for_the_child_is_not_held(
    session: Session, walk: Walk, bed: dict[str, Any]
) -> None:
    """Not offered, or for another form: the step is lost, as without it."""
    session.add(Place(family_id=pair_of(session, walk).family_id, ordinal=2, **bed))
    lapse(session, walk)
    give_away(session, walk)
    until = {"totEnMet": today_in_amsterdam().isoformat()}
    refused = walk.client.post(f"{walk.at}/_verlengen", json=until, headers=COORDINATOR)
    assert refused.status_code == 409
    work(session)
    assert pair_of(session, walk).state is BegunState.EXPIRED


def test_nobody_searches_any_more(session: Session, child: Registration, walk: Walk) -> None:
    """Not "extend it": that would bring it no further."""
    child.state = RegistrationState.WITHDRAWN
    session.commit()
    shown = walk.read()
    assert shown["openFasen"] == []
    assert ["verleng" in line for line in shown["wachtOp"]] == [False]
    assert ["van hier leidt geen stap meer" in line for line in shown["wachtOp"]] == [True]


@pytest.mark.parametrize("why", ["given away", "not searched for"])
def test_it_ends_by_itself_where_nobody_can_extend_it(
    session: Session, child: Registration, walk: Walk, why: str
) -> None:
    """Told to the provider, kept in the log, and once."""
    if why == "given away":
        lapse(session, walk)
        give_away(session, walk)
    else:
        child.state = RegistrationState.WITHDRAWN
        session.commit()
    before = len(told_in(session))
    for _ in range(2):
        work(session)
    assert pair_of(session, walk).state is BegunState.EXPIRED
    data = {"kind": walk.child, "stap": walk.step, "aanbieder": "spirit", "gezin": "SPI-1"}
    assert told_in(session)[before:] == [("stap.beeindigd", data, "spirit")]
    noted = session.scalars(
        select(AuditEvent.reference).where(AuditEvent.operation == "beeindigVerlopenStappen")
    ).all()
    assert noted == [walk.child]


def test_past_its_term_its_provider_hears_so_once_a_term(session: Session, walk: Walk) -> None:
    """It still runs, the place is free: who thinks that it is held would wait for nothing."""
    lapse(session, walk)
    before = len(told_in(session))
    for _ in range(2):
        work(session)
    assert pair_of(session, walk).state is BegunState.RUNNING
    data = {"kind": walk.child, "stap": walk.step, "aanbieder": "spirit", "gezin": "SPI-1"}
    assert told_in(session)[before:] == [("stap.verstreken", data, "spirit")]
    pair_of(session, walk).held_until = YESTERDAY - timedelta(days=1)
    session.commit()
    work(session)
    assert [kind for kind, *_ in told_in(session)[before:]] == ["stap.verstreken"] * 2


def test_within_its_term_it_is_left_alone(session: Session, walk: Walk) -> None:
    """Whatever its bed says."""
    give_away(session, walk)
    before = told_in(session)
    work(session)
    assert pair_of(session, walk).state is BegunState.RUNNING
    assert told_in(session) == before
