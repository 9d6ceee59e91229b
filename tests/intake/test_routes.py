"""Children over HTTP: registered, read, corrected, withdrawn, found again."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.db.session import act_as
from app.intake.routes import router
from app.kernel.actor import Actor, ActorRole
from app.models import ChildBsn, GivenAnswer, SiblingGroup, SiblingPairWish
from app.settings import Settings
from tests.doors import open_door, signed_in

Body = dict[str, Any]
KINDEREN = "/v1/kinderen"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def register(client: TestClient, body: Body) -> str:
    """Register a child and return its address."""
    answer = client.post(KINDEREN, json=body)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def put(client: TestClient, where: str, body: Body, etag: str = '"1"') -> Any:
    return client.put(where, json=body, headers={"If-Match": etag})


def withdraw(client: TestClient, where: str, etag: str = '"1"') -> Any:
    body = {"reden": "thuis gebleven"}
    return client.post(f"{where}/_intrekken", json=body, headers={"If-Match": etag})


def other(example: Body, number: str, **changes: Any) -> Body:
    return {**example, "aanmeldnummer": number, "bsn": None, "broersZussen": None, **changes}


def test_a_registered_child_is_read_back_whole(client: TestClient, example: Body) -> None:
    """Everything that was told comes back by the same name; only the BSN does not."""
    answer = client.post(KINDEREN, json=example)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    read = client.get(answer.headers["Location"])
    assert read.headers["ETag"] == '"1"'
    shown = read.json()
    told = {name: value for name, value in example.items() if name != "bsn"}
    assert {name: shown[name] for name in told} == told
    assert (shown["bsnBekend"], shown["stand"]) == (True, "zoekt")
    assert example["bsn"] not in read.text + answer.text


def test_a_number_that_exists_is_a_conflict(client: TestClient, example: Body) -> None:
    """Two children never share a number."""
    register(client, example)
    answer = client.post(KINDEREN, json=other(example, example["aanmeldnummer"]))
    assert answer.status_code == 409
    assert "aanmeldnummer" in answer.json()["detail"]


def test_a_child_has_one_active_registration(client: TestClient, example: Body) -> None:
    """The same BSN under another number is refused, and the BSN is not repeated."""
    register(client, example)
    answer = client.post(KINDEREN, json=other(example, "AM-9", bsn=example["bsn"]))
    assert answer.status_code == 409
    assert example["aanmeldnummer"] in answer.json()["detail"]
    assert example["bsn"] not in answer.text


def test_a_repeated_request_makes_one_child(
    client: TestClient, example: Body, session: Session
) -> None:
    """The second answer is the first one, and what is kept of it holds no name."""
    headers = {"Idempotency-Key": "sleutel-1"}
    first = client.post(KINDEREN, json=example, headers=headers)
    again = client.post(KINDEREN, json=example, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    changed = client.post(KINDEREN, json=other(example, "AM-9"), headers=headers)
    assert changed.status_code == 409
    session.commit()
    act_as(
        session, Actor(name="api", role=ActorRole.INTAKE)
    )  # row-level security: one sees only one's own answers
    kept = session.scalars(select(GivenAnswer)).one()
    assert example["voornaam"] not in str(kept.body)


def test_a_correction_is_made_on_the_version_that_was_read(
    client: TestClient, example: Body
) -> None:
    """Without If-Match 428, with an old one 412, with the right one the version goes up."""
    where = register(client, example)
    changed = example | {"sdqTotaal": 30}
    assert client.put(where, json=changed).status_code == 428
    answer = put(client, where, changed)
    assert (answer.status_code, answer.json()["sdqTotaal"]) == (200, 30)
    assert answer.headers["ETag"] == '"2"'
    assert put(client, where, example).status_code == 412
    assert client.get(where).json()["sdqTotaal"] == 30


def test_the_same_again_changes_nothing(client: TestClient, example: Body) -> None:
    """A correction that says what is stored already keeps the version."""
    where = register(client, example)
    assert put(client, where, example).headers["ETag"] == '"1"'


def test_the_number_cannot_change(client: TestClient, example: Body) -> None:
    """A number is how people speak of a registration: it stays."""
    where = register(client, example)
    answer = put(client, where, example | {"aanmeldnummer": "AM-9"})
    assert answer.status_code == 400
    assert "aanmeldnummer" in answer.json()["detail"]


def test_a_bsn_that_is_not_named_stays(
    client: TestClient, example: Body, session: Session, settings: Settings
) -> None:
    """Nobody reads the BSN back, so leaving it out must not lose it; null takes it away."""
    where = register(client, example)
    without = {name: value for name, value in example.items() if name != "bsn"}
    assert put(client, where, without | {"sdqTotaal": 30}).json()["bsnBekend"] is True
    stored = session.scalars(select(ChildBsn)).one()
    assert decrypt_bsn(stored.ciphertext, settings, child=stored.child_id) == example["bsn"]
    assert put(client, where, example | {"bsn": None}, '"2"').json()["bsnBekend"] is False


def test_a_bsn_of_another_child_is_a_conflict(client: TestClient, example: Body) -> None:
    """Two children are never made one in silence, nor when the other is withdrawn."""
    first = register(client, example)
    where = register(client, other(example, "AM-9"))
    wrong = other(example, "AM-9", bsn=example["bsn"])
    assert put(client, where, wrong).status_code == 409
    withdraw(client, first)
    answer = put(client, where, wrong)
    assert answer.status_code == 409
    assert example["bsn"] not in answer.text


def test_a_withdrawn_child_leaves_the_search(client: TestClient, example: Body) -> None:
    """The reason is kept, the state shown; a second time says where it stands."""
    where = register(client, example)
    assert client.post(f"{where}/_intrekken", json={"reden": "anders"}).status_code == 428
    assert withdraw(client, where, '"7"').status_code == 412
    shown = withdraw(client, where).json()
    assert (shown["stand"], shown["intrekkingsreden"]) == ("ingetrokken", "thuis gebleven")
    again = withdraw(client, where)
    assert again.status_code == 409
    assert "ingetrokken" in again.json()["detail"]


def test_after_withdrawal_a_child_can_be_registered_again(
    client: TestClient, example: Body
) -> None:
    """The new registration is of the same child; both are found by its BSN."""
    first = register(client, example)
    withdraw(client, first)
    second = register(client, other(example, "AM-9", bsn=example["bsn"]))
    found = client.post(f"{KINDEREN}/_zoek", json={"bsn": example["bsn"]}).json()["ids"]
    assert [f"{KINDEREN}/{id_}" for id_ in found] == [second, first]


def test_a_group_waits_while_its_wishes_differ(
    client: TestClient, example: Body, session: Session
) -> None:
    """Two wishes hold the group; when one of the two leaves, the other wish counts."""
    first = register(client, example)
    apart = {"broersZussen": {"groep": "BZ-101", "wens": "apart"}}
    second = register(client, other(example, "AM-9", **apart))
    assert client.get(first).json()["groepNavragen"] is True
    withdraw(client, first)
    assert client.get(second).json()["groepNavragen"] is False
    assert session.scalars(select(SiblingGroup.wish)).one().value == "apart"


def test_leaving_a_group_settles_the_one_that_was_left(client: TestClient, example: Body) -> None:
    """A child that was in the wrong group does not hold it for ever."""
    first = register(client, example)
    apart = {"broersZussen": {"groep": "BZ-101", "wens": "apart"}}
    second = register(client, other(example, "AM-9", **apart))
    put(client, second, other(example, "AM-9"))
    assert client.get(first).json()["groepNavragen"] is False


def test_a_child_is_found_by_its_number(client: TestClient, example: Body) -> None:
    """Number and BSN stand in the body; nobody found is an empty list."""
    where = register(client, example)
    ask = f"{KINDEREN}/_zoek"
    found = client.post(ask, json={"aanmeldnummer": example["aanmeldnummer"]}).json()["ids"]
    assert [f"{KINDEREN}/{id_}" for id_ in found] == [where]
    assert client.post(ask, json={"bsn": "999990019"}).json() == {"ids": [], "concepten": []}
    assert client.post(ask, json={}).status_code == 400


def test_an_unknown_child_is_404(client: TestClient, example: Body) -> None:
    """Reading, correcting and withdrawing what is not there say the same."""
    where = f"{KINDEREN}/00000000-0000-7000-8000-000000000000"
    answers = [client.get(where), put(client, where, example), withdraw(client, where)]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


def test_a_provider_comes_to_no_registration(client: TestClient, example: Body) -> None:
    """The routes of the intake are closed to it; the database says the same (tests/db)."""
    where = register(client, example)
    provider = signed_in(ActorRole.PROVIDER_SYSTEM, "spirit")
    for answer in (client.get(where, headers=provider), client.get(KINDEREN, headers=provider)):
        assert answer.status_code == 403
        assert "aanmeldpunt" in answer.json()["detail"]


def test_wishes_per_pair_are_read_back_and_replaced(
    client: TestClient, example: Body, session: Session
) -> None:
    """What is wished for one brother comes back; a correction leaves nothing of the old wish."""
    kin = {**example["broersZussen"], "wensenPerKind": [{"aanmeldnummer": "AM-2", "wens": "apart"}]}
    where = register(client, example | {"broersZussen": kin})
    assert client.get(where).json()["broersZussen"] == kin
    kin["wensenPerKind"] = [{"aanmeldnummer": "AM-3", "wens": "samen"}]
    assert put(client, where, example | {"broersZussen": kin}).status_code == 200
    assert client.get(where).json()["broersZussen"] == kin
    assert session.scalars(select(SiblingPairWish.other_number)).all() == ["AM-3"]


def test_rhythm_and_network_home_are_read_back(client: TestClient, example: Body) -> None:
    """A part-time child tells its rhythm, and since when it lives with its network family."""
    later = {"ritme": "even weekenden", "woontBijNetwerkgezinSinds": "2026-09-01"}
    where = register(client, example | {"vorm": "deeltijd"} | later)
    shown = client.get(where).json()
    assert {name: shown[name] for name in later} == later


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ritme": "vakanties"}, "ritme"),
        ({"ritme": "soms"}, "ritme"),
        ({"woontBijNetwerkgezinSinds": "2999-01-01"}, "woontBijNetwerkgezinSinds"),
        ({"wensenPerKind": [{"aanmeldnummer": "AM-2026-1000", "wens": "apart"}]}, "wensenPerKind"),
        ({"wensenPerKind": [{"aanmeldnummer": "AM-2", "wens": "apart"}] * 2}, "wensenPerKind"),
        ({"wensenPerKind": [{"aanmeldnummer": "AM-2", "wens": "nooit"}]}, "wens"),
    ],
)
def test_what_cannot_be_of_these_is_refused(
    client: TestClient, example: Body, changes: Body, field: str
) -> None:
    """A rhythm without part-time care, a day to come, a wish about itself or told twice."""
    wishes = {name: changes[name] for name in changes if name == "wensenPerKind"}
    body = example | {"broersZussen": example["broersZussen"] | wishes}
    body |= {name: value for name, value in changes.items() if name != "wensenPerKind"}
    answer = client.post(KINDEREN, json=body)
    assert answer.status_code == 400
    assert field in answer.json()["detail"]


def test_registrations_are_found_by_how_their_number_begins(
    client: TestClient, example: Body
) -> None:
    """In any case, by number; a wildcard is a letter like any other."""
    for number in ("AM-7-2", "AM-7-1", "AM-8"):
        register(client, other(example, number))
    ask = f"{KINDEREN}/nummers/_zoek"
    found = client.post(ask, json={"aanmeldnummer": "am-7"}).json()["kinderen"]
    assert [one["aanmeldnummer"] for one in found] == ["AM-7-1", "AM-7-2"]
    assert "voornaam" not in found[0]
    assert client.post(ask, json={"aanmeldnummer": "AM_7"}).json() == {"kinderen": []}
    assert client.post(ask, json={"aanmeldnummer": "AM-9"}).json() == {"kinderen": []}
    assert client.post(ask, json={}).status_code == 400
    one = client.post(f"{ask}?aantal=1", json={"aanmeldnummer": "AM-7"}).json()["kinderen"]
    assert len(one) == 1
