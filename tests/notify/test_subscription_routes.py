"""Subscriptions over HTTP: made with a secret shown once, each provider's own, resumed."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import now
from app.models import Subscription, SubscriptionState
from app.models.idempotency import GivenAnswer
from app.notify.routes import router
from app.notify.service import MOST
from app.settings import Settings, load_settings
from tests.doors import open_door, signed_in
from tests.routes_once import OVERRIDES

PATH = "/v1/abonnementen"
SPIRIT, YOUKE = (signed_in("aanbieder-systeem", code) for code in ("spirit", "youke"))
ADMINISTRATOR = signed_in("beheerder")
WISH = {"adres": "https://koppeling.spirit.example/in", "soorten": ["nl.pleegzorg.stap.begonnen"]}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def make(client: TestClient, headers: dict[str, str] = SPIRIT, **more: Any) -> Any:
    return client.post(PATH, json=WISH | more, headers=headers)


def test_the_secret_is_shown_once(client: TestClient, session: Session) -> None:
    """In the answer that makes it; sealed in the table, and in nothing that is read later."""
    answer = make(client)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["geheim"].startswith("whsec_")
    assert (made["aanbieder"], made["stand"], made["soorten"]) == (
        "spirit",
        "loopt",
        WISH["soorten"],
    )
    for path in (answer.headers["Location"], PATH):
        assert "geheim" not in client.get(path, headers=SPIRIT).text
    (stored,) = session.scalars(select(Subscription.secret))
    assert stored is not None
    assert made["geheim"].encode() not in stored


def test_a_repeated_request_makes_one_and_its_secret_is_not_kept_open(
    client: TestClient, session: Session
) -> None:
    """The same answer again, though what was kept of it has no secret."""
    headers = SPIRIT | {"Idempotency-Key": "a"}
    first, second = make(client, headers), make(client, headers)
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    assert len(session.scalars(select(Subscription.id)).all()) == 1
    session.commit()
    act_as(session, Actor("api-spirit", ActorRole.PROVIDER_SYSTEM))  # an answer is its asker's own
    kept = session.scalars(select(GivenAnswer)).one()
    assert first.json()["geheim"] not in json.dumps(kept.body)


def test_a_provider_sees_and_ends_only_its_own(client: TestClient, session: Session) -> None:
    """Another's does not exist for it; the administrator sees all."""
    where = make(client).headers["Location"]
    assert client.get(where, headers=YOUKE).status_code == 404
    assert client.delete(where, headers=YOUKE).status_code == 404
    assert client.post(f"{where}/_hervatten", headers=YOUKE).status_code == 404
    assert client.get(PATH, headers=YOUKE).json() == {"abonnementen": []}
    assert len(client.get(PATH, headers=ADMINISTRATOR).json()["abonnementen"]) == 1
    assert client.delete(where, headers=SPIRIT).status_code == 204
    assert client.get(where, headers=SPIRIT).status_code == 404


def test_the_administrator_chooses_whose_events(client: TestClient) -> None:
    """A provider's, or everybody's; a provider cannot choose another."""
    made = [make(client, ADMINISTRATOR, aanbieder=code).json() for code in ("youke", None)]
    assert [found["aanbieder"] for found in made] == ["youke", None]
    assert make(client, aanbieder="youke").status_code == 400
    assert make(client, aanbieder="spirit").status_code == 201
    assert make(client, ADMINISTRATOR, aanbieder="bestaat-niet").status_code == 400


@pytest.mark.parametrize("role", ["coordinator", "aanmeldpunt", "auditor", "verwijzer"])
def test_others_subscribe_to_nothing(client: TestClient, role: str) -> None:
    """403."""
    assert make(client, signed_in(role)).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("adres", "ftp://spirit.example"), ("adres", "geen url"), ("adres", None),
        ("adres", "https://a:b@spirit.example"), ("soorten", ["stap.begonnen"]),
        ("soorten", [1]), ("kanaal", "sms"), ("onbekend", 1), ("aanbieder", "Spirit"),
    ],
)  # fmt: skip
def test_a_wrong_wish_is_refused(client: TestClient, field: str, value: object) -> None:
    """400, with the name of the field."""
    answer = make(client, **{field: value})
    assert answer.status_code == 400
    assert field in answer.json()["detail"]


def test_outside_development_only_https_on_the_internet(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would be fine on a laptop is refused elsewhere."""
    for url, status in (
        ("http://koppeling.spirit.example/", 400),
        ("https://127.0.0.1/", 400),
        ("https://koppeling.spirit.example/", 201),
    ):
        monkeypatch.setitem(OVERRIDES, load_settings, _in_earnest)
        assert make(client, adres=url).status_code == status


def _in_earnest() -> Settings:
    return Settings(database_url=None).model_copy(update={"environment": "productie"})


def test_not_more_than_a_handful(client: TestClient) -> None:
    """409, with what to do."""
    assert {make(client).status_code for _ in range(MOST)} == {201}
    answer = make(client)
    assert answer.status_code == 409
    assert "verwijder" in answer.json()["detail"]


def test_a_parked_one_is_shown_and_resumed(client: TestClient, session: Session) -> None:
    """With how the last attempt went; going on queues a job at once."""
    answer = make(client)
    stored = session.get_one(Subscription, answer.json()["id"])
    stored.state, stored.parked_at = SubscriptionState.PARKED, now()
    stored.failures, stored.last_status = 10, 503
    session.commit()
    where = answer.headers["Location"]
    shown = client.get(where, headers=SPIRIT).json()
    assert (shown["stand"], shown["laatsteStatus"], shown["mislukt"]) == ("geparkeerd", 503, 10)
    resumed = client.post(f"{where}/_hervatten", headers=SPIRIT).json()
    assert (resumed["stand"], resumed["mislukt"], resumed["geparkeerdOp"]) == ("loopt", 0, None)
    lock = session.scalars(text("SELECT lock FROM procrastinate_jobs")).one()
    assert lock == f"abonnement:{stored.id}"


def test_mail_is_for_the_administrator(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names the kinds; it has no secret, and the provider's system does not see the address."""
    mail = {"kanaal": "e-mail", "adres": "matchers@spirit.example", "aanbieder": "spirit"}
    assert make(client, **mail).status_code == 403
    assert make(client, ADMINISTRATOR, **mail, soorten=[]).status_code == 400
    assert make(client, ADMINISTRATOR, **mail | {"adres": "geen adres"}).status_code == 400
    answer = make(client, ADMINISTRATOR, **mail)
    assert (answer.status_code, answer.json()["geheim"]) == (201, None)
    assert client.get(answer.headers["Location"], headers=SPIRIT).status_code == 404
    monkeypatch.setitem(OVERRIDES, load_settings, _in_earnest)
    assert make(client, ADMINISTRATOR, **mail).status_code == 409
