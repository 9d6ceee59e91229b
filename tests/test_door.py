"""The first door: health, a run asked for, performed by a worker, its proposals read."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.main import create_app
from tests.databases import work_off
from tests.signing import bearer


@pytest.fixture
def client(loaded_region: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded_region), headers=bearer()) as opened:
        yield opened


def test_health_answers(client: TestClient) -> None:
    """The service and its database answer."""
    assert client.get("/v1/gezondheid").json() == {"status": "goed"}


def test_a_run_from_request_to_proposals(client: TestClient, loaded_region: Database) -> None:
    """Asked for over HTTP, performed by a worker with its own role, read back over HTTP."""
    answer = client.post("/v1/matchruns", json={"beleid": "maximaal"})
    assert answer.status_code == 202
    assert answer.json()["stand"] == "wacht"
    assert answer.json()["peildatum"] == "2026-11-01"
    where = answer.headers["Location"]
    work_off(loaded_region)
    run = client.get(where).json()
    assert (run["stand"], run["reden"]) == ("klaar", None)
    assert run["aantallen"]["geplaatst"] == 111
    assert run["voortgang"]["stap"] == "Klaar"
    report = client.get(f"{where}/verslag").json()
    assert len(report["voorstellen"]) == 120
    assert len(report["geweigerd"]) == 8


def test_a_rolled_back_request_leaves_no_job(client: TestClient, loaded_region: Database) -> None:
    """Run and job are one transaction: a refused policy leaves neither."""
    answer = client.post("/v1/matchruns", json={"beleid": "bestaat-niet"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "kies" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"peildatum": 0}, "peildatum"),
        ({"seed": -1}, "seed"),
        ({"onbekend": 1}, "onbekend"),
        ({"beleid": "../../etc/passwd"}, "beleid"),
    ],
)
def test_bad_input_is_400_and_names_the_field(
    client: TestClient, body: dict[str, object], field: str
) -> None:
    """The field is named, the value is not repeated, and the status is 400 as agreed."""
    answer = client.post("/v1/matchruns", json=body)
    assert answer.status_code == 400
    assert field in answer.json()["detail"]
    assert "passwd" not in answer.text


def test_an_unknown_run_is_404(client: TestClient) -> None:
    """A run that does not exist is a problem with a sentence."""
    answer = client.get("/v1/matchruns/00000000-0000-7000-8000-000000000000")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("Deze matchrun bestaat niet")
