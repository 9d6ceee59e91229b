"""A Friday night at the crisis desk: six fields, beds at once, calls, a lock, the file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.db.session import act_as
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.words import CareForm, HousemateRole, Problem, Willingness
from app.kernel.working_days import after_working_days
from app.models import CrisisReport, Family, FamilyWillingness, Housemate, Occupation
from tests.doors import open_door, signed_in
from tests.proposals.running import entries
from tests.rows import make_family, make_registration

MELDINGEN = "/v1/crisismeldingen"
NIGHT: dict[str, Any] = {
    "leeftijd": 9, "geslacht": "meisje", "veiligheid": [], "broersZussen": [],
    "postcodeNu": "1012AB", "terugbelnummer": "06-12345678",
}  # fmt: skip
KIN = [{"leeftijd": 7, "geslacht": "jongen"}]
TODAY = today_in_amsterdam()


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    yield client


def make_home(session: Session, reference: str, **changes: Any) -> Family:
    made = {"forms": (CareForm.CRISIS,), "source_updated_at": now()} | changes
    return make_family(session, reference=reference, **made)


def ask(client: TestClient, **changes: Any) -> dict[str, Any]:
    answer = client.post(MELDINGEN, json=NIGHT | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def call(client: TestClient, report: dict[str, Any], family: str, outcome: str, **more: Any) -> Any:
    provider = "youke" if family.startswith("YOU") else "spirit"
    body = {"aanbieder": provider, "gezin": family, "uitkomst": outcome, **more}
    return client.post(f"{MELDINGEN}/{report['id']}/belpogingen", json=body)


def families(report: dict[str, Any]) -> list[str]:
    return [bed["gezin"] for bed in report["bedden"]]


def test_six_fields_give_tonights_beds_at_once(client: TestClient, session: Session) -> None:
    """Nearest first, with both numbers, and nothing that is not free, willing or screened."""
    make_home(session, "SPI-1", postcode="1312AA")
    make_home(session, "SPI-2", postcode="1013AB")
    make_home(session, "YOU-1", postcode="1017AB", provider="youke")
    for number, changes in enumerate([
        {"forms": (CareForm.LONG_TERM,)}, {"places": 0}, {"max_age": 8}, {"prepared": False},
        {"gender_preference": "jongen"}, {"clearance_until": TODAY - timedelta(days=1)},
        {"clearance_until": None}, {"available_from": TODAY + timedelta(days=1)},
        {"status": "pauze"}, {"available_until": TODAY - timedelta(days=1)},
    ]):  # fmt: skip
        make_home(session, f"SPI-9{number}", **changes)
    for path, number in (("spirit", "020-1111111"), ("spirit/SPI-2", "06-22222222")):
        answer = client.put(
            f"/v1/crisisnummers/{path}",
            json={"telefoon": number},
            headers=signed_in(ActorRole.MATCHER, "spirit"),
        )
        assert answer.status_code in (200, 204), answer.text
    report = ask(client)
    assert families(report) == ["YOU-1", "SPI-2", "SPI-1"]
    second = report["bedden"][1]
    assert (second["telefoon"], second["dienstAanbieder"]) == ("06-22222222", "020-1111111")
    assert second["kilometers"] < report["bedden"][2]["kilometers"]
    assert "Bel van boven" in report["advies"]
    nearest = client.get(f"{MELDINGEN}/{report['id']}", params={"aantal": 1}).json()
    assert (families(nearest), nearest["meer"], report["meer"]) == (["YOU-1"], True, False)
    assert nearest["advies"] == report["advies"]


@pytest.mark.parametrize(
    ("flag", "changes"),
    [
        ("rolstoel", {"wheelchair": False}),
        ("rookvrij nodig", {"smokes": True}),
        ("allergie hond", {"pets": ["hond"]}),
    ],
)
def test_what_is_not_safe_is_not_offered(
    client: TestClient, session: Session, flag: str, changes: dict[str, Any]
) -> None:
    """The same family is offered when nothing of the kind plays."""
    make_home(session, "SPI-1", **changes)
    assert families(ask(client, veiligheid=[flag])) == []
    assert families(ask(client)) == ["SPI-1"]


def test_a_family_that_was_asked_comes_before_one_that_was_not(
    client: TestClient, session: Session
) -> None:
    """A no keeps it off the list; not asked is said; asked and willing is called first."""
    homes = {name: make_home(session, name, postcode=code) for name, code in (
        ("SPI-1", "1012AC"), ("SPI-2", "1312AA"), ("SPI-3", "1013AB"), ("SPI-4", "1017AB"),
    )}  # fmt: skip
    answers = {"SPI-2": Willingness.YES, "SPI-3": Willingness.NO, "SPI-4": Willingness.WITH_SUPPORT}
    for name, answer in answers.items():
        session.add(
            FamilyWillingness(family_id=homes[name].id, problem=Problem.RUNNING_AWAY, answer=answer)
        )
    session.flush()
    report = ask(client, veiligheid=["weglopen"])
    assert families(report) == ["SPI-2", "SPI-1", "SPI-4"]
    assert not any("weglopen" in said for said in report["bedden"][0]["letOp"])
    assert "Niet gevraagd" in report["bedden"][1]["letOp"][0]
    assert "met steun" in report["bedden"][2]["letOp"][0]


def test_stale_news_and_a_threat_nearby_are_said(client: TestClient, session: Session) -> None:
    """They stay on the list: at night one asks."""

    make_home(session, "SPI-1", source_updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    make_home(session, "SPI-2", needs_confirmation=True)
    make_home(session, "SPI-3", postcode="1312AA")
    report = ask(client, veiligheid=["dreiging uit de omgeving"])
    assert families(report) == ["SPI-3", "SPI-1", "SPI-2"]
    said = {bed["gezin"]: " ".join(bed["letOp"]) for bed in report["bedden"]}
    assert "dagen niet bevestigd" in said["SPI-1"]
    assert "laatste opgave" in said["SPI-2"]
    assert "dreiging" in said["SPI-1"]
    assert "dreiging" not in said["SPI-3"]


def test_a_yes_locks_the_bed_everywhere(client: TestClient, session: Session) -> None:
    """For the next report, for a match run, and for the file that follows in five working days."""
    make_home(session, "SPI-1", forms=(CareForm.CRISIS, CareForm.LONG_TERM))
    child = make_registration(session, number="AM-1")
    report = ask(client, leeftijd=6)
    answer = call(client, report, "SPI-1", "ja")
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["stand"], found["bedden"]) == ("bed gevonden", [])
    assert found["dossierUiterlijk"] == after_working_days(TODAY, 5).isoformat()
    assert families(ask(client)) == []
    act_as(session, SYSTEM)
    assert entries(session)["AM-1"]["gezin"] is None
    again = call(client, report, "SPI-1", "ja")
    assert (again.status_code, "wordt nu geen bed gezocht" in again.json()["detail"]) == (409, True)
    linked = client.post(f"{MELDINGEN}/{report['id']}/_koppel", json={"kind": str(child.id)})
    assert linked.json()["kind"] == str(child.id)
    session.expire_all()
    assert session.scalars(select(Occupation.registration_id)).all() == [child.id]


def test_a_bed_that_went_meanwhile_is_a_conflict(client: TestClient, session: Session) -> None:
    """Two reports, one bed: the second yes is told to call on."""
    make_home(session, "SPI-1")
    one, two = ask(client), ask(client)
    assert call(client, one, "SPI-1", "ja").status_code == 201
    late = call(client, two, "SPI-1", "ja")
    assert (late.status_code, "volgende gezin" in late.json()["detail"]) == (409, True)


def test_every_call_is_recorded(client: TestClient, session: Session) -> None:
    """After a no the family is not called again for this child; no answer keeps it."""
    make_home(session, "SPI-1", postcode="1012AC")
    make_home(session, "SPI-2", postcode="1013AB")
    report = ask(client)
    call(client, report, "SPI-1", "geen gehoor")
    found = call(client, report, "SPI-2", "nee", toelichting="Is zelf ziek.").json()
    assert families(found) == ["SPI-1"]
    made = [(c["gezin"], c["uitkomst"], c["toelichting"]) for c in found["belpogingen"]]
    assert made == [("SPI-1", "geen gehoor", ""), ("SPI-2", "nee", "Is zelf ziek.")]
    assert families(ask(client)) == ["SPI-1", "SPI-2"]


def test_without_a_bed_there_is_a_road(client: TestClient) -> None:
    """The escalation comes with every answer; here the advice points to it."""
    report = ask(client)
    assert "geen bed" in report["advies"]
    assert len(report["escalatie"]) >= 3


def test_brothers_and_sisters_go_together_where_it_can(
    client: TestClient, session: Session
) -> None:
    """One bed for two asks for a day on which they are together again."""
    make_home(session, "SPI-1", places=1)
    report = ask(client, broersZussen=KIN)
    assert (report["kinderenSamen"], families(report)) == (1, ["SPI-1"])
    refused = call(client, report, "SPI-1", "ja")
    assert (refused.status_code, refused.json()["velden"]) == (400, ["herenigenVoor"])
    soon = (TODAY + timedelta(days=7)).isoformat()
    found = call(client, report, "SPI-1", "ja", herenigenVoor=soon).json()
    assert found["herenigenVoor"] == soon
    make_home(session, "SPI-2", places=2)
    both = ask(client, broersZussen=KIN)
    assert (both["kinderenSamen"], families(both)) == (2, ["SPI-2"])
    assert call(client, both, "SPI-2", "ja").json()["belpogingen"][0]["beddenVast"] == 2


def test_a_bed_is_given_back_and_a_report_closed(client: TestClient, session: Session) -> None:
    """With the reason; what is closed is not opened by a call."""
    make_home(session, "SPI-1")
    report = ask(client)
    where = f"{MELDINGEN}/{report['id']}"
    assert client.post(f"{where}/_vrijgeven", json={"reden": "x"}).status_code == 409
    call(client, report, "SPI-1", "ja")
    found = client.post(f"{where}/_vrijgeven", json={"reden": "Kind wil niet."}).json()
    assert (found["stand"], families(found)) == ("zoekt bed", ["SPI-1"])
    closed = client.post(f"{where}/_sluiten", json={"reden": "Naar oma."}).json()
    assert (closed["stand"], closed["redenGesloten"]) == ("gesloten", "Naar oma.")
    assert call(client, report, "SPI-1", "ja").status_code == 409


def test_the_list_for_paper_holds_what_one_needs_without_a_network(
    client: TestClient, session: Session
) -> None:
    """Every free and screened crisis bed, what the family refuses, and the road without a bed."""
    home = make_home(session, "SPI-1")
    make_home(session, "SPI-2", prepared=False)
    session.add(
        FamilyWillingness(family_id=home.id, problem=Problem.SUBSTANCES, answer=Willingness.NO)
    )
    session.flush()
    found = client.get("/v1/crisislijst").json()
    assert [(h["gezin"], h["nietBij"]) for h in found["gezinnen"]] == [("SPI-1", ["middelen"])]
    assert found["escalatie"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("leeftijd", 21), ("leeftijd", "9"), ("geslacht", "m"), ("veiligheid", ["boos"]),
        ("postcodeNu", "nergens"), ("terugbelnummer", "bel mij"), ("broersZussen", KIN * 8),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(client: TestClient, field: str, value: Any) -> None:
    """It names the field; nothing is stored."""
    answer = client.post(MELDINGEN, json=NIGHT | {field: value})
    assert answer.status_code == 400
    assert field in answer.json()["detail"]
    assert client.get(MELDINGEN).json() == {"crisismeldingen": []}


def test_a_carer_of_twenty_is_left_out(client: TestClient, session: Session) -> None:
    """By law carers are 21; the year of turning 21 passes."""
    for reference, age in (("SPI-1", 20), ("SPI-2", 21)):
        home = make_home(session, reference)
        session.add(
            Housemate(family_id=home.id, role=HousemateRole.CARER, birth_year=TODAY.year - age)
        )
    session.flush()
    assert families(ask(client)) == ["SPI-2"]


def test_a_file_that_is_late_stands_out(client: TestClient, session: Session) -> None:
    """In the list, until the registration is linked."""

    make_home(session, "SPI-1")
    report = ask(client)
    call(client, report, "SPI-1", "ja")
    act_as(session, SYSTEM)
    session.get_one(CrisisReport, report["id"]).file_due = date(2026, 1, 5)
    session.commit()
    (row,) = client.get(MELDINGEN, params={"stand": "bed gevonden"}).json()["crisismeldingen"]
    assert row["dossierTeLaat"] is True


def test_a_provider_keeps_its_own_numbers(client: TestClient, session: Session) -> None:
    """Another's do not exist for it, and it sees no number but its own."""
    make_home(session, "YOU-1", provider="youke")
    spirit = signed_in(ActorRole.MATCHER, "spirit")
    body = {"telefoon": "020-1111111"}
    for path in ("youke", "youke/YOU-1"):
        assert client.put(f"/v1/crisisnummers/{path}", json=body, headers=spirit).status_code == 404
    client.put("/v1/crisisnummers/spirit", json=body, headers=spirit)
    youke = signed_in(ActorRole.MATCHER, "youke")
    seen = client.get("/v1/crisisnummers", headers=youke).json()["nummers"]
    assert {number["telefoon"] for number in seen} == {None}
    assert len(seen) == 5
