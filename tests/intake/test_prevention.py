"""What was tried first, and wishes for brothers and sisters with whose and why."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.fields import content_hash
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.intake.schemas import RegistrationIn
from app.settings import Settings
from tests.doors import open_door

Body = dict[str, Any]
PREVENTION = {
    "netwerkonderzoekUitkomst": None,
    "netwerkonderzoekOvergeslagen": "Het netwerk is ver weg.",
    "jimOvergeslagen": "Te jong.",
    "big5Overgeslagen": "Crisis.",
}
WISHES: Body = {
    "groep": "BZ-101",
    "wens": "apart",
    "apartOmdat": "Het crisisgezin heeft één plaats.",
    "herenigenVoor": "2026-12-24",
    "wensenPerKind": [
        {
            "aanmeldnummer": "AM-2",
            "wens": "samen",
            "wiens": "kind",
            "waarom": "Zij slaapt niet zonder haar broer.",
            "contraindicatie": "Ruzie aan tafel.",
        }
    ],
}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files)


def test_what_was_tried_first_is_read_back(client: TestClient, example: Body) -> None:
    """With the reasons why something was not; a correction replaces it."""
    told = {name: value for name, value in PREVENTION.items() if value is not None}
    where = client.post("/v1/kinderen", json=example | {"preventie": told}).headers["Location"]
    assert client.get(where).json()["preventie"] == told
    outcome = {"netwerkonderzoekUitkomst": "niemand gevonden"}
    done = example | {"netwerkonderzoekGedaan": True, "preventie": outcome}
    answer = client.put(where, json=done, headers={"If-Match": '"1"'})
    assert answer.json()["preventie"] == outcome


def test_wishes_come_back_with_whose_and_why(client: TestClient, example: Body) -> None:
    """Per brother or sister, and why and until when they are apart in a crisis."""
    body = example | {"vorm": "crisis", "broersZussen": WISHES}
    where = client.post("/v1/kinderen", json=body).headers["Location"]
    assert client.get(where).json()["broersZussen"] == WISHES
    missing = client.get(f"{where}/volledigheid").json()["ontbreekt"]
    assert not any(one["veld"].startswith("broersZussen") for one in missing)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"preventie": {"netwerkonderzoekUitkomst": "gezin gevonden"}}, "netwerkonderzoekUitkomst"),
        (
            {
                "netwerkonderzoekGedaan": True,
                "preventie": {"netwerkonderzoekOvergeslagen": "geen tijd"},
            },
            "netwerkonderzoekOvergeslagen",
        ),
        ({"broersZussen": WISHES}, "herenigenVoor"),
        (
            {"broersZussen": WISHES | {"wensenPerKind": [{
                "aanmeldnummer": "AM-2", "wens": "samen", "wiens": "buurman",
            }]}},
            "wiens",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(
    client: TestClient, example: Body, changes: Body, field: str
) -> None:
    """An outcome without research, a reason to skip what was done, a reunion without a crisis."""
    answer = client.post("/v1/kinderen", json=example | changes)
    assert answer.status_code == 400
    assert field in answer.json()["detail"]


def test_a_registration_without_these_says_what_it_said(example: Body, settings: Settings) -> None:
    """Fields of a later version that are left out change no digest: an import stays unchanged."""
    plain = RegistrationIn.model_validate(example)
    unsaid = example | {"preventie": None}
    assert content_hash(RegistrationIn.model_validate(unsaid), settings) == content_hash(
        plain, settings
    )
    assert "preventie" not in plain.model_dump(by_alias=True)
