"""A family that goes to another provider keeps its history and loses its clearance."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.families.move_routes import router as moves
from app.families.routes import router
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.models import BegunPair, Family, RegistrationState
from tests.doors import open_door, signed_in
from tests.families.telling import SPI_1, TOLD
from tests.families.test_import import RECORD, bring
from tests.rows import make_registration
from tests.told import told_in

YOU_7 = "/v1/pleeggezinnen/youke/YOU-7"
TO_YOUKE = {"aanbieder": "youke", "nummer": "YOU-7", "per": "2026-11-01", "reden": "Verhuisd"}
A_WEEK = timedelta(days=7)
COORDINATOR = signed_in(ActorRole.COORDINATOR)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    opened = open_door(connection, router, moves)
    assert opened.put(SPI_1, json=TOLD).status_code == 201
    return opened


def hand_over(client: TestClient, role: str = "coordinator", **other: str) -> Any:
    body = TO_YOUKE | other
    return client.post(f"{SPI_1}/_overdragen", json=body, headers=signed_in(role))


def test_the_family_is_where_it_went(client: TestClient) -> None:
    """Same family, other number, no clearance; the old address knows it no more."""
    before = client.get(SPI_1).json()
    answer = hand_over(client)
    assert (answer.status_code, answer.headers["Content-Location"]) == (200, YOU_7)
    after = client.get(YOU_7).json()
    assert (after["id"], after["naam"]) == (before["id"], "Jansen")
    assert (after["vgbGeldigTot"], after["vgbVervallen"]) == (None, "2028-01-01")
    assert client.get(SPI_1).status_code == 404
    (move,) = client.get(f"{YOU_7}/overgangen").json()["overgangen"]
    assert (move["vanAanbieder"], move["vanNummer"]) == ("spirit", "SPI-1")
    assert (move["vgbVervallen"], move["reden"], move["door"]) == ("2028-01-01", "Verhuisd", "api")


def test_the_new_provider_tells_of_it_from_then_on(client: TestClient) -> None:
    """Its first word counts, though written down before the last of the old one."""
    hand_over(client)
    told = TOLD | {"gewijzigdOp": "2026-01-01T00:00:00Z", "vgbGeldigTot": "2029-06-01"}
    youke = signed_in(ActorRole.PROVIDER_SYSTEM, "youke")
    etag = client.get(YOU_7, headers=youke).headers["ETag"]
    answer = client.put(YOU_7, json=told, headers=youke | {"If-Match": etag})
    assert (answer.status_code, answer.json()["vgbGeldigTot"]) == (200, "2029-06-01")
    assert answer.json()["vgbVervallen"] is None
    spirit = signed_in(ActorRole.PROVIDER_SYSTEM, "spirit")
    assert client.get(YOU_7, headers=spirit).status_code == 404


def test_the_old_provider_does_not_make_it_again(client: TestClient, session: Session) -> None:
    """Neither by one call nor by an export that still names it; its other rows are kept."""
    hand_over(client)
    answer = client.put(SPI_1, json=TOLD)
    assert (answer.status_code, answer.json()["velden"]) == (409, ["nummer"])
    report = bring(session, [RECORD])
    assert (report.added, len(report.refusals)) == (0, 1)
    assert "overgedragen" in report.refusals[0].message


def test_and_back_again(client: TestClient) -> None:
    """Under its old number it is known again, with both moves in its history."""
    hand_over(client)
    body = TO_YOUKE | {"aanbieder": "spirit", "nummer": "SPI-1"}
    client.post(f"{YOU_7}/_overdragen", json=body, headers=COORDINATOR)
    moved = client.get(f"{SPI_1}/overgangen").json()["overgangen"]
    assert [one["naarAanbieder"] for one in moved] == ["youke", "spirit"]
    etag = client.get(SPI_1).headers["ETag"]
    assert client.put(SPI_1, json=TOLD, headers={"If-Match": etag}).status_code == 200


def test_a_number_that_is_taken(client: TestClient) -> None:
    """409, and the family has not moved."""
    assert client.put(YOU_7, json=TOLD).status_code == 201
    assert hand_over(client).status_code == 409
    assert client.get(SPI_1).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"aanbieder": "niemand"}, "aanbieder"),
        ({"aanbieder": "spirit"}, "aanbieder"),
        ({"per": "2999-01-01"}, "per"),
        ({"reden": ""}, "reden"),
    ],
)
def test_a_wrong_transfer_names_the_field(
    client: TestClient, changes: dict[str, str], field: str
) -> None:
    """400, and the family stays."""
    answer = hand_over(client, **changes)
    assert (answer.status_code, answer.json()["velden"]) == (400, [field])
    assert client.get(SPI_1).status_code == 200


def test_who_may_hand_over(client: TestClient) -> None:
    """A coordinator or the administrator; never a provider by itself, nor who only registers."""
    for role in ("aanbieder-systeem@spirit", "aanbieder-matcher@youke", "aanmeldpunt"):
        assert hand_over(client, role).status_code == 403
    assert hand_over(client, "beheerder").status_code == 200


def test_a_transfer_that_is_sent_again(client: TestClient) -> None:
    """The same key gives the same answer, and the family has moved once."""
    headers = COORDINATOR | {"Idempotency-Key": "k"}
    first, again = (
        client.post(f"{SPI_1}/_overdragen", json=TO_YOUKE, headers=headers) for _ in range(2)
    )
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again.headers["Idempotent-Replayed"] == "true"


def test_old_and_new_provider_are_told(client: TestClient, session: Session) -> None:
    """The old one under its number, the new one under its own, with each question that is open."""
    family = session.scalars(select(Family)).one()
    today = today_in_amsterdam()
    pairs = [
        BegunPair(
            registration_id=make_registration(session, number=number, state=state).id,
            family_id=family.id, is_request=True, rhythm="voltijd", begun_on=today - A_WEEK,
            held_until=until, actor="c",
        )
        for number, state, until in (
            ("AM-1", RegistrationState.SEARCHING, today),
            ("AM-2", RegistrationState.SEARCHING, today - timedelta(days=1)),
            ("AM-3", RegistrationState.WITHDRAWN, today),
        )
    ]  # fmt: skip
    session.add_all(pairs)
    session.commit()
    before = len(told_in(session))
    assert hand_over(client, "beheerder").status_code == 200
    act_as(session, SYSTEM)  # who configures reads no events
    session.commit()
    old, new = ({"aanbieder": "spirit", "gezin": "SPI-1"}, {"aanbieder": "youke", "gezin": "YOU-7"})
    asked = new | {"kind": str(pairs[0].registration_id), "stap": str(pairs[0].id)}
    assert told_in(session)[before:] == [
        ("pleeggezin.gewijzigd", old, "spirit"),
        ("pleeggezin.toegevoegd", new, "youke"),
        ("stap.begonnen", asked, "youke"),
    ]


def test_a_refused_transfer_tells_nothing(client: TestClient, session: Session) -> None:
    """Nothing happened."""
    before = told_in(session)
    assert hand_over(client, aanbieder="niemand").status_code == 400
    assert told_in(session) == before
