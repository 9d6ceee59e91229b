"""The log of who saw and changed what: written with the work, read by an auditor alone."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.audit.noted import noted_of
from app.db.opened import Database
from app.db.session import session_for
from app.intake.example import EXAMPLE
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.main import create_app
from tests.signing import bearer

AUDITOR = Actor("toets", ActorRole.AUDITOR)


@pytest.fixture(scope="module")
def client(loaded_region: Database) -> TestClient:
    """The whole service."""
    return TestClient(create_app(loaded_region))


@pytest.fixture(scope="module")
def child(loaded_region: Database) -> str:
    """A child of the region."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        return str(session.scalar(text("SELECT id FROM registration ORDER BY number LIMIT 1")))


def lines(client: TestClient, **query: str) -> list[dict[str, Any]]:
    answer = client.get("/v1/logboek", params=query, headers=bearer(ActorRole.AUDITOR))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["regels"]
    return found


def test_who_reads_a_file_stands_in_it(client: TestClient, child: str) -> None:
    """In what role, when, and by which request; and who looks in the log stands there too."""
    seen = client.get(f"/v1/kinderen/{child}", headers=bearer(subject="noor"))
    assert seen.status_code == 200
    (line,) = lines(client, onderwerp="kind", kenmerk=child, wie="noor")
    assert line["handeling"] == "leesKind"
    assert line["omschrijving"] == "Lees een aanmelding"
    assert line["rol"] == "aanmeldpunt"
    assert line["uitkomst"] == "gelukt"
    assert line["verzoek"] == seen.headers["x-request-id"]
    assert lines(client, handeling="zoekInLogboek")


def test_a_refusal_stands_in_it_too(client: TestClient, child: str) -> None:
    """Who may not see a file and tried: that is what an auditor looks for."""
    spirit = bearer(ActorRole.MATCHER, organisation="spirit", subject="nieuwsgierig")
    assert client.get(f"/v1/kinderen/{child}", headers=spirit).status_code == 403
    unknown = str(uuid4())
    headers = bearer(subject="nieuwsgierig")
    assert client.get(f"/v1/kinderen/{unknown}", headers=headers).status_code == 404
    found = lines(client, wie="nieuwsgierig")
    assert [(line["kenmerk"], line["uitkomst"]) for line in found] == [
        (unknown, "geweigerd"),
        (child, "geweigerd"),
    ]
    assert found[1]["aanbieder"] == "spirit"


def test_what_comes_into_being_is_named(client: TestClient) -> None:
    """A registration has no id before it is made; the line has it all the same."""
    body = {**EXAMPLE, "aanmeldnummer": "TOETS-LOG-1", "bsn": None}
    made = client.post("/v1/kinderen", json=body, headers=bearer(subject="maker"))
    assert made.status_code == 201, made.text
    (line,) = lines(client, wie="maker")
    assert line["kenmerk"] == made.json()["id"]
    assert line["onderwerp"] == "kind"


def test_work_that_is_undone_leaves_no_line(client: TestClient) -> None:
    """What was typed wrong saw nothing and changed nothing."""
    answer = client.post("/v1/kinderen", json={"x": 1}, headers=bearer(subject="verkeerd"))
    assert answer.status_code == 400
    assert lines(client, wie="verkeerd") == []


def test_nothing_that_was_typed_is_in_it(client: TestClient, loaded_region: Database) -> None:
    """No name, no BSN, no text of a form: only our own words and ids."""
    client.post("/v1/kinderen/_zoek", json={"bsn": "999993653"}, headers=bearer(subject="zoeker"))
    with session_for(loaded_region.sessions, AUDITOR) as session:
        rows = session.execute(text("SELECT * FROM audit_event WHERE actor = 'zoeker'")).all()
    assert rows
    assert all("999993653" not in str(row) for row in rows)


@pytest.mark.parametrize("wrong", ["vanaf=0.5", "tot=0", "vanaf=2026-11-01", "vanaf=gisteren"])
def test_a_number_is_no_instant(client: TestClient, wrong: str) -> None:
    """Pydantic takes it for seconds since 1970; the contract promises text."""
    answer = client.get(f"/v1/logboek?{wrong}", headers=bearer(ActorRole.AUDITOR))
    assert answer.status_code == 400
    assert "is geen tijdstip" in answer.json()["detail"]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"]
)
def test_no_line_is_ever_changed(loaded_region: Database, statement: str) -> None:
    """The application's role may add and nothing else, whoever asks."""
    with pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with session_for(loaded_region.sessions, SYSTEM) as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    "role", [r for r in ActorRole if r not in (ActorRole.AUDITOR, ActorRole.SYSTEM)]
)
def test_only_an_auditor_reads_it(
    loaded_region: Database, client: TestClient, role: ActorRole
) -> None:
    """By the route and, with a query that forgets to ask, by the database."""
    who = bearer(role, organisation="spirit")
    assert client.get("/v1/logboek", headers=who).status_code == 403
    with session_for(loaded_region.sessions, Actor("x", role)) as session:
        assert session.scalar(text("SELECT count(*) FROM audit_event")) == 0


def test_pages_follow_each_other(client: TestClient, child: str) -> None:
    """The newest first, none twice, and a cursor that we never gave is refused."""
    for _ in range(5):
        client.get(f"/v1/kinderen/{child}", headers=bearer(subject="vaak"))
    auditor = bearer(ActorRole.AUDITOR)
    first = client.get("/v1/logboek?wie=vaak&aantal=3", headers=auditor)
    second = client.get(first.links["next"]["url"], headers=auditor)
    times = [line["op"] for line in first.json()["regels"] + second.json()["regels"]]
    assert len(times) == 5
    assert times == sorted(times, reverse=True)
    for wrong in ("eA", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        assert client.get(f"/v1/logboek?cursor={wrong}", headers=auditor).status_code == 400


@pytest.mark.parametrize(
    ("path", "parameters", "told"),
    [
        ("/kinderen", {}, (None, None)),
        ("/kinderen/{id}/stappen/{stap}", {"id": "a", "stap": "b"}, ("kind", "a")),
        (
            "/pleeggezinnen/{aanbieder}/{nummer}",
            {"aanbieder": "spirit", "nummer": "1"},
            ("pleeggezin", "spirit/1"),
        ),
        ("/gezondheid", {}, (None, None)),
    ],
)
def test_what_an_operation_was_about(
    path: str, parameters: dict[str, str], told: tuple[str | None, str | None]
) -> None:
    """By its path alone."""
    noted = noted_of("x", path, parameters, None)
    assert (noted.subject, noted.reference) == told


def test_a_child_is_found_by_its_number(client: TestClient, child: str) -> None:
    """The lines of that child alone; a number that is nobody's has none."""
    client.get(f"/v1/kinderen/{child}", headers=bearer(subject="noor"))
    read = client.get(f"/v1/kinderen/{child}", headers=bearer()).json()
    found = lines(client, aanmeldnummer=read["aanmeldnummer"])
    assert found
    assert {line["kenmerk"] for line in found} == {child}
    assert lines(client, aanmeldnummer="AM-NIEMAND") == []
