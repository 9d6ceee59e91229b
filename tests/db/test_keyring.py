"""The key ring: where keys come from, what is refused, and that each use has its own."""

import base64
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.db.key_check import refuse_development_keys, require_keys
from app.db.keyfile import Keys, new_key, read_key_file, write_key_file
from app.db.keyring import KeyLacking, KeyRing, ring_of
from app.db.opened import Database
from app.db.sealing import SealBroken, open_text, seal_text
from app.kernel.errors import NotReady
from app.settings import DEVELOPMENT_KEY, Settings

ONE, TWO = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
EARNEST = {
    "environment": "productie", "DATABASE_URL": "postgresql://x", "issuer": "https://x.example",
    "clients": "x.toml", "audit_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}  # fmt: skip


def ring(*versions: int, writes: int | None = None) -> KeyRing:
    keys = {n: bytes([n]) * 32 for n in versions}
    return KeyRing(Keys(keys, writes or max(versions), bytes(32)))


def test_the_single_key_is_version_one() -> None:
    """As before there were versions."""
    assert ring_of(Settings(database_url=None, bsn_key=ONE)).versions == (1,)


def test_several_keys_in_the_environment() -> None:
    """The last one writes, all are read."""
    found = ring_of(Settings(database_url=None, keys=f"1:{ONE},2:{TWO}"))
    assert (found.writes, found.versions) == (2, (2, 1))
    for wrong in (f"a:{ONE}", f"0:{ONE}", "1:kort", f"70000:{ONE}"):
        with pytest.raises(NotReady) as caught:
            ring_of(Settings(database_url=None, keys=wrong))
        assert ONE not in str(caught.value)


def test_a_key_file_is_read_back_and_private(tmp_path: Path) -> None:
    """Only its owner can read what is written."""
    path = tmp_path / "sleutels.toml"
    write_key_file(path, Keys({1: new_key(), 3: new_key()}, writes=3, compare=new_key()))
    assert path.stat().st_mode & 0o777 == 0o600
    found = ring_of(Settings(database_url=None, keys_file=path))
    assert found.versions == (3, 1)
    assert str(found) == "KeyRing(versions=(3, 1))"


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """One sentence, with what to do."""
    path = tmp_path / "sleutels.toml"
    write_key_file(path, Keys({1: new_key()}, writes=1, compare=new_key()))
    path.chmod(0o644)
    with pytest.raises(NotReady, match=r"leesbaar voor anderen.*chmod 600"):
        read_key_file(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("geen toml", "geen TOML"),
        ("", r"mist \[sleutels\]"),
        (f'schrijf = 2\nvergelijk = "{ONE}"\n[sleutels]\n1 = "{ONE}"', "schrijf: noem een versie"),
        (f'schrijf = 1\nvergelijk = "{ONE}"\n[sleutels]\n1 = "kort"', "32 willekeurige bytes"),
    ],
)
def test_a_wrong_key_file_says_what_is_wrong(tmp_path: Path, content: str, sentence: str) -> None:
    """And never a key."""
    path = tmp_path / "sleutels.toml"
    path.touch(0o600)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotReady, match=sentence) as caught:
        read_key_file(path)
    assert ONE not in str(caught.value)
    with pytest.raises(NotReady, match="niet te lezen"):
        read_key_file(tmp_path / "er-niet")


def test_each_use_version_and_owner_has_keys_of_its_own() -> None:
    """What is sealed opens under no other; what is lacking is said so."""
    both = ring(1, 2)
    sealed = seal_text(both, b"tekst", use="a", owner="1")
    assert open_text(ring(1, 2, writes=1), sealed, use="a", owner="1") == b"tekst"
    for use, owner in (("b", "1"), ("a", "2")):
        with pytest.raises(SealBroken):
            open_text(both, sealed, use=use, owner=owner)
    with pytest.raises(KeyLacking, match="Sleutelversie 2 ontbreekt"):
        open_text(ring(1), sealed, use="a", owner="1")
    digests = {both.digest(v, use, b"x") for v in (1, 2) for use in ("a", "b")}
    assert len(digests) == 4


@pytest.mark.parametrize(
    "broken", ["pz1.", "pz1.2", "pz1.2.", "pz1.x.AAAA", "pz1.2.AA=A", "pz1.2.AAAA"]
)
def test_broken_text_is_one_clear_error(broken: str) -> None:
    """Whatever was done to it."""
    with pytest.raises((SealBroken, KeyLacking)):
        open_text(ring(1, 2), broken, use="a", owner="1")


def test_in_earnest_it_does_not_start_with_keys_of_development(tmp_path: Path) -> None:
    """Single, among several, or in the file."""
    with pytest.raises(ValidationError, match="sleutel voor ontwikkeling"):
        Settings(**EARNEST)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="sleutel voor ontwikkeling"):
        Settings(**EARNEST, keys=f"1:{DEVELOPMENT_KEY},2:{ONE}")  # type: ignore[arg-type]
    path = tmp_path / "sleutels.toml"
    known = base64.b64decode(DEVELOPMENT_KEY)
    write_key_file(path, Keys({1: known, 2: os.urandom(32)}, writes=2, compare=known))
    settings = Settings(**EARNEST, keys_file=path)  # type: ignore[arg-type]
    with pytest.raises(NotReady, match="sleutel voor ontwikkeling"):
        refuse_development_keys(ring_of(settings), settings)


def test_it_does_not_start_with_other_keys_than_the_datas(
    own_keys: Database, settings: Settings
) -> None:
    """A version that is lacking, or is another key by the same number."""
    require_keys(own_keys.sessions, ring(1, 2), settings)
    require_keys(own_keys.sessions, ring(1, 2, 3, writes=2), settings)
    with pytest.raises(NotReady, match="sleutelversie 2, en die is hier niet"):
        require_keys(own_keys.sessions, ring(1), settings)
    other = KeyRing(Keys({1: bytes(32), 2: bytes(32)}, 2, bytes(32)))
    with pytest.raises(NotReady, match="Sleutelversie 2 is hier een andere sleutel"):
        require_keys(own_keys.sessions, other, settings)
