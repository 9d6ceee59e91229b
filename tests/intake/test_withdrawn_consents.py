"""A consent that is taken back is kept, opens the gap again and never vanishes in silence."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, delete, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.intake.consent_routes import router as consents
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.kernel.clock import today_in_amsterdam
from app.models import ConsentWithdrawal
from tests.doors import open_door, signed_in
from tests.intake.test_legal_routes import FRAME, gaps, put
from tests.told import told_in

Body = dict[str, Any]
REASON = "De ouder wil het kind weer thuis."
WISH: Body = {"gezag": 1, "op": "2026-11-20", "reden": REASON}
VOLUNTARY: Body = {"juridischKader": "vrijwillig", "machtiging": None}
OWN, OTHER = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, consents)


@pytest.fixture
def where(client: TestClient, example: Body) -> str:
    made = client.post("/v1/kinderen", json=example | VOLUNTARY, headers=OWN).headers["Location"]
    frame = f"{made}/juridisch-kader"
    assert gaps(put(client, frame, FRAME, '"0"')) == []
    return frame


def withdraw(client: TestClient, where: str, etag: str = '"1"', **given: Any) -> Any:
    headers = {"If-Match": etag, **given.pop("headers", {})}
    return client.post(f"{where}/intrekkingen", json=WISH | given, headers=headers)


def test_it_is_kept_and_the_gap_is_there_again(
    client: TestClient, session: Session, where: str
) -> None:
    """With day, who and why; the first consent's own day stays; staff is told, without a word."""
    answer = withdraw(client, where)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["houdtPlaatsingTegen"], answer.json()["melding"]) == (True, None)
    read = client.get(where)
    assert read.headers["ETag"] == answer.headers["ETag"] == '"2"'
    assert gaps(read) == ["toestemming"]
    given = {"soort": "ouder", "toestemming": "nee", "gevraagdOp": "2026-11-20"}
    assert read.json()["gezag"] == [given, FRAME["gezag"][1]]
    kept = read.json()["intrekkingen"]
    assert [(row["gegevenOp"], row["ingetrokkenOp"], row["reden"]) for row in kept] == [
        ("2026-11-02", "2026-11-20", REASON)
    ]
    assert kept[0]["wie"] and kept[0]["rol"]
    child = where.split("/")[3]
    assert told_in(session)[-1] == ("toestemming.ingetrokken", {"kind": child}, None)


def test_a_new_consent_closes_the_gap_and_what_was_stays(client: TestClient, where: str) -> None:
    """The frame is sent again with a yes; that there was a withdrawal stays to be read."""
    withdraw(client, where)
    again = put(client, where, FRAME, '"2"')
    assert (gaps(again), len(again.json()["intrekkingen"])) == ([], 1)


def test_an_order_stands_in_for_a_consent_that_was_taken_back(
    client: TestClient, example: Body
) -> None:
    """Under OTS with an order it is weighed by people, as a no from the start is."""
    made = client.post("/v1/kinderen", json=example).headers["Location"]
    where = f"{made}/juridisch-kader"
    put(client, where, FRAME, '"0"')
    assert withdraw(client, where).json()["houdtPlaatsingTegen"] is False
    assert gaps(client.get(where)) == []


@pytest.mark.parametrize(
    ("holders", "status"),
    [
        ([{"soort": "ouder", "toestemming": "nee"}, {"soort": "ouder", "toestemming": "ja"}], 409),
        ([{"soort": "ouder", "toestemming": "onbekend"}], 409),
        ([{"soort": "ouder", "toestemming": "ja"}], 200),
        ([{"soort": "voogd", "toestemming": "nee"}], 200),
    ],
)
def test_a_yes_is_not_overwritten_by_something_else(
    client: TestClient, where: str, holders: list[Body], status: int
) -> None:
    """Who lost authority may be left out; who has it and agreed has to be withdrawn."""
    assert put(client, where, FRAME | {"gezag": holders}, '"1"').status_code == status


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"gezag": 3}, "gezag"),
        ({"gezag": 0}, "gezag"),
        ({"op": "2026-11-01"}, "op"),
        ({"op": "2999-01-01"}, "op"),
        ({"reden": ""}, "reden"),
    ],
)
def test_what_cannot_be_is_refused(client: TestClient, where: str, given: Body, word: str) -> None:
    """One sentence that names the field, and nothing is stored; nor on an old reading."""
    answer = withdraw(client, where, **given)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(word)
    assert withdraw(client, where, '"0"').status_code == 412
    assert client.get(where).json()["intrekkingen"] == []


def test_what_is_no_longer_a_yes_cannot_be_taken_back(client: TestClient, where: str) -> None:
    """A second time is a conflict; the same request sent again gives the first answer."""
    key = {"Idempotency-Key": "een"}
    first, again = (withdraw(client, where, headers=key) for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert withdraw(client, where, '"2"').status_code == 409
    assert len(client.get(where).json()["intrekkingen"]) == 1


def test_a_referrer_takes_back_for_its_own_child(client: TestClient, where: str) -> None:
    """Of another's child it finds nothing; it sees in what role somebody worked, not who."""
    assert withdraw(client, where, headers=OTHER).status_code == 404
    assert withdraw(client, where, headers=OWN).status_code == 201
    kept = client.get(where, headers=OWN).json()["intrekkingen"][0]
    assert kept["rol"] == "verwijzer"
    assert "wie" not in kept


def test_nobody_changes_what_was_recorded(client: TestClient, session: Session, where: str) -> None:
    """The service may add, and no more; the database has the last word."""
    withdraw(client, where)
    for statement in (
        update(ConsentWithdrawal).values(withdrawn_on=today_in_amsterdam()),
        delete(ConsentWithdrawal),
    ):
        with pytest.raises(ProgrammingError), session.begin_nested():
            session.execute(statement)
