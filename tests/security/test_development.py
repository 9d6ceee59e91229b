"""Signing in on one's own machine: a key made at first use, and never outside development."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.main import build_app
from app.kernel.actor import ActorRole
from app.kernel.errors import InputRefused, NotReady, NotSignedIn
from app.security.development import CLIENT, ISSUER, DevelopmentKeys, make_token
from app.security.gate import Gate
from app.security.open import open_gate
from app.security.verify import Verifier
from app.settings import Settings, load_settings

PRODUCTION = {
    "environment": "productie",
    "audit_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "bsn_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "DATABASE_URL": "postgresql://x", "issuer": "https://uitgever.example", "clients": "x.toml",
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return Settings(database_url=None, data_folder=tmp_path / "gegevens")


def verifier(settings: Settings) -> Verifier:
    return Verifier(
        issuer=ISSUER, audience="pleegzorg", keys=DevelopmentKeys(settings),
        organisation_claim="organisatie",
    )  # fmt: skip


def test_a_token_of_this_machine_is_understood_here(own: Settings) -> None:
    """The key is made once, for its owner alone; a second process uses the same."""
    token = make_token(own, ActorRole.MATCHER, organisation="spirit", subject="ik")
    (path,) = own.data_folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    claims = verifier(own).verify(token)
    assert (claims.subject, claims.client, claims.organisation) == ("ik", CLIENT, "spirit")
    assert claims.scopes == {"pleegzorg:aanbieder-matcher"}
    verifier(own).verify(make_token(own, ActorRole.COORDINATOR))


def test_a_token_of_another_machine_is_refused(own: Settings, tmp_path: Path) -> None:
    """Each has a key of its own."""
    elsewhere = Settings(database_url=None, data_folder=tmp_path / "elders")
    with pytest.raises(NotSignedIn):
        verifier(own).verify(make_token(elsewhere, ActorRole.COORDINATOR))


def test_it_runs_out(own: Settings) -> None:
    """As any token does."""
    with pytest.raises(NotSignedIn, match="verlopen"):
        verifier(own).verify(make_token(own, ActorRole.COORDINATOR, lasts=timedelta(seconds=-120)))


def test_outside_development_there_is_none(tmp_path: Path) -> None:
    """Neither made nor believed, and no key is left behind."""
    settings = Settings(**PRODUCTION, data_folder=tmp_path)
    with pytest.raises(NotReady, match="ontwikkeling"):
        make_token(settings, ActorRole.ADMINISTRATOR)
    with pytest.raises(NotReady, match="ontwikkeling"):
        DevelopmentKeys(settings)
    assert list(tmp_path.iterdir()) == []


def test_with_an_issuer_the_own_key_is_not_believed(own: Settings, tmp_path: Path) -> None:
    """In development too: one issuer at a time."""
    clients = tmp_path / "clients.toml"
    clients.write_text("[clients.x]\nrollen = ['coordinator']\n")
    settings = own.model_copy(update={"issuer": "https://uitgever.invalid", "clients": clients})
    gate: Gate = open_gate(settings, None)  # type: ignore[arg-type]
    with pytest.raises((NotSignedIn, NotReady)):
        gate.identify(make_token(own, ActorRole.COORDINATOR))


def run(*words: str) -> str:
    result = CliRunner().invoke(build_app("token"), ["token", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output.strip()


def test_the_command_gives_a_token() -> None:
    """For one role or several, ready to paste behind `Bearer`."""
    token = run("aanmeldpunt", "coordinator", "--naam", "proef")
    claims = verifier(load_settings()).verify(token)
    assert claims.scopes == {"pleegzorg:aanmeldpunt", "pleegzorg:coordinator"}
    assert claims.subject == "proef"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["baas"], "baas is er niet"),
        (["systeem"], "systeem is er niet"),
        (["aanbieder-systeem"], "--organisatie ontbreekt"),
        (["verwijzer"], "--organisatie ontbreekt"),
    ],
)
def test_a_wrong_wish_is_one_sentence(words: list[str], says: str) -> None:
    """What is wrong, and what to choose from."""
    with pytest.raises(InputRefused, match=says):
        run(*words)
