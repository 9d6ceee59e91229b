"""Tokens: only those of the issuer, for this service, in time, signed with its own RSA key."""

import base64
import hmac
import json
from collections.abc import Callable
from time import time
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import KeySet, RSAKey

from app.kernel.errors import NotReady, NotSignedIn
from app.security.keys import AT_MOST_EVERY, KEPT, IssuerKeys
from app.security.verify import Verifier

ISSUER, AUDIENCE = "https://uitgever.example", "pleegzorg"


def make_key(key_id: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": key_id, "use": "sig"})


KEY, OTHER = make_key("een"), make_key("twee")


class Issuer:
    """An issuer whose keys and silence a test decides; it counts how often it is asked."""

    def __init__(self, *keys: RSAKey) -> None:
        self.keys, self.asked, self.is_silent = list(keys), 0, False

    def __call__(self, url: str) -> Any:
        if self.is_silent:
            raise NotReady("stil")
        if url.endswith("openid-configuration"):
            return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks"}
        self.asked += 1
        return KeySet(self.keys).as_dict(private=False)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer(KEY)


@pytest.fixture
def verifier(issuer: Issuer) -> Verifier:
    keys = IssuerKeys(ISSUER, fetch=issuer)
    return Verifier(issuer=ISSUER, audience=AUDIENCE, keys=keys, organisation_claim="organisatie")


def claims(**changed: Any) -> dict[str, Any]:
    usual = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "medewerker-1", "client_id": "werkplek",
        "scope": "openid pleegzorg:coordinator", "exp": int(time()) + 300, "organisatie": "spirit",
    }  # fmt: skip
    return {name: value for name, value in (usual | changed).items() if value is not None}


def sign(given: dict[str, Any], *, key: Any = KEY, **header: Any) -> str:
    head = {"alg": "RS256", "kid": "een", "typ": "at+jwt"} | header
    return jwt.encode(head, given, key, algorithms=[str(head["alg"])])


def test_a_token_says_who_asks(verifier: Verifier) -> None:
    """Subject, application, scopes and organisation come out; PS256 is as good as RS256."""
    for algorithm in ("RS256", "PS256"):
        found = verifier.verify(sign(claims(), alg=algorithm))
        assert (found.subject, found.client) == ("medewerker-1", "werkplek")
        assert found.scopes == {"openid", "pleegzorg:coordinator"}
        assert found.organisation == "spirit"


def test_keycloaks_way_of_naming_the_application_is_read(verifier: Verifier) -> None:
    """`azp` where there is no `client_id`, several audiences, and the type `JWT`."""
    token = sign(claims(client_id=None, azp="werkplek", aud=["x", AUDIENCE]), typ="JWT")
    assert verifier.verify(token).client == "werkplek"


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "een-andere-dienst"},
        {"aud": None},
        {"iss": "https://een-ander.example"},
        {"iss": None},
        {"exp": int(time()) - 3600},
        {"exp": None},
        {"nbf": int(time()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": "regel\neinde"},
        {"client_id": None},
        {"scope": ["pleegzorg:coordinator"]},
    ],
)
def test_what_a_token_must_say(verifier: Verifier, changed: dict[str, Any]) -> None:
    """A claim that is missing or of another service is refused, in words without its value."""
    with pytest.raises(NotSignedIn) as refused:
        verifier.verify(sign(claims(**changed)))
    assert "ander" not in str(refused.value).replace("een ander", "")


def test_an_expired_token_is_told_so(verifier: Verifier) -> None:
    """That is the one reason that a client can mend by itself."""
    with pytest.raises(NotSignedIn, match="verlopen"):
        verifier.verify(sign(claims(exp=int(time()) - 60)))


@pytest.mark.parametrize(
    "payload",
    [b"[" * 2000, json.dumps(claims()).encode().replace(b'"exp": ', b'"exp": 1' + b"0" * 400)],
    ids=["nested too deep", "an expiry that is no float"],
)
def test_claims_that_cannot_be_read_are_refused(verifier: Verifier, payload: bytes) -> None:
    """Signed by the issuer and yet nonsense: a refusal as any other, not an error of ours."""
    header = {"alg": "RS256", "kid": "een", "typ": "at+jwt"}
    with pytest.raises(NotSignedIn):
        verifier.verify(jws.serialize_compact(header, payload, KEY))


def _unsigned() -> str:
    return f"{_encode({'alg': 'none', 'kid': 'een'})}.{_encode(claims())}."


def _shared_secret() -> str:
    # The old trick: the public key, which everybody has, taken for a shared secret.
    parts = [_encode({"alg": "HS256", "kid": "een", "typ": "at+jwt"}), _encode(claims())]
    secret = KEY.as_pem(private=False)
    signature = hmac.digest(secret, ".".join(parts).encode(), "sha256")
    return ".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=").decode()])


def _encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _changed() -> str:
    head, _, signature = sign(claims()).split(".")
    return f"{head}.{_encode(claims(scope='pleegzorg:beheerder'))}.{signature}"


@pytest.mark.parametrize(
    "forge",
    [
        _unsigned,
        _shared_secret,
        _changed,
        lambda: sign(claims(), key=OTHER),  # the right name on the wrong key
        lambda: sign(claims(), key=OTHER, kid="twee"),
        lambda: sign(claims(), typ="dpop+jwt"),
        lambda: sign(claims() | {"x": "y" * 9000}),
        lambda: "geen.echt.token",
        lambda: "....",
        lambda: "",
    ],
)
def test_a_forged_token_is_refused(verifier: Verifier, forge: Callable[[], str]) -> None:
    """No `none`, no shared secret, no other key, nothing that was changed on the way."""
    with pytest.raises(NotSignedIn):
        verifier.verify(forge())


def test_a_new_key_is_found_and_an_old_one_forgotten(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Key rotation: an unknown key is asked for, but not at every forged token."""
    moment = [1000.0]
    monkeypatch.setattr("app.security.keys.monotonic", lambda: moment[0])
    keys = IssuerKeys(ISSUER, fetch=issuer)
    assert keys.find("een") is not None
    assert [keys.find("twee") for _ in range(5)] == [None] * 5
    assert issuer.asked == 1
    issuer.keys = [OTHER]
    moment[0] += AT_MOST_EVERY
    assert keys.find("twee") is not None
    assert keys.find("een") is None


def test_a_silent_issuer_does_not_stop_who_is_known(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys go on for a while; then nobody gets in, and the sentence says why."""
    moment = [1000.0]
    monkeypatch.setattr("app.security.keys.monotonic", lambda: moment[0])
    keys = IssuerKeys(ISSUER, fetch=issuer)
    assert keys.find("een") is not None
    issuer.is_silent = True
    moment[0] += KEPT + 1
    assert keys.find("een") is not None
    moment[0] += KEPT + 1
    with pytest.raises(NotReady):
        keys.find("een")


def test_another_issuer_behind_the_address_is_refused() -> None:
    """Who answers must call itself what the settings say."""
    keys = IssuerKeys("https://mis.example", fetch=Issuer(KEY))
    with pytest.raises(NotReady, match="PLEEGZORG_ISSUER"):
        keys.find("een")
