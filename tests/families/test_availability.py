"""What changes from day to day in one small call, and since when nobody has been heard of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.families.availability_routes import router as availability
from app.families.routes import router
from app.freshness import first_of, heard_of
from app.kernel.actor import ActorRole
from app.kernel.clock import AMSTERDAM, now, today_in_amsterdam
from app.kernel.words import FamilyStatus
from app.models import ImportBatch, ImportKind, ImportMode, ImportState, Occupation, Place
from tests.days import noon_before
from tests.doors import open_door, signed_in
from tests.families.telling import SPI_1, TOLD
from tests.families.test_import import RECORD, bring
from tests.rows import make_family, make_registration

OFFER: dict[str, Any] = {
    "pauze": None, "beschikbaarVanaf": "2026-12-01", "beschikbaarTot": None,
    "plaatsen": [
        {"ritme": "voltijd", "isVrij": True}, {"ritme": "oneven weekenden", "isVrij": True},
    ],
}  # fmt: skip
PAUSE = {"reden": "Vakantie", "tot": "2026-12-31"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    opened = open_door(connection, router, availability)
    assert opened.put(SPI_1, json=TOLD).status_code == 201
    return opened


def offer(client: TestClient, version: int = 1, **changes: object) -> Any:
    headers = {"If-Match": f'"{version}"'}
    return client.put(f"{SPI_1}/beschikbaarheid", json=OFFER | changes, headers=headers)


def test_beds_and_days_in_one_call(client: TestClient) -> None:
    """Rhythm and use of each bed, from when; and it counts as a confirmation."""
    answer = offer(client)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    shown = answer.json()
    beds = [(bed["ritme"], bed["isVrij"]) for bed in shown["plaatsen"]]
    assert beds == [("voltijd", True), ("oneven weekenden", True)]
    assert (shown["beschikbaarVanaf"], shown["plaatsenVrij"]) == ("2026-12-01", 2)
    assert shown["laatstBevestigdOp"] is not None
    assert shown["eerstBevestigen"] is None


def test_each_bed_has_forms_and_days_of_its_own(client: TestClient, session: Session) -> None:
    """For which forms, from when until when, and who lives there; told anew it is as told anew."""
    beds = [
        {"isVrij": True, "vormen": ["crisis"], "beschikbaarVanaf": "2026-12-05",
         "beschikbaarTot": "2027-01-31"},
        {"isVrij": False, "vanBuitenDeRegio": True},
    ]  # fmt: skip
    crisis = TOLD | {"vormen": ["crisis", "opvoeding"]}
    client.put(SPI_1, json=crisis, headers={"If-Match": '"1"'})
    shown = offer(client, version=2, plaatsen=beds).json()["plaatsen"]
    assert [bed["vormen"] for bed in shown] == [["crisis"], []]
    assert (shown[0]["beschikbaarVanaf"], shown[0]["beschikbaarTot"]) == (
        "2026-12-05", "2027-01-31",
    )  # fmt: skip
    assert [bed["vanBuitenDeRegio"] for bed in shown] == [False, True]
    again = [{"isVrij": True}, {"isVrij": False}]
    shown = offer(client, version=3, plaatsen=again).json()["plaatsen"]
    assert [(bed["vormen"], bed["beschikbaarTot"]) for bed in shown] == [([], None)] * 2
    assert [bed["vanBuitenDeRegio"] for bed in shown] == [False, False]
    assert session.scalars(select(Occupation.released_at)).all() == [None]


@pytest.mark.parametrize(
    ("bed", "clause"),
    [
        ({"beschikbaarVanaf": "2027-01-02", "beschikbaarTot": "2027-01-01"}, "beschikbaarTot ligt"),
        ({"vormen": ["deeltijd"]}, "heeft een vorm die het gezin niet biedt"),
        ({"vanBuitenDeRegio": True}, "is vrij, dus er woont geen kind"),
    ],
)
def test_a_bed_that_cannot_be_is_refused(
    client: TestClient, bed: dict[str, Any], clause: str
) -> None:
    """Named by its number in the list, in the small call and in the large one."""
    told = TOLD | {"vormen": ["opvoeding"]}
    client.put(SPI_1, json=told, headers={"If-Match": '"1"'})
    tag = client.get(SPI_1).headers["ETag"]
    answer = offer(client, version=int(tag.strip('"')), plaatsen=[{"isVrij": True} | bed])
    assert answer.status_code == 400
    assert f"plaatsen: bed 1: {clause}" in answer.json()["detail"]
    whole = told | {"plaatsenTotaal": 1, "plaatsenVrij": 1, "plaatsen": [{"isVrij": True} | bed]}
    answer = client.put(SPI_1, json=whole, headers={"If-Match": tag})
    assert (answer.status_code, clause in answer.json()["detail"]) == (400, True)


def test_a_pause_with_its_reason(client: TestClient) -> None:
    """The family takes no part until its provider says so; then the reason is gone."""
    paused = offer(client, pauze=PAUSE).json()
    assert (paused["status"], paused["pauzeReden"], paused["pauzeTot"]) == (
        "pauze", "Vakantie", "2026-12-31",
    )  # fmt: skip
    back = offer(client, version=2).json()
    assert (back["status"], back["pauzeReden"], back["pauzeTot"]) == ("actief", None, None)


def test_what_the_system_told_before_does_not_undo_it(client: TestClient, session: Session) -> None:
    """The same export again leaves the pause; something new in it is newer than the pause."""
    offer(client, pauze=PAUSE)
    same = client.get(SPI_1).json()
    assert bring(session, [RECORD]).unchanged == 1
    assert client.get(SPI_1).json()["status"] == same["status"] == "pauze"
    client.put(SPI_1, json=TOLD | {"leeftijdTotEnMet": 16}, headers={"If-Match": '"2"'})
    told = client.get(SPI_1).json()
    assert (told["status"], told["pauzeReden"]) == ("actief", None)


def test_a_child_that_lives_there_stays(client: TestClient, session: Session) -> None:
    """A bed of a registered child is not emptied by its provider: a person ends a placement."""
    family = make_family(session, reference="SPI-2")
    child = make_registration(session, number="AM-1")
    place = session.scalars(select(Place).where(Place.family_id == family.id)).one()
    session.add(Occupation(place_id=place.id, registration_id=child.id, since=now()))
    session.flush()
    answer = client.put(
        "/v1/pleeggezinnen/spirit/SPI-2/beschikbaarheid", json=OFFER, headers={"If-Match": '"1"'}
    )
    assert [bed["isVrij"] for bed in answer.json()["plaatsen"]] == [False, True]


def test_only_on_the_version_that_was_read(client: TestClient) -> None:
    """428 without If-Match, 412 on an old one: nobody's change is undone unseen."""
    assert client.put(f"{SPI_1}/beschikbaarheid", json=OFFER).status_code == 428
    offer(client)
    assert offer(client).status_code == 412


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"beschikbaarTot": "2026-11-01"}, "beschikbaarTot"),
        ({"pauze": {"reden": ""}}, "pauze.reden"),
        ({"plaatsen": [{"isVrij": "ja"}]}, "plaatsen[1].isVrij"),
        ({"onbekend": 1}, "onbekend"),
    ],
)
def test_a_wrong_offer_names_the_field(
    client: TestClient, changes: dict[str, Any], field: str
) -> None:
    """400, and nothing has changed."""
    answer = offer(client, **changes)
    assert (answer.status_code, answer.json()["velden"]) == (400, [field])
    assert client.get(SPI_1).headers["ETag"] == '"1"'


def test_a_family_that_has_stopped(client: TestClient) -> None:
    """Only its provider's whole word brings it back."""
    stopped = TOLD | {"status": "gestopt"}
    client.put(SPI_1, json=stopped, headers={"If-Match": '"1"'})
    assert offer(client, version=2).status_code == 409


def test_another_provider_knows_no_such_family(client: TestClient) -> None:
    """404, by the service and by the rows."""
    client.headers.update(signed_in(ActorRole.MATCHER, "youke"))
    assert offer(client).status_code == 404


def test_long_not_heard_of(session: Session) -> None:
    """After thirty days somebody calls first, and it says since when; a word makes it fresh."""
    old = make_family(session, reference="A", source_updated_at=noon_before(40))
    fresh = make_family(session, reference="B", source_updated_at=noon_before(29))
    ids = [old.id, fresh.id]
    # Not from today: between the two the clock may have changed.
    since = noon_before(40).astimezone(AMSTERDAM).date() + timedelta(days=30)
    assert first_of(heard_of(session, ids), days=30) == {old.id: since}
    assert first_of(heard_of(session, ids), days=50) == {}
    old.confirmed_at = noon_before(1)
    session.flush()
    assert first_of(heard_of(session, ids), days=30) == {}


def import_of(family: Any, **changes: object) -> ImportBatch:
    values: dict[str, Any] = {
        "kind": ImportKind.FAMILIES, "provider_id": family.provider_id,
        "state": ImportState.UNCHANGED, "file": "x", "sha256": "0", "actor": "x", "read": 0,
        "added": 0, "changed": 0, "unchanged": 0, "refused": 0, "to_confirm": 0,
        "applied_at": noon_before(2),
    }  # fmt: skip
    return ImportBatch(**values | changes)


@pytest.mark.parametrize(
    ("changes", "is_word"),
    [
        ({}, True),
        ({"mode": ImportMode.PARTIAL}, False),
        ({"state": ImportState.HELD, "applied_at": None}, False),
        ({"state": ImportState.FAILED}, False),
        ({"applied_at": noon_before(31)}, False),
    ],
)
def test_a_whole_export_is_a_word_on_all(
    session: Session, changes: dict[str, Any], *, is_word: bool
) -> None:
    """Who was not in it would be asked about: so all others were."""
    family = make_family(session, reference="A", source_updated_at=noon_before(400))
    session.add(import_of(family, **changes))
    session.flush()
    assert (family.id not in first_of(heard_of(session, [family.id]), days=30)) is is_word


def test_a_pause_that_is_over(session: Session) -> None:
    """Since the day after, whoever was heard of in between: is it back?"""
    family = make_family(
        session, reference="A", source_updated_at=noon_before(1), status=FamilyStatus.PAUSED,
        pause_reason="Vakantie", paused_until=today_in_amsterdam() - timedelta(days=3),
    )  # fmt: skip
    since = first_of(heard_of(session, [family.id]), days=30)
    assert since == {family.id: today_in_amsterdam() - timedelta(days=2)}


def test_lists_tell_who_is_asked_first(client: TestClient, session: Session) -> None:
    """In the list, and with the family itself."""
    make_family(session, reference="SPI-2", source_updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    lines = client.get("/v1/pleeggezinnen").json()["pleeggezinnen"]
    told = {line["nummer"]: line["eerstBevestigen"] for line in lines}
    assert told["SPI-2"] == date(2026, 1, 31).isoformat()
    path = "/v1/pleeggezinnen/spirit/SPI-2"
    assert client.get(path).json()["eerstBevestigen"] == "2026-01-31"
    client.post(f"{path}/_bevestig")
    assert client.get(path).json()["eerstBevestigen"] is None
