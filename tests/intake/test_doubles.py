"""Children who may have been registered twice: shown to a person, never merged."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.routes import router
from tests.doors import open_door, signed_in

Body = dict[str, Any]
SAME = "naam, geboortedatum en postcode"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, drafts)


def other(example: Body, number: str, **changes: Any) -> Body:
    return {**example, "aanmeldnummer": number, "bsn": None, "broersZussen": None, **changes}


def doubles(answer: Any) -> list[tuple[str, str]]:
    return [(one["aanmeldnummer"], one["grond"]) for one in answer.json()["mogelijkDubbel"]]


def test_the_same_name_birth_date_and_area_is_shown_at_once(
    client: TestClient, example: Body
) -> None:
    """Registering tells it, both registrations show it, and both are still there."""
    first = client.post("/v1/kinderen", json=example)
    assert doubles(first) == []
    told = {"voornaam": f"  {example['voornaam'].upper()} ", "postcode": example["postcode"][:4]}
    second = client.post("/v1/kinderen", json=other(example, "AM-9", **told))
    assert second.status_code == 201, second.text
    assert doubles(second) == [(example["aanmeldnummer"], SAME)]
    shown = client.get(f"{first.headers['Location']}/mogelijk-dubbel")
    assert doubles(shown) == [("AM-9", SAME)]
    assert example["voornaam"] not in second.text


@pytest.mark.parametrize(
    "change", [{"voornaam": "Anders"}, {"geboortedatum": "2019-04-10"}, {"postcode": "9999XX"}]
)
def test_one_difference_is_another_child(client: TestClient, example: Body, change: Body) -> None:
    """Name, birth date and area must all be the same."""
    client.post("/v1/kinderen", json=example)
    assert doubles(client.post("/v1/kinderen", json=other(example, "AM-9", **change))) == []


def test_an_earlier_registration_of_the_same_child_is_told(
    client: TestClient, example: Body
) -> None:
    """Found by the BSN; with another name that is a question first; no answer holds the number."""
    first = client.post("/v1/kinderen", json=example).headers["Location"]
    client.post(f"{first}/_intrekken", json={"reden": "anders"}, headers={"If-Match": '"1"'})
    again = other(example, "AM-9", bsn=example["bsn"])
    unlike = client.post("/v1/kinderen", json=again | {"voornaam": "Anders"})
    assert unlike.status_code == 409 and example["bsn"] not in unlike.text
    answer = client.post("/v1/kinderen", json=again)
    assert doubles(answer) == [(example["aanmeldnummer"], "zelfde kind")]
    assert example["bsn"] not in answer.text


def test_a_draft_shows_who_may_be_the_same_before_it_is_handed_in(
    client: TestClient, example: Body
) -> None:
    """By BSN while nothing else is known."""
    client.post("/v1/kinderen", json=example)
    made = client.post("/v1/concepten", json={"bsn": example["bsn"]}).headers["Location"]
    assert doubles(client.get(made)) == [(example["aanmeldnummer"], "bsn")]


def test_a_referrer_is_not_shown_another_organisations_child(
    client: TestClient, example: Body
) -> None:
    """That a child is known elsewhere is not told to who may not see it; its own double is."""
    own = signed_in("verwijzer", "gi-a")
    client.post("/v1/kinderen", json=example, headers=signed_in("verwijzer", "gi-b"))
    mine = client.post("/v1/kinderen", json=other(example, "AM-8"), headers=own)
    assert doubles(mine) == []
    assert doubles(client.post("/v1/kinderen", json=other(example, "AM-9"), headers=own)) == [
        ("AM-8", SAME)
    ]
    seen = client.get(f"{mine.headers['Location']}/mogelijk-dubbel")
    assert {number for number, _ in doubles(seen)} == {example["aanmeldnummer"], "AM-9"}
