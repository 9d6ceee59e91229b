"""The readable part of a backup: what it is, what its files should be, and which keys it needs."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.keeping.keys import authentication, missing_versions, newest_version
from app.keeping.sealed_file import Damaged
from app.kernel.errors import InputRefused, NotReady
from app.settings import Settings

DATA, TABLES, MANIFEST = "gegevens.verzegeld", "tabellen.verzegeld", "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a backup without opening it; service, server and tool are versions."""

    made_at: datetime
    revision: str
    service: str
    server: int
    keys: Mapping[str, str]
    parts: Mapping[str, Part]


def write_manifest(folder: Path, manifest: Manifest, settings: Settings) -> None:
    """Write it, with a digest that only a service with the same key can make."""
    told = {
        "vorm": FORMAT,
        "gemaakt": manifest.made_at.isoformat(),
        "revisie": manifest.revision,
        "dienst": manifest.service,
        "postgresql": manifest.server,
        "sleutels": dict(manifest.keys),
        "bestanden": {name: asdict(part) for name, part in manifest.parts.items()},
        "waarmerkSleutel": newest_version(settings),
    }
    told["waarmerk"] = authentication(_bytes(told), settings)
    (folder / MANIFEST).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path, settings: Settings) -> Manifest:
    """Return the manifest of a backup by this service; every file there is as it was written.

    Raises Damaged for what is missing or changed, NotReady for other keys than it was made with.
    """
    told = _told(folder)
    try:
        found = _manifest(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(
            f"{folder / MANIFEST} mist gegevens: neem een andere reservekopie."
        ) from error
    lacking = missing_versions(found.keys, settings)
    if lacking:
        raise NotReady(
            f"Deze reservekopie vraagt sleutelversie {', '.join(lacking)} van de dienst, en die is "
            "hier niet of anders: zet de sleutel van toen in PLEEGZORG_BSN_KEY."
        )
    given = str(told.pop("waarmerk", ""))
    expected = authentication(_bytes(told), settings, str(told.get("waarmerkSleutel")))
    if not hmac.compare_digest(given, expected):
        raise Damaged(f"{folder / MANIFEST} is gewijzigd: neem een andere reservekopie.")
    for name, part in found.parts.items():
        _require_whole(folder / name, part)
    return found


def part_of(path: Path) -> Part:
    """Return size and digest of a file."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Part(path.stat().st_size, digest)


def _told(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputRefused(
            f"{folder} is geen reservekopie ({MANIFEST} is niet te lezen): geef de map die "
            "`pleegzorg backup` schreef."
        ) from error
    except ValueError as error:
        raise Damaged(f"{path} is beschadigd: neem een andere reservekopie.") from error
    if not isinstance(told, dict) or told.get("vorm") != FORMAT:
        raise InputRefused(f"{path} is van een andere versie: zet terug met de dienst van toen.")
    return told


def _manifest(told: dict[str, Any]) -> Manifest:
    parts = {name: Part(**part) for name, part in told["bestanden"].items()}
    if parts.keys() != {DATA, TABLES}:
        raise ValueError("the files are not those of a backup")
    return Manifest(
        made_at=datetime.fromisoformat(told["gemaakt"]),
        revision=told["revisie"],
        service=told["dienst"],
        server=told["postgresql"],
        keys=dict(told["sleutels"]),
        parts=parts,
    )


def _require_whole(path: Path, part: Part) -> None:
    if not path.is_file():
        raise Damaged(f"{path.name} ontbreekt in {path.parent}: neem een andere reservekopie.")
    if part_of(path) != part:
        raise Damaged(
            f"{path.name} is beschadigd of afgekapt: het is niet het bestand dat geschreven werd; "
            "neem een andere reservekopie."
        )


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
