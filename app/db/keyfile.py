"""The file with the keys: read, checked that only its owner can, and written whole or not at all.

schrijf = 2            # the version with which is written
vergelijk = "…"        # base64 of 32 bytes: sees whether a told record changed
[sleutels]
1 = "…"
2 = "…"
"""

import base64
import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.kernel.errors import NotReady

_BYTES = 32
_MOST = 65_535  # a version takes two bytes in what is stored
_HEAD = """\
# De sleutels van pleegzorg (docs/versleuteling.md). Wie dit bestand heeft leest alle dossiers;
# wie het kwijt is leest niets meer. Bewaar een kopie los van de back-ups van de database.
"""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Versions of the main key, which one writes, and the key for comparing; 32 bytes each."""

    versions: Mapping[int, bytes]
    writes: int
    compare: bytes


def new_key() -> bytes:
    """Return a new random key."""
    return os.urandom(_BYTES)


def decode_key(text: str, *, name: str) -> bytes:
    """Return the bytes of a key in base64; raises NotReady, never with the key in it."""
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        found = b""
    if len(found) != _BYTES:
        raise NotReady(f"{name}: geef 32 willekeurige bytes in base64 (`openssl rand -base64 32`).")
    return found


def parse_keys(text: str) -> Keys:
    """Return the keys of `1:base64,2:base64`: the last one writes, the first one compares."""
    versions: dict[int, bytes] = {}
    for piece in text.split(","):
        number, _, key = piece.strip().partition(":")
        versions[_version(number, "PLEEGZORG_KEYS")] = decode_key(
            key, name=f"PLEEGZORG_KEYS, versie {number}"
        )
    return Keys(versions, writes=max(versions), compare=versions[min(versions)])


def read_key_file(path: str | Path) -> Keys:
    """Return the keys in a file; raises NotReady when it is not there, not right or not private."""
    place = Path(path)
    try:
        mode = place.stat().st_mode
        content = place.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotReady(
            f"Het sleutelbestand {place} is niet te lezen: controleer PLEEGZORG_KEYS_FILE."
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o007:
        raise NotReady(
            f"Het sleutelbestand {place} is leesbaar voor anderen op deze machine: doe "
            f"`chmod 600 {place}`."
        )
    try:
        return _keys_of(tomllib.loads(content), place)
    except tomllib.TOMLDecodeError:
        raise NotReady(f"Het sleutelbestand {place} is geen TOML: herstel het.") from None


def write_key_file(path: Path, keys: Keys) -> None:
    """Write a file that only its owner reads; an interruption leaves the old one as it was."""
    lines = [_HEAD, f"schrijf = {keys.writes}", f'vergelijk = "{_text(keys.compare)}"', ""]
    lines += ["[sleutels]", *(f'{n} = "{_text(key)}"' for n, key in sorted(keys.versions.items()))]
    half = path.with_name(f".{path.name}.half")
    try:
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write("\n".join(lines) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
    except OSError as error:
        raise NotReady(f"Het sleutelbestand {path} is niet te schrijven.") from error


def _keys_of(document: dict[str, object], place: Path) -> Keys:
    told, writes, compare = (document.get(n) for n in ("sleutels", "schrijf", "vergelijk"))
    if not isinstance(told, dict) or not told or not isinstance(compare, str):
        raise NotReady(f"Het sleutelbestand {place} mist [sleutels] of vergelijk.")
    versions = {
        _version(name, str(place)): decode_key(str(key), name=f"{place}, sleutels.{name}")
        for name, key in told.items()
    }
    if not isinstance(writes, int) or writes not in versions:
        raise NotReady(f"{place}, schrijf: noem een versie die in [sleutels] staat.")
    return Keys(versions, writes, decode_key(compare, name=f"{place}, vergelijk"))


def _version(text: str, place: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST:
        raise NotReady(f"{place}: een sleutelversie is een getal van 1 tot en met {_MOST}.")
    return int(text)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
