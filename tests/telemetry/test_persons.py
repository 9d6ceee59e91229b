"""One line for each person concerned, by a pseudonym, and nothing of a person in any line."""

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.settings import Settings
from app.telemetry.carried import Who
from app.telemetry.pseudonym import pseudonym, subject_key
from app.telemetry.sinks import as_line
from app.telemetry.tracing import ACTIVITY, SUBJECT, SUBJECT_TYPE
from tests.signing import bearer
from tests.telemetry.lines import logged, whom

ALLOWED = {ACTIVITY, SUBJECT, SUBJECT_TYPE, "dpl.core.foreign_operation.processor"}
# Any id of ours, or number of somebody else's.
POINTS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|AM-|SPI-|[0-9]{9}|[1-9][0-9]{3}[A-Z]{2}")


@pytest.fixture
def client(loaded_region: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded_region), headers=bearer()) as opened:
        yield opened


def test_a_list_has_a_line_for_each_child(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """Each by its own pseudonym, below the line of the list."""
    with logged(loaded_region, settings) as log:
        listed = client.get("/v1/kinderen?aantal=100").json()["kinderen"]
        lines = log.lines("lijstKinderen", least=len(listed) + 1)
    with session_for(loaded_region.sessions, SYSTEM) as session:
        numbers = {"numbers": [child["aanmeldnummer"] for child in listed]}
        told = text("SELECT child_id FROM registration WHERE number = ANY(:numbers)")
        children = [str(id_) for id_ in session.scalars(told, numbers)]
    key = subject_key(settings)
    above = [line for line in lines if SUBJECT not in line.attributes]
    assert len(listed) > 20
    assert len(above) == 1
    assert len(lines) == len(listed) + 1
    assert {line.parent.span_id for line in lines if line.parent} == {above[0].context.span_id}
    assert sorted(whom(lines)) == sorted(pseudonym(key, (Who.CHILD, id_)) for id_ in children)


def test_one_person_stands_in_the_line_itself(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """By the id in the path and by the number in the answer it is the same child, once."""
    child = client.get("/v1/kinderen?aantal=1").json()["kinderen"][0]["id"]
    with logged(loaded_region, settings) as log:
        client.get(f"/v1/kinderen/{child}")
        client.get(f"/v1/kinderen/{child}/volledigheid")
        read, looked = log.lines("leesKind"), log.lines("leesVolledigheid")
    assert len(whom(read)) == len(read) == 1
    assert whom(read) == whom(looked)
    assert read[0].attributes[ACTIVITY].endswith("/aanmelden")


def test_who_does_not_exist_is_nobody(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """A refusal tells its line, as no fault of ours."""
    with logged(loaded_region, settings) as log:
        client.get("/v1/kinderen/01900000-0000-7000-8000-000000000000")
        lines = log.lines("leesKind")
    assert len(lines) == 1
    assert whom(lines) == []
    assert lines[0].status.status_code.name == "UNSET"


def test_nothing_of_a_person_stands_in_a_line(
    client: TestClient, loaded_region: Database, settings: Settings
) -> None:
    """No name, id, number or postcode: only what the standard asks, and pseudonyms."""
    with logged(loaded_region, settings) as log:
        children = client.get("/v1/kinderen?aantal=20").json()["kinderen"]
        for child in children[:5]:
            client.get(f"/v1/kinderen/{child['id']}")
            client.post("/v1/kinderen/nummers/_zoek", json={"nummer": child["aanmeldnummer"]})
        client.get("/v1/pleeggezinnen?aantal=20")
        client.get("/v1/kinderen/Noor%20999530410?x=Noor")
        client.get(
            "/v1/bestaat-niet/Noor", headers={"tracestate": "naam=Noor", "baggage": "n=Noor"}
        )
        log.lines("leesKind", least=5)
        log.lines("lijstPleeggezinnen", least=2)
    assert len(log.all()) > 40
    for span in log.all():
        line = as_line(span)
        assert line["attributes"].keys() <= ALLOWED
        told = json.dumps([line["name"], line["resource"], [
            value for name, value in line["attributes"].items() if name != SUBJECT
        ]])  # fmt: skip
        assert not POINTS.search(told), told
        assert "Noor" not in told
        assert re.fullmatch("[0-9a-f]{32}|", line["attributes"].get(SUBJECT, ""))


def test_a_pseudonym_needs_its_key(settings: Settings) -> None:
    """Another key gives another pseudonym; so does another kind with the same id."""
    own, other = subject_key(settings), bytes(32)
    child = (Who.CHILD, "1")
    assert pseudonym(own, child) == pseudonym(own, child)
    assert pseudonym(own, child) != pseudonym(other, child)
    assert pseudonym(own, child) != pseudonym(own, (Who.FAMILY, "1"))
