"""Settings refuse to start in earnest with what everybody can read."""

import base64

import pytest
from pydantic import ValidationError

from app.kernel.errors import NotReady
from app.settings import Settings, load_settings

OWN_KEY = base64.b64encode(bytes(range(32))).decode()


def test_production_wants_its_own_key() -> None:
    """The development key is refused outside development."""
    with pytest.raises(ValidationError, match="PLEEGZORG_BSN_KEY"):
        Settings(environment="productie", DATABASE_URL="postgresql://x")


def test_production_seals_the_log_with_its_own_key() -> None:
    """With the one that everybody can read, anybody could forge a seal."""
    with pytest.raises(ValidationError, match="PLEEGZORG_AUDIT_KEY is nog"):
        Settings(environment="productie", bsn_key=OWN_KEY, DATABASE_URL="postgresql://x")
    with pytest.raises(ValidationError, match="PLEEGZORG_AUDIT_KEY: geef 32"):
        Settings(audit_key="kort")
    with pytest.raises(ValidationError, match="PLEEGZORG_AUDIT_PUBLIC_KEYS"):
        Settings(audit_public_keys=f"{OWN_KEY},kort")


def test_production_wants_its_own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded server is refused outside development."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ValidationError, match="DATABASE_URL"):
        Settings(environment="productie", bsn_key=OWN_KEY, audit_key=OWN_KEY)


def test_production_wants_an_issuer_and_its_applications() -> None:
    """Without them nobody could sign in, or anybody who makes a token on the spot."""
    own = {
        "environment": "productie", "bsn_key": OWN_KEY, "DATABASE_URL": "postgresql://x",
        "audit_key": OWN_KEY,
    }  # fmt: skip
    with pytest.raises(ValidationError, match="PLEEGZORG_ISSUER"):
        Settings(**own)
    with pytest.raises(ValidationError, match="https"):
        Settings(**own, issuer="http://uitgever.example")
    with pytest.raises(ValidationError, match="PLEEGZORG_CLIENTS"):
        Settings(**own, issuer="https://uitgever.example")


def test_a_short_key_is_refused() -> None:
    """AES-256 takes 32 bytes; fewer is an error at start, not at the first BSN."""
    with pytest.raises(ValidationError, match="32"):
        Settings(bsn_key=base64.b64encode(b"kort").decode())


@pytest.mark.parametrize("key", ["geheim!", base64.b64encode(b"geheim").decode()])
def test_a_wrong_setting_is_one_sentence_without_its_value(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """The sentence names the setting; a key or a password in it would end up in a log."""
    monkeypatch.setenv("PLEEGZORG_BSN_KEY", key)
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:wachtwoord@h/x")
    with pytest.raises(NotReady, match="PLEEGZORG_BSN_KEY") as caught:
        load_settings.__wrapped__()
    assert key not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_setting_of_the_wrong_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool size in letters: the name as it stands in the environment."""
    monkeypatch.setenv("PLEEGZORG_POOL_SIZE", "veel")
    with pytest.raises(NotReady, match="PLEEGZORG_POOL_SIZE"):
        load_settings.__wrapped__()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "mail.example"), ("SMTP_URL", "http://u:hunter2@mail.example"),
        ("SMTP_URL", "smtp://u:hunter2@"), ("MAIL_FROM", "Pleegzorg <a@b.example>"),
        ("EVENT_SOURCE", "https://pleegzorg.example"),
    ],
)  # fmt: skip
def test_settings_of_events_and_mail_have_a_form(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Named at the start, without the password in it."""
    monkeypatch.setenv(f"PLEEGZORG_{name}", value)
    with pytest.raises(NotReady, match=f"PLEEGZORG_{name}") as caught:
        load_settings.__wrapped__()
    assert "hunter2" not in str(caught.value)


def test_a_mail_server_with_a_password_is_taken() -> None:
    """With STARTTLS on its port, or with TLS from the start."""
    for url in ("smtp://wie:ge%40heim@mail.example:587", "smtps://mail.example:465"):
        assert Settings(smtp_url=url).smtp_url is not None
