"""Checking an exported log without the database: what an outsider would work out, done here."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.audit.canonical import compact
from app.audit.keys import is_signed, key_id, known_keys
from app.audit.seals import BEGIN, VERSION
from app.audit.verifying import KEPT
from app.cli.console import ERR, OUT
from app.kernel.clock import now
from app.kernel.errors import InputRefused
from app.settings import load_settings

WHOLE, BROKEN = 0, 1
_ORDER = (
    "nummer", "eersteRegel", "laatsteRegel", "aantal", "nieuwsteRegelOp", "regelzegel", "vorige",
    "gezetOp", "sleutel",
)  # fmt: skip


@dataclass(slots=True)
class _Walk:
    """How far a file was read: the seal before, and the marks of the lines since."""

    number: int = 0
    last: int = 0
    digest: str = BEGIN
    marks: bytes = b""
    lines: int = 0


def check_export(file: Path, public: list[str]) -> int:
    """Print whether a file is whole; return 0, or 1 where it is broken."""
    keys = _keys(public) or known_keys(load_settings())
    walk = _Walk()
    for number, (text, told) in enumerate(_lines(file), start=2):
        wrong = _take(walk, text, told, keys)
        if wrong is not None:
            ERR.print(f"Het bestand is gebroken op regel {number}: {wrong}.", soft_wrap=True)
            return BROKEN
    OUT.print(
        f"Het bestand is heel: {walk.number} zegels, {walk.lines} regels; "
        f"nog niet verzegeld: {len(walk.marks) // 40}. Laatste zegel: {walk.number}:{walk.digest}",
        soft_wrap=True,
    )
    return WHOLE


def _lines(file: Path) -> Iterator[tuple[str, Any]]:
    try:
        with file.open(encoding="utf-8") as opened:
            if json.loads(opened.readline()).get("soort") != VERSION:
                raise InputRefused(f"{file.name} is geen logboek van `audit export --out …jsonl`.")
            for line in opened:
                yield line.rstrip("\n"), json.loads(line)
    except (OSError, UnicodeDecodeError, ValueError, AttributeError) as error:
        raise InputRefused(
            f"{file.name} is niet te lezen: geef een .jsonl van `audit export`."
        ) from error


def _take(walk: _Walk, text: str, told: Any, keys: Mapping[str, bytes]) -> str | None:
    """Return what is wrong with the next line of a file."""
    if isinstance(told, list):
        walk.marks += told[0].to_bytes(8, "big") + hashlib.sha256(text.encode()).digest()
        return None
    seal = told["zegel"]
    wrong = _wrong_with(walk, seal, keys) or _wrong_under(walk, seal)
    if wrong is None:
        walk.lines += seal["aantal"] if walk.marks else 0
        walk.number, walk.last, walk.digest = seal["nummer"], seal["laatsteRegel"], seal["zegel"]
        walk.marks = b""
    return wrong


def _wrong_with(walk: _Walk, seal: Mapping[str, Any], keys: Mapping[str, bytes]) -> str | None:
    is_next = (seal["nummer"], seal["vorige"]) == (walk.number + 1, walk.digest)
    if not is_next or seal["eersteRegel"] != walk.last + 1:
        return "dit zegel volgt niet op het vorige"
    if (
        hashlib.sha256(compact([VERSION, *(seal[name] for name in _ORDER)]).encode()).hexdigest()
        != (seal["zegel"])
    ):
        return "dit zegel is veranderd"
    public_key = keys.get(seal["sleutel"])
    if public_key is None or not is_signed(seal["zegel"], seal["handtekening"], public_key):
        return "dit zegel is niet met een bekende sleutel gezet"
    return None


def _wrong_under(walk: _Walk, seal: Mapping[str, Any]) -> str | None:
    if not walk.marks and datetime.fromisoformat(seal["nieuwsteRegelOp"]) > now() - KEPT:
        return "alle regels onder dit zegel ontbreken, en het is nog geen vijf jaar oud"
    # Without any line: let go after their years, which the signed seal goes on to tell.
    if walk.marks and hashlib.sha256(walk.marks).hexdigest() != seal["regelzegel"]:
        return "een regel onder dit zegel is veranderd, weg of tussengevoegd"
    return None


def _keys(given: list[str]) -> Mapping[str, bytes]:
    try:
        found = [base64.b64decode(key, validate=True) for key in given]
    except binascii.Error as error:
        raise InputRefused("--sleutel: is geen base64 van 32 bytes.") from error
    return {key_id(public): public for public in found}
