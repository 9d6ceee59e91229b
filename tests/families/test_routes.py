"""Families over HTTP: made, changed, read, confirmed, by the provider's own number."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.families.routes import router
from app.families.schemas import FamilyIn
from app.families.told import read_record
from app.kernel.actor import ActorRole
from app.models import Occupation, Place
from tests.doors import open_door, signed_in
from tests.families.telling import SPI_1, TOLD
from tests.families.test_import import RECORD, bring
from tests.rows import make_family, make_registration

IF_1 = {"If-Match": '"1"'}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def as_provider(client: TestClient, session: Session, code: str) -> None:
    client.headers.update(signed_in(ActorRole.PROVIDER_SYSTEM, code))


def test_a_new_family_is_read_back_whole(client: TestClient) -> None:
    """201, and everything that was told comes back, with the beds as rows."""
    answer = client.put(SPI_1, json=TOLD)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    read = client.get(SPI_1)
    assert read.headers["ETag"] == '"1"'
    shown: dict[str, Any] = read.json()
    assert {name: shown[name] for name in TOLD} == TOLD
    assert (shown["aanbieder"], shown["nummer"], shown["navragen"]) == ("spirit", "SPI-1", False)
    assert [place["isVrij"] for place in shown["plaatsen"]] == [True, False]
    assert shown["laatstBevestigdOp"] is None


def test_a_change_is_made_on_the_version_that_was_read(client: TestClient) -> None:
    """Without If-Match 428, with an old one 412, with the right one 200 and the next version."""
    client.put(SPI_1, json=TOLD)
    changed = TOLD | {"leeftijdTotEnMet": 16}
    assert client.put(SPI_1, json=changed).status_code == 428
    answer = client.put(SPI_1, json=changed, headers=IF_1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert answer.json()["leeftijdTotEnMet"] == 16
    assert client.put(SPI_1, json=TOLD, headers=IF_1).status_code == 412


def test_only_new_means_only_new(client: TestClient) -> None:
    """If-None-Match: * makes a family once; If-Match on one that is not there is stale."""
    assert client.put(SPI_1, json=TOLD, headers=IF_1).status_code == 412
    only_new = {"If-None-Match": "*"}
    assert client.put(SPI_1, json=TOLD, headers=only_new).status_code == 201
    assert client.put(SPI_1, json=TOLD, headers=only_new).status_code == 412
    wrong = client.put(SPI_1, json=TOLD, headers={"If-None-Match": '"1"'})
    assert wrong.status_code == 400


def test_older_news_is_refused(client: TestClient) -> None:
    """What was written down before the stored version changes nothing."""
    client.put(SPI_1, json=TOLD)
    older = TOLD | {"leeftijdTotEnMet": 16, "gewijzigdOp": "2026-10-19T00:00:00Z"}
    answer = client.put(SPI_1, json=older, headers=IF_1)
    assert answer.status_code == 409
    assert "gewijzigdOp" in answer.json()["detail"]
    assert client.get(SPI_1).json()["leeftijdTotEnMet"] == 12


def test_the_same_again_keeps_the_version(client: TestClient) -> None:
    """Nothing changed but the moment: that is noted, and nobody's reading becomes stale."""
    client.put(SPI_1, json=TOLD)
    later = TOLD | {"gewijzigdOp": "2026-10-21T02:00:00+02:00"}
    answer = client.put(SPI_1, json=later, headers=IF_1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert answer.json()["gewijzigdOp"] == "2026-10-21T00:00:00Z"


def test_a_family_by_http_is_the_family_of_an_export(client: TestClient, session: Session) -> None:
    """The same facts by file afterwards: nothing changed, however the lists were ordered."""
    assert read_record("SPI-1", FamilyIn.model_validate(TOLD)) == RECORD
    client.put(SPI_1, json=TOLD | {"pleegoudersGeboren": [1982, 1980]})
    assert bring(session, [RECORD]).unchanged == 1


def test_a_place_with_a_registered_child_is_not_released(
    client: TestClient, session: Session
) -> None:
    """The provider may say it is free: only a person ends a placement."""
    family = make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    place = session.scalars(select(Place).where(Place.family_id == family.id)).one()
    since = datetime(2026, 10, 1, tzinfo=UTC)
    session.add(Occupation(place_id=place.id, registration_id=child.id, since=since))
    session.commit()
    told = TOLD | {"plaatsenTotaal": 1, "plaatsenVrij": 1}
    assert client.put(SPI_1, json=told, headers=IF_1).json()["plaatsenVrij"] == 0


def test_confirming_ends_the_asking(client: TestClient, session: Session) -> None:
    """Navragen is cleared, the moment noted; once more is fine and only moves the moment."""
    make_family(session, reference="SPI-1", needs_confirmation=True)
    session.commit()
    assert client.get(SPI_1).json()["navragen"] is True
    answer = client.post(f"{SPI_1}/_bevestig")
    assert (answer.status_code, answer.json()["navragen"]) == (200, False)
    assert answer.json()["laatstBevestigdOp"].endswith("Z")
    assert client.get(SPI_1).headers["ETag"] == answer.headers["ETag"]
    assert client.post(f"{SPI_1}/_bevestig").status_code == 200


def test_telling_a_family_again_is_a_confirmation_too(client: TestClient, session: Session) -> None:
    """Who sends the family as it is takes part again, as with an export."""
    client.put(SPI_1, json=TOLD)
    bring(session, [], confirmed=True)
    session.commit()
    assert client.get(SPI_1).json()["navragen"] is True
    answer = client.put(SPI_1, json=TOLD, headers={"If-Match": '"2"'})
    assert answer.json()["navragen"] is False


def test_an_unknown_family_or_provider_is_404(client: TestClient) -> None:
    """One sentence that says what to check."""
    answers = [
        client.get(SPI_1),
        client.post(f"{SPI_1}/_bevestig"),
        client.put("/v1/pleeggezinnen/onbekend/A-1", json=TOLD),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("controleer" in answer.json()["detail"] for answer in answers)


def test_a_provider_reaches_only_its_own_families(client: TestClient, session: Session) -> None:
    """Another provider's family can be neither read, listed, changed, confirmed nor made."""
    make_family(session, provider="spirit", reference="SPI-1")
    make_family(session, provider="youke", reference="YOU-1")
    session.commit()
    as_provider(client, session, "youke")
    assert client.get(SPI_1).status_code == 404
    assert client.post(f"{SPI_1}/_bevestig").status_code == 404
    assert client.put(SPI_1, json=TOLD, headers=IF_1).status_code == 404
    assert client.put("/v1/pleeggezinnen/spirit/SPI-2", json=TOLD).status_code == 404
    found = client.get("/v1/pleeggezinnen").json()["pleeggezinnen"]
    assert [line["nummer"] for line in found] == ["YOU-1"]
    assert client.put("/v1/pleeggezinnen/youke/YOU-2", json=TOLD).status_code == 201


def test_beds_have_a_rhythm_of_their_own(client: TestClient, session: Session) -> None:
    """Told bed by bed they come back so; without them a change leaves the rhythms as they were."""
    beds = [
        {"ritme": "oneven weekenden", "isVrij": True},
        {"ritme": "voltijd", "isVrij": False},
    ]
    answer = client.put(SPI_1, json=TOLD | {"plaatsen": beds})
    assert answer.status_code == 201, answer.text
    shown = client.get(SPI_1).json()["plaatsen"]
    assert [{name: bed[name] for name in ("ritme", "isVrij")} for bed in shown] == beds
    again = client.put(SPI_1, json=TOLD | {"leeftijdTotEnMet": 16}, headers=IF_1)
    assert [bed["ritme"] for bed in again.json()["plaatsen"]] == ["oneven weekenden", "voltijd"]


@pytest.mark.parametrize(
    "beds", [[], [{"isVrij": True}], [{"isVrij": False}, {"isVrij": False}], [{"isVrij": 1}] * 2]
)
def test_beds_that_do_not_add_up_are_refused(client: TestClient, beds: list[Any]) -> None:
    """Their number and how many are free must be what the totals say."""
    answer = client.put(SPI_1, json=TOLD | {"plaatsen": beds})
    assert answer.status_code == 400
    assert "plaatsen" in answer.json()["detail"]
