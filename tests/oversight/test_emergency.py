"""Emergency access: opened at once, short, under one's own name, noted, and judged afterwards."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.main import create_app
from app.models import Child, Family, Provider, Registration, RegistrationState
from tests.rows import make_placement, make_registration
from tests.signing import bearer

REASON = "Het kind staat vannacht bij ons gezin voor de deur."
OPENERS = {
    ActorRole.CRISIS: None,
    ActorRole.MATCHER: "spirit",
    ActorRole.REFERRER: "gi-ander",
}


@pytest.fixture(scope="module")
def client(loaded_region: Database) -> TestClient:
    """The whole service."""
    return TestClient(create_app(loaded_region))


@pytest.fixture(scope="module")
def child(loaded_region: Database) -> Any:
    """A child that lives with a family of spirit and was registered by gi-ander; no secret."""
    with session_for(loaded_region.sessions, SYSTEM) as session:
        found = session.execute(
            select(Registration.id, Registration.number, Child.first_name, Registration.postcode)
            .join(Child, Child.id == Registration.child_id)
            .where(~Registration.secret_placement)
            .order_by(Registration.number)
            .limit(1)
        ).one()
        session.get_one(Registration, found.id).owner_organisation = "gi-ander"
        family = session.scalars(
            select(Family.id)
            .join(Provider, Provider.id == Family.provider_id)
            .where(Provider.code == "spirit")
            .limit(1)
        ).one()
        make_placement(
            session, registration_id=found.id, family_id=family, since=today_in_amsterdam()
        )
        return found


def opened(client: TestClient, child: Any, headers: dict[str, str], **given: Any) -> Any:
    body = {"aanmeldnummer": child.number, "aanleiding": "acute onveiligheid", "reden": REASON}
    return client.post("/v1/noodtoegangen", json=body | given, headers=headers)


def who(role: ActorRole, subject: str) -> dict[str, str]:
    return bearer(role, organisation=OPENERS.get(role), subject=subject)


@pytest.mark.parametrize("role", OPENERS)
def test_a_file_that_a_role_does_not_show_opens_in_need(
    client: TestClient, child: Any, role: ActorRole
) -> None:
    """For who opened it; another provider does not learn where the child is."""
    me = who(role, f"nood-{role}")
    made = opened(client, child, me)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/noodtoegangen/{made.json()['id']}"
    shown = client.get(made.headers["location"] + "/dossier", headers=me)
    assert shown.status_code == 200, shown.text
    assert shown.json()["voornaam"] == child.first_name
    assert ("postcode" in shown.json()) is (role is not ActorRole.MATCHER)
    assert "bsn" not in shown.json()


@pytest.mark.parametrize(
    ("role", "organisation"), [(ActorRole.MATCHER, "youke"), (ActorRole.REFERRER, "gi-derde")]
)
def test_who_has_nothing_to_do_with_a_child_opens_nothing(
    client: TestClient, child: Any, role: ActorRole, organisation: str
) -> None:
    """The answer is that of a number that is not there, and says whom to call."""
    me = bearer(role, organisation=organisation, subject="vreemd")
    refused = opened(client, child, me)
    assert (refused.status_code, "crisisdienst" in refused.json()["detail"]) == (400, True)
    unknown = opened(client, child, me, aanmeldnummer="AM-2026-99999")
    assert (unknown.status_code, unknown.json()) == (400, refused.json())


def test_a_later_secret_registration_hides_where_the_child_is(
    client: TestClient, child: Any, loaded_region: Database
) -> None:
    """From its referrer: secrecy is judged by the child, not by the registration asked for."""
    me = who(ActorRole.REFERRER, "geheim-in-nood")
    place = opened(client, child, me).headers["location"]
    assert "woontBij" in client.get(f"{place}/dossier", headers=me).json()
    with session_for(loaded_region.sessions, SYSTEM) as session:
        later = make_registration(session, number="AM-later", secret_placement=True)
        later.child_id = session.get_one(Registration, child.id).child_id
        later.state = RegistrationState.CLOSED
        made = later.id
    shown = client.get(f"{place}/dossier", headers=me).json()
    assert shown["geheimePlaatsing"] is True
    assert {"postcode", "verblijftNu", "woontBij"} & shown.keys() == set()
    with session_for(loaded_region.sessions, SYSTEM) as session:
        session.get_one(Registration, made).secret_placement = False  # as the other tests met it
    client.post(f"{place}/_sluiten", headers=me)


def test_it_is_for_nobody_else(client: TestClient, child: Any) -> None:
    """Not for a colleague, not in another role, not for who oversees."""
    place = opened(client, child, who(ActorRole.CRISIS, "noor")).headers["location"]
    for role, subject, status in (
        (ActorRole.CRISIS, "een-collega", 404),
        (ActorRole.MATCHER, "noor", 404),
        (ActorRole.COORDINATOR, "noor", 403),
        (ActorRole.AUDITOR, "noor", 403),
    ):
        assert client.get(f"{place}/dossier", headers=who(role, subject)).status_code == status
    assert client.get(place, headers=who(ActorRole.CRISIS, "een-collega")).status_code == 404
    assert client.get(place, headers=who(ActorRole.COORDINATOR, "c")).status_code == 200


def test_it_ends_by_itself_and_when_it_is_closed(client: TestClient, child: Any) -> None:
    """After the hours that were asked for; closing it twice is closing it."""
    me = who(ActorRole.CRISIS, "kort")
    place = opened(client, child, me, uren=1).headers["location"]
    with time_machine.travel(now() + timedelta(minutes=59), tick=False):
        late = bearer.__wrapped__(ActorRole.CRISIS, subject="kort")
        assert client.get(f"{place}/dossier", headers=late).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        late = bearer.__wrapped__(ActorRole.CRISIS, subject="kort")
        over = client.get(f"{place}/dossier", headers=late)
        assert (over.status_code, "voorbij" in over.text) == (403, True)
    place = opened(client, child, me).headers["location"]
    for _ in range(2):
        assert client.post(f"{place}/_sluiten", headers=me).json()["isOpen"] is False
    assert client.get(f"{place}/dossier", headers=me).status_code == 403


def test_it_stands_in_the_log_as_what_it_is(client: TestClient, child: Any) -> None:
    """Opening and each reading, with the child; the reason that was typed does not."""
    me = who(ActorRole.REFERRER, "verwijzer-in-nood")
    place = opened(client, child, me).headers["location"]
    client.get(f"{place}/dossier", headers=me)
    answer = client.get(
        "/v1/logboek",
        params={"doel": "noodtoegang", "wie": "verwijzer-in-nood", "onderwerp": "kind"},
        headers=bearer(ActorRole.AUDITOR),
    )
    lines = answer.json()["regels"]
    assert [line["handeling"] for line in lines] == ["leesNooddossier", "openNooddossier"]
    assert {line["kenmerk"] for line in lines} == {str(child.id)}
    assert {line["verantwoordelijke"] for line in lines} == {"gi-ander"}
    assert "voor de deur" not in answer.text


def test_numbers_that_are_tried_stand_in_the_log(client: TestClient, child: Any) -> None:
    """A number that is not there is wrong input, but trying it says something here."""
    me = who(ActorRole.MATCHER, "probeert")
    wrong = opened(client, child, me, aanmeldnummer="AM-2026-99999")
    assert wrong.status_code == 400
    found = client.get(
        "/v1/logboek", params={"wie": "probeert"}, headers=bearer(ActorRole.AUDITOR)
    ).json()["regels"]
    assert [(x["handeling"], x["uitkomst"]) for x in found] == [("openNooddossier", "geweigerd")]


@pytest.mark.parametrize(
    "wrong", [{"reden": "kort"}, {"uren": 5}, {"uren": 0}, {"aanleiding": "zomaar"}, {"reden": ""}]
)
def test_it_takes_a_reason_and_is_short(client: TestClient, child: Any, wrong: Any) -> None:
    """What is missing is told, and nothing that was typed is repeated."""
    answer = opened(client, child, who(ActorRole.CRISIS, "noor"), **wrong)
    assert answer.status_code == 400
    assert "zomaar" not in answer.text


def test_three_at_once_is_the_most(client: TestClient, child: Any) -> None:
    """Nobody opens a waiting list in need."""
    me = who(ActorRole.MATCHER, "velen")
    places = [opened(client, child, me).headers["location"] for _ in range(3)]
    assert opened(client, child, me).status_code == 409
    client.post(f"{places[0]}/_sluiten", headers=me)
    assert opened(client, child, me).status_code == 201


def test_a_coordinator_judges_once(client: TestClient, child: Any) -> None:
    """What waits is a list; wrong takes a reason; who opened it reads what was said."""
    me, coordinator = who(ActorRole.CRISIS, "beoordeeld"), who(ActorRole.COORDINATOR, "c")
    place = opened(client, child, me).headers["location"]

    def waiting() -> list[str]:
        answer = client.get("/v1/noodtoegangen?teBeoordelen=true&aantal=500", headers=coordinator)
        return [f"/v1/noodtoegangen/{one['id']}" for one in answer.json()["noodtoegangen"]]

    assert place in waiting()
    told = {"oordeel": "onterecht"}
    url = f"{place}/_beoordelen"
    assert client.post(url, json=told, headers=coordinator).status_code == 400
    told["toelichting"] = "Er was geen nood: het kind was thuis."
    assert client.post(url, json=told, headers=coordinator).status_code == 200
    assert client.post(url, json=told, headers=coordinator).status_code == 409
    assert place not in waiting()
    seen = client.get(place, headers=me).json()
    assert (seen["oordeel"], seen["toelichting"]) == ("onterecht", told["toelichting"])
    own = client.get("/v1/noodtoegangen", headers=me).json()["noodtoegangen"]
    assert {one["wie"] for one in own} == {"beoordeeld"}


def test_the_database_keeps_another_s_access_hidden(loaded_region: Database) -> None:
    """Also from a query that does not ask whose it is; and why somebody looked stays."""
    other = Actor("iemand-anders", ActorRole.CRISIS)
    with session_for(loaded_region.sessions, other) as session:
        assert session.scalar(text("SELECT count(*) FROM emergency_access")) == 0
    with session_for(loaded_region.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM emergency_access"))
        for column in ("reason", "until", "actor"):
            found = session.scalar(
                text(
                    "SELECT has_column_privilege('pleegzorg_app', 'emergency_access', :c, 'UPDATE')"
                ),
                {"c": column},
            )
            assert found is False
