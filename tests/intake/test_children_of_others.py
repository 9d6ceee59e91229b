"""By a BSN a referrer reaches no child that another registered; nor does the database let it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.intake.beyond import past_own
from app.intake.draft_routes import router as drafts
from app.intake.of_others import KNOWN_ALREADY, NOT_ALONE
from app.intake.routes import router
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.models import Child, ChildBsn, Registration, RegistrationState
from app.oversight.emergency_queries import may_open
from tests.doors import open_door, signed_in

Body = dict[str, Any]
FIRST, SECOND = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
STAFF: dict[str, str] = {}
BSN, OTHER_BSN = "999530410", "999990019"
SECOND_ACTOR = Actor(name="toets", role=ActorRole.REFERRER, organisation="gi-b")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, drafts)


@pytest.fixture
def told(example: Body) -> Body:
    return example | {"broersZussen": None, "bsn": BSN, "geheimePlaatsing": False}


def register(client: TestClient, body: Body, who: dict[str, str]) -> UUID:
    made = client.post("/v1/kinderen", json=body, headers=who)
    assert made.status_code == 201, made.text
    return UUID(made.json()["id"])


def put(client: TestClient, id_: UUID, body: Body, who: dict[str, str]) -> Any:
    etag = client.get(f"/v1/kinderen/{id_}", headers=who).headers["ETag"]
    return client.put(f"/v1/kinderen/{id_}", json=body, headers=who | {"If-Match": etag})


def placed(session: Session, id_: UUID) -> UUID:
    """Let a registration not be searched for any more; return its child."""
    session.commit()
    row = session.get_one(Registration, id_)
    row.state = RegistrationState.PLACED
    session.flush()
    session.commit()
    return row.child_id


def facts(session: Session, child_id: UUID) -> tuple[str | None, date, bytes]:
    session.commit()
    session.expire_all()
    child = session.get_one(Child, child_id)
    bsn = session.scalars(select(ChildBsn.digest).where(ChildBsn.child_id == child_id)).one()
    return child.first_name, child.born_on, bsn


@pytest.mark.parametrize("by", [FIRST, STAFF])
@pytest.mark.parametrize("is_placed", [True, False])
def test_a_bsn_of_anothers_child_is_refused_and_nothing_is_written(
    client: TestClient, session: Session, told: Body, by: dict[str, str], *, is_placed: bool
) -> None:
    """Of a referrer or of the staff, searched for or not: the same words, and no number."""
    theirs = register(client, told | {"aanmeldnummer": "AM-1"}, by)
    child = placed(session, theirs) if is_placed else session.get_one(Registration, theirs).child_id
    before = facts(session, child)
    body = told | {"aanmeldnummer": "AM-2", "voornaam": "Anders", "geboortedatum": "2019-02-03"}
    refused = client.post("/v1/kinderen", json=body, headers=SECOND)
    assert (refused.status_code, refused.json()["detail"]) == (409, KNOWN_ALREADY)
    assert "AM-1" not in refused.text
    assert facts(session, child) == before
    assert session.scalars(select(Registration.number)).all() == ["AM-1"]


def test_nor_by_a_correction_or_a_draft(client: TestClient, session: Session, told: Body) -> None:
    """The two other ways to tell a BSN."""
    child = placed(session, register(client, told | {"aanmeldnummer": "AM-1"}, FIRST))
    before = facts(session, child)
    own = told | {"aanmeldnummer": "AM-2", "bsn": OTHER_BSN}
    refused = put(client, register(client, own, SECOND), own | {"bsn": BSN}, SECOND)
    assert (refused.status_code, refused.json()["detail"]) == (409, KNOWN_ALREADY)
    draft = client.post("/v1/concepten", json=told | {"aanmeldnummer": "AM-3"}, headers=SECOND)
    assert draft.status_code == 201, draft.text
    refused = client.post(
        f"{draft.headers['Location']}/_indienen",
        headers=SECOND | {"If-Match": draft.headers["ETag"]},
    )
    assert (refused.status_code, refused.json()["detail"]) == (409, KNOWN_ALREADY)
    assert facts(session, child) == before


def test_a_child_of_ones_own_alone_is_registered_again(
    client: TestClient, session: Session, told: Body
) -> None:
    """By its BSN; then corrected to other facts, and without a BSN after that."""
    child = placed(session, register(client, told | {"aanmeldnummer": "AM-1"}, SECOND))
    again = told | {"aanmeldnummer": "AM-2"}
    made = register(client, again, SECOND)
    assert session.get_one(Registration, made).child_id == child
    again |= {"voornaam": "Anders"}
    assert put(client, made, again, SECOND).status_code == 200
    session.expire_all()
    assert facts(session, child)[0] == "Anders"
    assert put(client, made, again | {"bsn": None}, SECOND).status_code == 200
    session.commit()
    assert session.scalars(select(ChildBsn).where(ChildBsn.child_id == child)).all() == []


@pytest.fixture
def shared(client: TestClient, session: Session, told: Body) -> tuple[UUID, UUID]:
    """An own registration of a child that the staff registered after it, and the child."""
    own = register(client, told | {"aanmeldnummer": "AM-1"}, SECOND)
    child = placed(session, own)
    placed(session, register(client, told | {"aanmeldnummer": "AM-2"}, STAFF))
    return own, child


@pytest.mark.parametrize(
    "change",
    [{"bsn": None}, {"bsn": OTHER_BSN}, {"voornaam": "Anders"}, {"geboortedatum": "2019-02-03"}],
)
def test_the_facts_of_a_shared_child_stay(  # noqa: PLR0917
    client: TestClient, session: Session, told: Body, shared: tuple[UUID, UUID], change: Body
) -> None:
    """Whatever else the registration tells."""
    own, child = shared
    before = facts(session, child)
    body = told | {"aanmeldnummer": "AM-1"}
    body.pop("bsn")
    refused = put(client, own, body | change, SECOND)
    assert (refused.status_code, refused.json()["detail"]) == (409, NOT_ALONE)
    assert facts(session, child) == before


def test_what_is_its_own_of_a_shared_child_changes(
    client: TestClient, session: Session, told: Body, shared: tuple[UUID, UUID]
) -> None:
    """With the facts as they stand there; the BSN stays."""
    own, child = shared
    before = facts(session, child)
    body = told | {"aanmeldnummer": "AM-1", "sdqTotaal": 31}
    body.pop("bsn")
    answer = put(client, own, body, SECOND)
    assert (answer.status_code, answer.json()["sdqTotaal"]) == (200, 31)
    assert facts(session, child) == before


def test_that_another_searches_for_a_shared_child_has_no_number(
    client: TestClient, told: Body, shared: tuple[UUID, UUID]
) -> None:
    """Neither to a new registration nor to a change."""
    own, _ = shared
    register(client, told | {"aanmeldnummer": "AM-9"}, STAFF)
    again = [client.post("/v1/kinderen", json=told | {"aanmeldnummer": "AM-3"}, headers=SECOND)]
    body = told | {"aanmeldnummer": "AM-1", "sdqTotaal": 31}
    again.append(put(client, own, body, SECOND))
    for answer in again:
        assert (answer.status_code, answer.json()["detail"]) == (409, KNOWN_ALREADY), answer.text


def test_the_database_keeps_a_referrer_off_it_also_past_its_own(
    client: TestClient, session: Session, shared: tuple[UUID, UUID]
) -> None:
    """As the system for a referrer: no fact of the child, and its BSN neither gone nor replaced."""
    _, child = shared
    before = facts(session, child)
    session.commit()
    act_as(session, SECOND_ACTOR)
    with past_own(session):
        for statement in (
            update(Child).where(Child.id == child).values(born_on=date(2019, 1, 1)),
            delete(ChildBsn).where(ChildBsn.child_id == child),
        ):
            assert session.execute(statement).rowcount == 0  # type: ignore[attr-defined]
        with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
            row = {"child_id": child, "ciphertext": b"x", "digest": b"y"}
            session.execute(insert(ChildBsn).values(**row))
    session.commit()
    act_as(session, SYSTEM)
    assert facts(session, child) == before


def test_no_registration_of_its_own_beside_anothers_opens_a_file_in_need(
    client: TestClient, session: Session, told: Body
) -> None:
    """The database takes none, so that there is nothing by which it could open the other's."""
    theirs = register(client, told | {"aanmeldnummer": "AM-1"}, FIRST)
    child = placed(session, theirs)
    source = session.get_one(Registration, theirs)
    row = {
        c.key: getattr(source, c.key)
        for c in Registration.__mapper__.column_attrs
        if not c.columns[0].computed
    } | {"id": child, "number": "AM-2", "owner_organisation": "gi-b"}
    session.commit()
    act_as(session, SECOND_ACTOR)
    assert not may_open(session, theirs)
    with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
        session.execute(insert(Registration).values(**row))
    session.commit()
    act_as(session, SYSTEM)


@pytest.mark.parametrize(
    "change",
    [{"voornaam": "Anders"}, {"geboortedatum": "2019-01-01"}, {"geslacht": "x"}],
)
def test_a_known_number_with_another_person_is_a_question_and_changes_nobody(
    client: TestClient, session: Session, told: Body, change: Body
) -> None:
    """A mistyped BSN: the staff is asked to look; the same person is registered again."""
    first = register(client, told, STAFF)
    session.get_one(Registration, first).state = RegistrationState.CLOSED
    session.flush()
    before = session.execute(select(Child.first_name, Child.born_on, Child.gender)).all()
    again = told | {"aanmeldnummer": "AM-2026-9999"}
    refused = client.post("/v1/kinderen", json=again | change, headers=STAFF)
    assert refused.status_code == 409 and refused.json()["detail"].startswith("bsn"), refused.text
    session.expire_all()
    assert session.execute(select(Child.first_name, Child.born_on, Child.gender)).all() == before
    assert register(client, again, STAFF) != first
