"""A disputed fact: amended, the old value kept, and what was proposed on it marked as old."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.imports.report import source_of
from app.intake.correction_routes import router as corrections
from app.intake.reader import read_registrations
from app.intake.routes import router
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.words import Rhythm
from app.models import BegunPair, Event, FactCorrection, FieldChange, GivenAnswer
from app.settings import Settings
from tests.doors import open_door, signed_in
from tests.region import DAY
from tests.rows import make_family

Body = dict[str, Any]


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, corrections)


@pytest.fixture
def where(client: TestClient, example: Body) -> str:
    return str(client.post("/v1/kinderen", json=example).headers["Location"])


def amend(client: TestClient, where: str, field: str, value: Any, **headers: str) -> Any:
    wish = {"veld": field, "waarde": value, "betwistDoor": "ouder", "reden": "Dat klopt niet."}
    return client.post(f"{where}/correcties", json=wish, headers={"If-Match": '"1"'} | headers)


def changed(session: Session) -> list[str]:
    session.commit()
    return list(session.scalars(select(FieldChange.field).order_by(FieldChange.id)))


def test_a_fact_is_amended_and_what_it_was_is_kept(
    client: TestClient, where: str, example: Body, session: Session
) -> None:
    """The new value counts, the BSN stays, the old value is sealed and told with who and why."""
    answer = amend(client, where, "problematiek.lvb", 0)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    assert client.get(f"{where}/correcties").headers["ETag"] == '"2"'
    shown = client.get(where).json()
    assert (shown["problematiek"]["lvb"], shown["bsnBekend"]) == (0, True)
    assert shown["problematiek"]["hechting"] == example["problematiek"]["hechting"]
    (told,) = client.get(f"{where}/correcties").json()["correcties"]
    assert (told["veld"], told["was"]) == ("problematiek.lvb", example["problematiek"]["lvb"])
    assert (told["betwistDoor"], told["reden"]) == ("ouder", "Dat klopt niet.")
    assert (told["wie"], told["rol"]) == ("api", "aanmeldpunt")
    assert changed(session) == ["problematiek.lvb"]


def test_the_old_value_is_sealed(client: TestClient, where: str, session: Session) -> None:
    """Neither the row nor the answer that is kept for a repetition holds it in the clear."""
    client.get(where)
    assert amend(client, where, "stemVanHetKind", "Anders.", **{"Idempotency-Key": "x"}).is_success
    session.commit()
    sealed = session.scalars(select(FactCorrection.sealed)).one()
    assert b"moeder" not in sealed
    act_as(session, Actor("api", ActorRole.INTAKE))  # who asked reads its own answers alone
    session.commit()
    (answer,) = session.scalars(select(GivenAnswer.body)).all()
    assert answer.keys() == {"id", "veld"}
    (told,) = client.get(f"{where}/correcties").json()["correcties"]
    assert "moeder" in told["was"]


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        (("bsn", "999990019"), "bsn"),
        (("aanmeldnummer", "AM-9"), "aanmeldnummer"),
        (("lengte", 3), "veld"),
        (("vorm.soort", 3), "veld"),
        (("problematiek.lvb", 7), "problematiek.lvb"),
        (("problematiek.iets", 1), "problematiek"),
        (("sdqTotaal", 12), "niets te corrigeren"),
        (("geboortedatum", "2099-01-01"), "toekomst"),
    ],
)
def test_what_cannot_be_amended_is_refused(
    client: TestClient, where: str, wish: tuple[str, Any], word: str
) -> None:
    """One sentence, and nothing is kept of it."""
    answer = amend(client, where, *wish)
    assert answer.status_code == 400, answer.text
    assert word in answer.json()["detail"]
    assert client.get(f"{where}/correcties").json()["correcties"] == []


def test_a_correction_is_made_on_the_version_that_was_read(client: TestClient, where: str) -> None:
    """412 on an old version; 428 without one."""
    assert amend(client, where, "sdqTotaal", 3).status_code == 201
    assert amend(client, where, "sdqTotaal", 4).status_code == 412
    wish = {"veld": "sdqTotaal", "waarde": 4, "betwistDoor": "kind", "reden": "Nee."}
    assert client.post(f"{where}/correcties", json=wish).status_code == 428


def test_every_change_of_a_field_is_noticed(
    client: TestClient, where: str, example: Body, session: Session
) -> None:
    """Also by an ordinary correction of the whole; the same again is none; nobody writes one."""
    other = example | {"sdqTotaal": 30, "talen": ["Pools"]}
    versions = [client.get(where).headers["ETag"]]
    for _ in range(2):  # both are taken: a refusal would change nothing either
        put = client.put(where, json=other, headers={"If-Match": versions[-1]})
        assert put.status_code == 200, put.text
        versions.append(put.headers["ETag"])
    assert versions[0] != versions[1]
    assert changed(session) == ["sdqTotaal", "talen"]
    with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
        session.execute(text("DELETE FROM field_change"))


def test_a_referrer_corrects_its_own_child(client: TestClient, example: Body) -> None:
    """It stands there in its role; another organisation finds nothing."""
    own, other = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    where = client.post("/v1/kinderen", json=example, headers=own).headers["Location"]
    assert amend(client, where, "sdqTotaal", 3, **other).status_code == 404
    assert client.get(f"{where}/correcties", headers=other).status_code == 404
    assert amend(client, where, "sdqTotaal", 3, **own).status_code == 201
    (told,) = client.get(f"{where}/correcties", headers=own).json()["correcties"]
    assert told["rol"] == "verwijzer"
    assert "wie" not in told


@pytest.mark.parametrize("door", ["correcties", "PUT", "file"])
def test_who_received_the_wrong_fact_is_told(  # noqa: PLR0917
    client: TestClient, where: str, example: Body, session: Session, door: str, tmp_path: Path
) -> None:
    """Each provider whose family was asked, once, besides staff (AVG 19); by whichever door."""
    family = make_family(session, reference="SPI-1")
    pair = BegunPair(
        registration_id=UUID(where.rsplit("/", 1)[1]), family_id=family.id, is_request=True,
        rhythm=Rhythm.FULL_TIME, begun_on=date(2026, 1, 1), held_until=date(2026, 1, 2), actor="x",
    )  # fmt: skip
    session.add(pair)
    session.commit()
    other = example | {"sdqTotaal": 3}
    if door == "correcties":
        assert amend(client, where, "sdqTotaal", 3).status_code == 201
    elif door == "PUT":
        assert client.put(where, json=other, headers={"If-Match": '"1"'}).status_code == 200
    else:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text(json.dumps(other) + "\n")
        report = import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=Settings(database_url=None),
        )  # fmt: skip
        assert report.changed == 1
    session.commit()
    told = session.scalars(select(Event).where(Event.kind == "aanmelding.verbeterd")).all()
    assert [event.data for event in told] == [{"kind": where.rsplit("/", 1)[1]}] * 2
    assert {event.provider_id for event in told} == {None, family.provider_id}
