"""A referrer may make a placement secret; lifting it is for others, with a reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.imports.report import source_of
from app.intake.correction_routes import router as corrections
from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.reader import read_registrations
from app.intake.routes import router
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import Registration, RegistrationState, WithdrawalReason
from app.settings import Settings
from tests.doors import open_door, signed_in
from tests.region import DAY

Body = dict[str, Any]
OWN = signed_in("verwijzer", "gi-a")
INTAKE = signed_in("aanmeldpunt")
COORDINATOR = signed_in("coordinator")
PLACE = "crisispleeggezin De Wilg"
FOLLOW_UP: Body = {
    "aanmeldnummer": "AM-V-2", "vorm": "opvoeding", "urgentie": "spoed", "verblijftNu": PLACE,
    "moetWegOp": "2099-01-01", "nodigVanaf": "2026-12-01", "verwachteDuurMaanden": 24,
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, drafts, files, corrections)


@pytest.fixture
def secret(example: Body) -> Body:
    return example | {"geheimePlaatsing": True, "verblijftNu": PLACE, "broersZussen": None}


@pytest.fixture
def where(client: TestClient, secret: Body) -> str:
    answer = client.post("/v1/kinderen", json=secret, headers=OWN)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def etag(client: TestClient, where: str) -> dict[str, str]:
    return {"If-Match": client.get(where, headers=INTAKE).headers["ETag"]}


def amend(client: TestClient, where: str, value: Any, who: dict[str, str]) -> Any:
    wish = {"veld": "geheimePlaatsing", "waarde": value, "betwistDoor": "verwijzer", "reden": "Nu."}
    return client.post(f"{where}/correcties", json=wish, headers=who | etag(client, where))


def is_refused(answer: Any, status: int = 409) -> bool:
    detail = answer.json()["detail"]
    assert answer.status_code == status, answer.text
    return all(word in detail for word in ("geheimePlaatsing", "aanmeldpunt of de coördinator"))


def test_a_referrer_may_make_it_secret(client: TestClient, example: Body) -> None:
    """With a correction; from then on the place is hidden from it."""
    body = example | {"geheimePlaatsing": False, "verblijftNu": PLACE, "broersZussen": None}
    where = client.post("/v1/kinderen", json=body, headers=OWN).headers["Location"]
    assert amend(client, where, value=True, who=OWN).status_code == 201
    assert PLACE not in client.get(where, headers=OWN).text


@pytest.mark.parametrize("value", [False, None, "nee"])
def test_a_referrers_correction_does_not_lift_it(
    client: TestClient, where: str, value: Any
) -> None:
    """One sentence says who can, whatever was typed; nothing came into view."""
    assert is_refused(amend(client, where, value, OWN), 403)
    assert PLACE not in client.get(where, headers=OWN).text


@pytest.mark.parametrize("who", [INTAKE, COORDINATOR])
def test_a_correction_lifts_it_and_keeps_who_and_why(
    client: TestClient, where: str, who: dict[str, str]
) -> None:
    """Then the referrer sees where the child is."""
    assert amend(client, where, value=False, who=who).status_code == 201
    (told,) = client.get(f"{where}/correcties", headers=INTAKE).json()["correcties"]
    assert (told["was"], told["reden"], told["betwistDoor"]) == (True, "Nu.", "verwijzer")
    assert client.get(where, headers=OWN).json()["verblijftNu"] == PLACE


@pytest.mark.parametrize("who", [OWN, INTAKE])
def test_a_put_does_not_lift_it(
    client: TestClient, where: str, secret: Body, who: dict[str, str]
) -> None:
    """Nor for the staff, who would leave no reason."""
    told = secret | {"geheimePlaatsing": False, "bezoekPerMaand": 4}
    assert is_refused(client.put(where, json=told, headers=who | etag(client, where)))
    kept = client.get(where, headers=INTAKE).json()
    assert (kept["geheimePlaatsing"], kept["bezoekPerMaand"]) == (True, secret["bezoekPerMaand"])


@pytest.mark.parametrize("value", [False, None])
def test_a_draft_of_a_referrer_stays_secret(client: TestClient, value: bool | None) -> None:
    """Told as open or as unknown it is refused, for the staff too; left out it stays."""
    begun = {"geheimePlaatsing": True, "verblijftNu": PLACE}
    draft = client.post("/v1/concepten", json=begun, headers=OWN).headers["Location"]
    for who in (OWN, INTAKE):
        asked = {"json": begun | {"geheimePlaatsing": value}, "headers": who | etag(client, draft)}
        assert is_refused(client.put(draft, **asked))
    gone_on = client.put(draft, json={"voornaam": "Noor"}, headers=OWN | etag(client, draft))
    told = gone_on.json()["gegevens"]
    assert (told["geheimePlaatsing"], told["voornaam"]) == (True, "Noor")
    assert PLACE not in client.get(draft, headers=OWN).text


def test_a_draft_that_no_referrer_reads_may_change(client: TestClient) -> None:
    """A slip of the one who writes it is mended at once."""
    begun = {"geheimePlaatsing": True}
    draft = client.post("/v1/concepten", json=begun, headers=INTAKE).headers["Location"]
    told = {"json": {"geheimePlaatsing": False}, "headers": INTAKE | etag(client, draft)}
    assert client.put(draft, **told).status_code == 200


def test_a_new_registration_of_the_child_does_not_lift_it(
    client: TestClient, where: str, secret: Body
) -> None:
    """Withdrawn and registered again, at once or by a draft: told as secret only."""
    gone = client.post(
        f"{where}/_intrekken", json={"reden": "anders"}, headers=OWN | etag(client, where)
    )
    assert gone.status_code == 200, gone.text
    again = secret | {"aanmeldnummer": "AM-9"}
    told = again | {"geheimePlaatsing": False}
    assert is_refused(client.post("/v1/kinderen", json=told, headers=OWN))
    draft = client.post("/v1/concepten", json=told, headers=OWN).headers["Location"]
    assert is_refused(client.post(f"{draft}/_indienen", headers=OWN | etag(client, draft)))
    assert client.post("/v1/kinderen", json=again, headers=OWN).status_code == 201


def test_a_follow_up_takes_it_over(client: TestClient, where: str) -> None:
    """It does not ask, and the referrer reads no place in the new one either."""
    client.post(
        f"{where}/_intrekken", json={"reden": "anders"}, headers=INTAKE | etag(client, where)
    )
    made = client.post(f"{where}/_vervolg", json=FOLLOW_UP, headers=INTAKE)
    assert made.status_code == 201, made.text
    shown = client.get(made.headers["Location"], headers=OWN)
    assert (shown.json()["geheimePlaatsing"], PLACE in shown.text) == (True, False)


@pytest.mark.parametrize("number", ["AM-1", "AM-2"])
def test_a_file_does_not_lift_it(  # noqa: PLR0917
    session: Session, settings: Settings, tmp_path: Path, secret: Body, number: str
) -> None:
    """Its row is refused, under its own number or, once it is withdrawn, another; it may go on."""

    def bring(**more: Any) -> Any:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text(json.dumps(secret | more) + "\n")
        return import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=settings,
        )  # fmt: skip

    assert bring(aanmeldnummer="AM-1").added == 1
    if number != "AM-1":
        stored = session.scalars(select(Registration)).one()
        stored.state, stored.withdrawn_at = RegistrationState.WITHDRAWN, now()
        stored.withdrawal_reason = WithdrawalReason.OTHER
        session.flush()
    (refused,) = bring(aanmeldnummer=number, geheimePlaatsing=False).refusals
    assert refused.field == "geheimePlaatsing"
    assert "met een correctie" in refused.message
    assert not bring(aanmeldnummer=number, bezoekPerMaand=4).refusals


def test_an_older_registration_hides_what_a_newer_one_tells_is_secret(
    client: TestClient, session: Session, example: Body
) -> None:
    """For its own referrer too, and its version is a new one; lifting it lifts it of both."""
    open_ = example | {"geheimePlaatsing": False, "verblijftNu": PLACE, "broersZussen": None}
    older = client.post("/v1/kinderen", json=open_, headers=OWN).headers["Location"]
    session.get_one(Registration, older.rsplit("/", 1)[1]).state = RegistrationState.CLOSED
    session.flush()
    before = etag(client, older)
    newer = open_ | {"aanmeldnummer": "AM-2026-9001", "geheimePlaatsing": True}
    made = client.post("/v1/kinderen", json=newer, headers=OWN)
    assert made.status_code == 201, made.text
    assert PLACE not in client.get(older, headers=OWN).text
    assert etag(client, older) != before
    assert amend(client, made.headers["Location"], value=False, who=COORDINATOR).status_code == 201
    assert PLACE in client.get(older, headers=OWN).text
