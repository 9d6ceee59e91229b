"""Against a real issuer (npm oidc-provider): systems that sign in with private_key_jwt."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import time as seconds
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from joserfc import jws
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.families.routes import router as families
from app.kernel.clock import now
from app.proposals.routes import router as proposals
from app.security import keys as issuer_keys
from app.security.open import open_gate
from app.settings import Settings
from tests.doors import open_door
from tests.rows import make_family
from tests.security.issuer import MODULE, SYSTEM_SCOPE, Issuer, run_issuer

CLIENTS = """
[clients.spirit-systeem]
rollen = ["aanbieder-systeem"]
aanbieder = "spirit"
[clients.youke-systeem]
rollen = ["aanbieder-systeem"]
aanbieder = "youke"
"""
FOREIGN_SCOPE = "pleegzorg:coordinator"

pytestmark = [
    pytest.mark.skipif(
        not MODULE.is_dir(), reason="the node tools are missing: run `make node` first"
    ),
]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    with run_issuer(tmp_path_factory.mktemp("sleutels")) as running:
        yield running


@pytest.fixture
def client(connection: Connection, session: Session, issuer: Issuer, tmp_path: Path) -> TestClient:
    """A door whose gate trusts this issuer, with a family of two providers behind it."""
    make_family(session, reference="SPI-1")
    make_family(session, reference="YOU-1", provider="youke")
    path = tmp_path / "clients.toml"
    path.write_text(CLIENTS)
    settings = Settings(database_url=None, issuer=issuer.address, clients=path)
    client = open_door(connection, families, proposals)
    client.v1.state.gate = open_gate(settings, client.v1.state.sessions)  # type: ignore[attr-defined]
    return client


def read(client: TestClient, token: str, path: str = "/v1/pleeggezinnen") -> Any:
    return client.get(path, headers={"Authorization": f"Bearer {token}"})


def test_a_system_reads_the_families_of_its_own_provider(
    client: TestClient, issuer: Issuer
) -> None:
    """Client credentials with private_key_jwt: an RS256 `at+jwt` for this service."""
    for application, own in (("spirit-systeem", "SPI-1"), ("youke-systeem", "YOU-1")):
        answer = read(client, issuer.token(application))
        assert answer.status_code == 200, answer.text
        assert [family["nummer"] for family in answer.json()["pleeggezinnen"]] == [own]


def test_a_token_for_another_service_is_refused(client: TestClient, issuer: Issuer) -> None:
    """The right issuer and key, the wrong audience."""
    token = issuer.token("spirit-systeem", resource="urn:dienst:een-andere")
    assert read(client, token).status_code == 401


def test_a_foreign_scope_opens_nothing(client: TestClient, issuer: Issuer) -> None:
    """The issuer gives it to whoever asks; here it is no role of this application."""
    token = issuer.token("spirit-systeem", scope=f"{SYSTEM_SCOPE} {FOREIGN_SCOPE}")
    assert read(client, token).status_code == 200
    assert read(client, token, "/v1/matchruns").status_code == 403
    unknown = issuer.token("vreemde-applicatie")
    assert read(client, unknown).status_code == 403


def _issuers_key(issuer: Issuer, key_id: str) -> RSAKey:
    found = httpx2.get(f"{issuer.address}/.well-known/openid-configuration").json()
    keys = KeySet.import_key_set(httpx2.get(found["jwks_uri"]).json())
    return RSAKey.import_key(keys.get_by_kid(key_id).as_dict(private=False))


def _part(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_the_public_key_signs_nothing(client: TestClient, issuer: Issuer, algorithm: str) -> None:
    """A token of this issuer with its own claims, signed with what everybody can fetch, or not."""
    token = issuer.token("spirit-systeem")
    head, claims, _ = token.split(".")
    header = jws.extract_compact(token.encode()).headers()
    forged = f"{_part(header | {'alg': algorithm})}.{claims}"
    signature = b""
    if algorithm == "HS256":
        secret = _issuers_key(issuer, str(header["kid"])).as_pem(private=False)
        signature = urlsafe_b64encode(hmac.digest(secret, forged.encode(), "sha256"))
    refused = read(client, f"{forged}.{signature.rstrip(b'=').decode()}")
    assert refused.status_code == 401, refused.text
    assert "pleeggezinnen" not in refused.json()
    assert read(client, token).status_code == 200
    assert read(client, f"{head}.{claims}.").status_code == 401


def test_an_expired_token_is_refused(
    client: TestClient, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six minutes on, for a token of five: the clock of the verifier is moved, not the token."""
    token = issuer.token("spirit-systeem")
    later = now() + timedelta(seconds=360)
    monkeypatch.setattr("app.security.verify.now", lambda: later)
    answer = read(client, token)
    assert (answer.status_code, "verlopen" in answer.json()["detail"]) == (401, True)


def test_a_replayed_assertion_gives_no_second_token(issuer: Issuer) -> None:
    """Nor does one that is too old, or for another issuer."""
    once = issuer.assertion("spirit-systeem")
    asked = {"application": "spirit-systeem", "scope": SYSTEM_SCOPE}
    assert issuer.ask(once, **asked).status_code == 200
    assert issuer.ask(once, **asked).status_code == 401
    old = issuer.assertion("spirit-systeem", exp=int(seconds()) - 120)
    assert issuer.ask(old, **asked).status_code == 401
    elsewhere = issuer.assertion("spirit-systeem", aud="https://een-ander.example")
    assert issuer.ask(elsewhere, **asked).status_code == 401


def test_a_new_key_of_the_issuer_is_taken_up(
    client: TestClient, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the new one signed is let in; what the old one signed is known for a minute at most."""
    before = issuer.token("spirit-systeem")
    assert read(client, before).status_code == 200
    issuer.rotate()
    after = issuer.token("spirit-systeem")
    monkeypatch.setattr(issuer_keys, "AT_MOST_EVERY", 0.0)
    assert read(client, after).status_code == 200
    client.v1.state.gate._seen.clear()  # type: ignore[attr-defined]  # a minute later
    assert read(client, before).status_code == 401
    assert read(client, after).status_code == 200
