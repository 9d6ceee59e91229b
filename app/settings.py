"""Settings from the environment; frozen, and unwilling to start with default secrets in earnest."""

import base64
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.kernel.errors import NotReady

# Only good for a laptop: everybody can read it here.
DEVELOPMENT_KEY = base64.b64encode(b"alleen-voor-ontwikkeling-32-byte").decode()
DEVELOPMENT_AUDIT_KEY = base64.b64encode(b"zegel-alleen-voor-ontwikkeling-1").decode()


def _default_data_folder() -> Path:
    # Outside any home: as root the embedded server opens the parent folders of its data.
    owner = os.getuid() if hasattr(os, "getuid") else "gebruiker"
    return Path(os.environ.get("PLEEGZORG_TMP", "/var/tmp")) / f"pleegzorg-{owner}"  # noqa: S108


def _secrets_folder() -> Path | None:
    """Return where files are that are each one setting, by its name: how containers get secrets."""
    folder = Path(os.environ.get("PLEEGZORG_SECRETS", "/run/secrets"))
    return folder if folder.is_dir() else None


class Settings(BaseSettings):
    """All settings; names in the environment are `PLEEGZORG_...`, except `DATABASE_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="PLEEGZORG_",
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        secrets_dir=_secrets_folder(),
    )

    environment: Literal["ontwikkeling", "productie"] = "ontwikkeling"
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    migration_url: str | None = Field(default=None, validation_alias="MIGRATION_DATABASE_URL")
    # The keys of what is kept sealed (docs/versleuteling.md): a file with versions, or
    # `1:base64,2:base64`; or bsn_key alone, which is version 1.
    bsn_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    keys: SecretStr | None = None
    keys_file: Path | None = None
    data_folder: Path = Field(default_factory=_default_data_folder)
    pool_size: int = 20
    # Between the service and PostgreSQL stands PgBouncer with pool_mode=transaction.
    behind_pgbouncer: bool = False
    # Name or file of the weights of runs that are asked for at the API; None for those that ship.
    weights: str | None = None
    # For how many days a word on a family's availability holds; after that it is asked first.
    confirm_after_days: int = Field(default=30, ge=1)
    # For how many days events can be read; the database itself lets none go within thirty.
    keep_events_days: int = Field(default=180, ge=30)
    # Rights of the person: whether a person approves what the nightly purge is about to remove.
    purge_needs_approval: bool = True
    # Who signs tokens (its own name, a URL), and for whom they must be meant. None: in development
    # this machine signs them itself (`pleegzorg token`).
    issuer: str | None = None
    audience: str = "pleegzorg"
    # A TOML file with the applications that may ask, their roles and their provider.
    clients: Path | None = None
    organisation_claim: str = "organisatie"
    # The screens as an application of that issuer: their client id there, and a PEM file with the
    # key for private_key_jwt (None: a public client, PKCE alone).
    screens_client: str = "pleegzorg-schermen"
    screens_key: Path | None = None
    # What the issuer calls this service, where it wants to be told (RFC 8707); Keycloak does not.
    screens_resource: str | None = None
    # Background tiles of the maps, as https://…/{z}/{x}/{y}.png; None: a plain map.
    map_tiles: str | None = Field(
        default=None, pattern=r"^https://[^\s{}]+/\{z\}/\{x\}/\{y\}\.png$"
    )
    # A TOML file with whom to call in crisis when there is no bed; None: the shipped route.
    crisis_route: Path | None = None
    # Where the worker puts the crisis list for paper every evening; None: nowhere.
    crisis_list_folder: Path | None = None
    # A TOML file that says when placements are reviewed; None: the shipped rule.
    review_rule: Path | None = None
    # A TOML file with how much one asker may ask; None: the shipped one, and none in development.
    limits: Path | None = None
    # Other names than that of the public address for which to answer, with commas between them.
    hosts: str = ""
    # What the contract tells who builds against it: where the service is, and whom to ask.
    public_url: str = "https://pleegzorg.example"
    # By which name events are told: the OIN of the organisation that runs this, and the system.
    event_source: str = Field(
        default="urn:nld:oin:00000000000000000000:systeem:pleegzorg",
        pattern=r"^urn:nld:[A-Za-z0-9()+,\-.:=@;$_!*'%/]{2,150}$",
    )
    # smtp://user:password@host:587 (with STARTTLS) or smtps://…:465. None: in development mail goes
    # into a folder, elsewhere nobody gets any.
    smtp_url: SecretStr | None = None
    mail_from: str = Field(default="pleegzorg@pleegzorg.example", pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    contact_email: str = "beheer@pleegzorg.example"
    # The log: the seed (32 bytes in base64) of the Ed25519 key that seals it, kept outside the
    # database, and the public keys of before by which old seals are still known (after commas).
    audit_key: SecretStr = SecretStr(DEVELOPMENT_AUDIT_KEY)
    audit_public_keys: str = ""
    # Telemetry. Where the log of processings goes: a collector (https://…/v1/traces; http on this
    # machine only), or a file of JSON lines; with neither it goes nowhere.
    otlp_url: str | None = Field(
        default=None,
        pattern=r"^(https://[^\s]+|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/[^\s]*)?)$",
    )
    spans_file: Path | None = None
    # Makes pseudonyms in that log; None: a key made from that of BSNs.
    subject_key: SecretStr | None = None
    # The register of processing activities, to which each line of that log points.
    register_url: str = Field(
        default="https://pleegzorg.example/register/verwerkingsactiviteiten",
        pattern=r"^https?://[^\s]+$",
    )
    # Where this machine keeps the day and time of its last good backup; None: nobody counts it.
    backup_stamp: Path | None = None

    @model_validator(mode="after")
    def _refuse_wrong_mail_server(self) -> Self:
        url = self.smtp_url.get_secret_value() if self.smtp_url else "smtp://geen"
        if not re.match(r"^smtps?://([^/@\s]+@)?[A-Za-z0-9.\[\]:-]+/?$", url):
            raise ValueError(
                "PLEEGZORG_SMTP_URL: geef smtp://naam:wachtwoord@server:587, of smtps://…"
            )
        return self

    @model_validator(mode="after")
    def _refuse_what_is_no_key(self) -> Self:
        for name in ("bsn_key", "audit_key", "subject_key"):
            given: SecretStr | None = getattr(self, name)
            if given is not None and not _is_key(given.get_secret_value()):
                raise ValueError(f"PLEEGZORG_{name.upper()}: geef 32 willekeurige bytes in base64")
        if not all(map(_is_key, filter(None, self.audit_public_keys.split(",")))):
            raise ValueError(
                "PLEEGZORG_AUDIT_PUBLIC_KEYS: geef openbare sleutels in base64, met een komma "
                "tussen twee"
            )
        return self

    @model_validator(mode="after")
    def _refuse_default_secrets(self) -> Self:
        if self.environment == "ontwikkeling":
            return self
        self._refuse_development_key()
        if self.audit_key.get_secret_value() == DEVELOPMENT_AUDIT_KEY:
            raise ValueError(
                "PLEEGZORG_AUDIT_KEY is nog de sleutel voor ontwikkeling: maak een eigen"
            )
        if self.database_url is None:
            raise ValueError(
                "DATABASE_URL ontbreekt: buiten ontwikkeling is een eigen server nodig"
            )
        if not (self.issuer or "").startswith("https://"):
            raise ValueError(
                "PLEEGZORG_ISSUER: geef buiten ontwikkeling de uitgever van de tokens, met https"
            )
        if self.clients is None:
            raise ValueError("PLEEGZORG_CLIENTS ontbreekt: noem het bestand met wie er mag vragen")
        return self

    def _refuse_development_key(self) -> None:
        """Refuse keys that everybody can read here; of a file it is app/db/key_check that does."""
        if self.keys_file is not None:
            return
        several = self.keys.get_secret_value() if self.keys else None
        if DEVELOPMENT_KEY in (several or self.bsn_key.get_secret_value()):
            raise ValueError(
                "PLEEGZORG_BSN_KEY is nog de sleutel voor ontwikkeling: maak een eigen, of geef "
                "PLEEGZORG_KEYS_FILE (`pleegzorg sleutels nieuw`)"
            )


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        return False


@lru_cache
def load_settings() -> Settings:
    """Return the settings of this process, read once; NotReady names what is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        clauses = [_clause(item["loc"], item["msg"]) for item in error.errors(include_input=False)]
    # Not inside the except: its error holds the secrets that were given.
    raise NotReady("; ".join(clauses) + ".")


def _clause(field: tuple[int | str, ...], message: str) -> str:
    if not field:
        return message.removeprefix("Value error, ")
    name = str(field[0])
    return f"{name if name.isupper() else f'PLEEGZORG_{name.upper()}'} heeft niet de goede vorm"
