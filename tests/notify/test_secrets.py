"""A secret that is renewed: two are good for a while, and the old one can be ended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.models import Subscription
from app.notify.routes import router
from app.notify.secrets import open_secrets
from app.notify.signing import show_secret
from app.settings import load_settings
from tests.doors import open_door, signed_in

PATH = "/v1/abonnementen"
SPIRIT, YOUKE = (signed_in("aanbieder-systeem", code) for code in ("spirit", "youke"))
WISH = {"adres": "https://koppeling.spirit.example/in"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def make(client: TestClient) -> Any:
    answer = client.post(PATH, json=WISH, headers=SPIRIT)
    assert answer.status_code == 201, answer.text
    return answer.json()


def renew(client: TestClient, id_: str) -> Any:
    answer = client.post(f"{PATH}/{id_}/_vernieuwen", headers=SPIRIT)
    assert answer.status_code == 200, answer.text
    return answer.json()


def good(session: Session, id_: str) -> list[str]:
    session.expire_all()
    found = session.scalars(select(Subscription).where(Subscription.id == UUID(id_))).one()
    return [show_secret(secret) for secret in open_secrets(found, load_settings())]


def test_both_are_good_until_the_old_one_is_ended(client: TestClient, session: Session) -> None:
    """The new one is shown once; ending the old one twice is fine."""
    made = make(client)
    renewed = renew(client, made["id"])
    assert good(session, made["id"]) == [renewed["geheim"], made["geheim"]]
    assert "geheim" not in client.get(f"{PATH}/{made['id']}", headers=SPIRIT).json()
    for _ in range(2):
        ended = client.delete(f"{PATH}/{made['id']}/vorig-geheim", headers=SPIRIT)
        assert ended.status_code == 204
    assert good(session, made["id"]) == [renewed["geheim"]]
    shown = client.get(f"{PATH}/{made['id']}", headers=SPIRIT).json()
    assert shown["vorigGeheimTot"] is None


def test_asked_again_the_one_in_use_stays_good(client: TestClient, session: Session) -> None:
    """Whoever lost the answer asks again: only the secret that nobody got is replaced."""
    made = make(client)
    lost, renewed = renew(client, made["id"]), renew(client, made["id"])
    assert lost["geheim"] != renewed["geheim"]
    assert good(session, made["id"]) == [renewed["geheim"], made["geheim"]]


def test_after_a_week_the_old_one_is_good_no_more(client: TestClient, session: Session) -> None:
    """By itself; and then the newest is what stays beside the next."""
    made = make(client)
    second = renew(client, made["id"])
    past = now() - timedelta(seconds=1)
    session.execute(update(Subscription).values(previous_until=past))
    assert good(session, made["id"]) == [second["geheim"]]
    third = renew(client, made["id"])
    assert good(session, made["id"]) == [third["geheim"], second["geheim"]]


def test_nobody_else_renews_it(client: TestClient) -> None:
    """Another provider hears that there is no such subscription; mail has no secret."""
    made = make(client)
    for method, path in (("POST", "_vernieuwen"), ("DELETE", "vorig-geheim")):
        answer = client.request(method, f"{PATH}/{made['id']}/{path}", headers=YOUKE)
        assert answer.status_code == 404
    wish = {"kanaal": "e-mail", "adres": "a@b.nl", "soorten": ["nl.pleegzorg.stap.begonnen"]}
    manager = signed_in("beheerder")
    mail = client.post(PATH, json=wish, headers=manager).json()
    refused = client.post(f"{PATH}/{mail['id']}/_vernieuwen", headers=manager)
    assert refused.status_code == 409
