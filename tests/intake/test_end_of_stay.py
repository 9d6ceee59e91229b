"""Where a child is now and when that ends: asked wherever somebody can be asked."""

import json
from collections.abc import Callable
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
from app.kernel.clock import today_in_amsterdam
from app.models import Registration
from app.settings import Settings
from tests.doors import open_door, signed_in

Body = dict[str, Any]
WHY = "De tante weet het pas na de zitting."
AWAY = {"verblijftNu": "groep", "moetWegOp": None}
INTAKE, REFERRER = signed_in("aanmeldpunt"), signed_in("verwijzer", "gi-a")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    made = open_door(connection, router, files, drafts, corrections)
    made.headers.update(INTAKE)
    return made


def is_asked(answer: Any) -> bool:
    return answer.status_code == 400 and answer.json()["velden"][0] == "moetWegOp"


def put(client: TestClient, where: str, body: Body, who: dict[str, str] = INTAKE) -> Any:
    etag = client.get(where, headers=who).headers["ETag"]
    return client.put(where, json=body, headers=who | {"If-Match": etag})


def test_a_registration_tells_it_or_why_not(client: TestClient, example: Body) -> None:
    """At home nothing ends; elsewhere a day or a reason, which is kept and read again."""
    assert is_asked(client.post("/v1/kinderen", json=example | AWAY))
    home = example | AWAY | {"verblijftNu": "Thuis", "aanmeldnummer": "AM-8", "bsn": None}
    assert client.post("/v1/kinderen", json=home).status_code == 201
    told = example | AWAY | {"eindeOnbekendOmdat": WHY}
    where = client.post("/v1/kinderen", json=told).headers["Location"]
    assert client.get(where).json()["eindeOnbekendOmdat"] == WHY
    gaps = client.get(f"{where}/volledigheid").json()["ontbreekt"]
    assert "moetWegOp" not in [gap["veld"] for gap in gaps]


def test_both_at_once_are_refused(client: TestClient, example: Body) -> None:
    """A day that is known is not unknown."""
    both = example | {"verblijftNu": "groep", "moetWegOp": "2099-01-01", "eindeOnbekendOmdat": WHY}
    answer = client.post("/v1/kinderen", json=both)
    assert (answer.status_code, answer.json()["velden"]) == (400, ["eindeOnbekendOmdat"])


def test_a_change_asks_it_too(client: TestClient, session: Session, example: Body) -> None:
    """Also of one that came without; another disputed fact is amended without it."""
    told = example | AWAY | {"eindeOnbekendOmdat": WHY}
    where = client.post("/v1/kinderen", json=told).headers["Location"]
    assert is_asked(put(client, where, example | AWAY))
    assert put(client, where, example | AWAY | {"moetWegOp": "2099-01-01"}).status_code == 200
    stored = session.scalars(select(Registration)).one()
    session.refresh(stored)
    assert (str(stored.leave_by), stored.end_unknown) == ("2099-01-01", None)
    stored.leave_by = None
    session.commit()
    assert is_asked(put(client, where, example | AWAY | {"sdqTotaal": 7}))
    wish = {"veld": "sdqTotaal", "waarde": 7, "betwistDoor": "ouder", "reden": "Verkeerd geteld."}
    etag = {"If-Match": client.get(where).headers["ETag"]}
    answer = client.post(f"{where}/correcties", json=wish, headers=etag)
    assert answer.status_code == 201, answer.text


def test_a_correction_cannot_take_it_away(client: TestClient, example: Body) -> None:
    """What was known of the end stays known."""
    told = example | AWAY | {"moetWegOp": "2099-01-01"}
    where = client.post("/v1/kinderen", json=told).headers["Location"]
    wish = {"veld": "moetWegOp", "waarde": None, "betwistDoor": "ouder", "reden": "Klopt niet."}
    etag = {"If-Match": client.get(where).headers["ETag"]}
    assert is_asked(client.post(f"{where}/correcties", json=wish, headers=etag))


def test_a_draft_is_complete_with_the_reason(client: TestClient, example: Body) -> None:
    """Without it cannot be handed in."""
    draft = client.post("/v1/concepten", json=example | AWAY).headers["Location"]
    assert client.get(draft).json()["stand"] == "concept"
    assert put(client, draft, example | AWAY | {"eindeOnbekendOmdat": WHY}).status_code == 200
    etag = {"If-Match": client.get(draft).headers["ETag"]}
    assert client.post(f"{draft}/_indienen", headers=etag).status_code == 201


def test_a_follow_up_asks_it_anew(client: TestClient, example: Body) -> None:
    """The reason of before is not taken over: the child is somewhere else by now."""
    told = example | AWAY | {"eindeOnbekendOmdat": WHY}
    where = client.post("/v1/kinderen", json=told).headers["Location"]
    etag = {"If-Match": client.get(where).headers["ETag"]}
    client.post(f"{where}/_intrekken", json={"reden": "andere hulp"}, headers=etag)
    wish = {
        "aanmeldnummer": "AM-9", "vorm": "opvoeding", "urgentie": "spoed", "verblijftNu": "groep",
        "nodigVanaf": "2026-12-01", "verwachteDuurMaanden": 24,
    }  # fmt: skip
    assert is_asked(client.post(f"{where}/_vervolg", json=wish))
    made = client.post(f"{where}/_vervolg", json=wish | {"eindeOnbekendOmdat": "Nog onbekend."})
    assert client.get(made.headers["Location"]).json()["eindeOnbekendOmdat"] == "Nog onbekend."


def test_a_file_may_lack_it_and_the_gap_is_shown(
    client: TestClient, session: Session, settings: Settings, write: Callable[..., Path]
) -> None:
    """Nobody can be asked at once: the child is searched for, and the search has its gap."""
    path = write(AWAY)
    done = import_registrations(
        session, actor=SYSTEM, reading=read_registrations(path, today=today_in_amsterdam()),
        source=source_of(path), settings=settings,
    )  # fmt: skip
    assert done.added == 1
    session.commit()
    id_ = session.scalars(select(Registration.id)).one()
    gaps = client.get(f"/v1/kinderen/{id_}/volledigheid").json()["ontbreekt"]
    assert {gap["veld"]: gap["nodigVoor"] for gap in gaps}["moetWegOp"] == "zoeken"
    told = write(AWAY | {"eindeOnbekendOmdat": WHY})
    reading = read_registrations(told, today=today_in_amsterdam())
    assert [read.record.end_unknown for read in reading.registrations] == [WHY]
    both = json.loads(told.read_text()) | {"moetWegOp": "2099-01-01"}
    told.write_text(json.dumps(both) + "\n")
    (refusal,) = read_registrations(told, today=today_in_amsterdam()).refusals
    assert refusal.field == "eindeOnbekendOmdat"


def test_a_referrer_of_a_secret_placement_keeps_a_reason_that_it_does_not_read(
    client: TestClient, session: Session, example: Body
) -> None:
    """It may say where the child is; a day that it tells itself takes its place."""
    secret = example | AWAY | {
        "eindeOnbekendOmdat": WHY, "geheimePlaatsing": True, "broersZussen": None,
    }  # fmt: skip
    where = client.post("/v1/kinderen", json=secret, headers=REFERRER).headers["Location"]
    assert WHY not in client.get(where, headers=REFERRER).text
    names = ("verblijftNu", "moetWegOp", "eindeOnbekendOmdat", "school", "bsn")
    seen = {name: value for name, value in secret.items() if name not in names}
    assert put(client, where, seen, REFERRER).status_code == 200
    assert client.get(where).json()["eindeOnbekendOmdat"] == WHY
    answer = put(client, where, seen | {"moetWegOp": "2099-01-01"}, REFERRER)
    assert answer.status_code == 200, answer.text
    shown = client.get(where).json()
    assert (shown["moetWegOp"], shown["eindeOnbekendOmdat"]) == ("2099-01-01", None)
