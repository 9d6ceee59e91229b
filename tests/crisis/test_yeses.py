"""A child in a crisis bed waits for the two yeses by name, and they can be given afterwards."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.words import CareForm, Urgency
from app.models import RegistrationState
from app.placements.routes import router as placements
from tests.crisis.test_followed import find_bed
from tests.crisis.test_going_on import link
from tests.crisis.test_routes import TODAY, make_home
from tests.doors import open_door
from tests.rows import make_placement
from tests.steps.settled import make_registration

MISSING = "akkoord ontbreekt"


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router, placements)


@pytest.mark.parametrize(
    ("child", "told"),
    [
        ({}, {}),
        (
            {"care_form": CareForm.CRISIS, "urgency": Urgency.CRISIS},
            {"redenGeenVervolg": "Kan maandag naar oma."},
        ),
    ],
)
def test_the_yeses_are_waited_for_and_given(
    client: TestClient, session: Session, child: dict[str, Any], told: dict[str, Any]
) -> None:
    """Whether the registration searches on or has found its crisis family; each by itself."""
    make_home(session, "SPI-1")
    linked = link(
        client, find_bed(client), make_registration(session, number="AM-1", **child), **told
    )
    assert linked.status_code == 200, linked.text
    (line,) = client.get("/v1/plaatsingen", params={"aandacht": "true"}).json()["plaatsingen"]
    assert MISSING in line["aandacht"]
    where = f"/v1/plaatsingen/{line['id']}"
    half = _patch(client, where, {"akkoordAanbiederOp": TODAY.isoformat()})
    assert (half.json()["grond"], MISSING in half.json()["aandacht"]) == ("acuut", True)
    whole = _patch(
        client, where, {"akkoordVerwijzerOp": TODAY.isoformat(), "akkoordVerwijzer": "GI A"}
    )
    assert MISSING not in whole.json()["aandacht"]
    assert _patch(client, where, {"akkoordVerwijzer": None}).status_code == 400


def _patch(client: TestClient, where: str, told: dict[str, Any]) -> Any:
    etag = {"If-Match": client.get(where).headers["ETag"]}
    return client.patch(where, json=told, headers=etag)


def test_what_is_sent_back_as_it_stands_is_no_yes(client: TestClient, session: Session) -> None:
    """The form of a placement from a step sends its empty yeses along with a support plan."""
    child = make_registration(session, number="AM-1", state=RegistrationState.PLACED)
    home = make_home(session, "SPI-1")
    lived = make_placement(session, registration_id=child.id, family_id=home.id, since=TODAY)
    where = f"/v1/plaatsingen/{lived.id}"
    told = {"akkoordAanbiederOp": None, "akkoordVerwijzer": None, "steunplan": "Elke week."}
    answer = _patch(client, where, told)
    assert (answer.status_code, answer.json()["steunplan"]) == (200, "Elke week.")
    assert _patch(client, where, {"akkoordAanbiederOp": TODAY.isoformat()}).status_code == 400
