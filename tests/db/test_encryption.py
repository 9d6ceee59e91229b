"""The BSN at rest."""

import base64

import pytest

from app.db.encryption import decrypt_bsn, digest_bsn, digests_bsn, encrypt_bsn
from app.db.sealing import SealBroken
from app.kernel.ids import new_id
from app.settings import Settings

BSN = "999530410"
CHILD = new_id()
OF_BEFORE = "011175c06aaaa1abac9c4ce41cfc2120713fd5804c974c1f41e80720586a0b77ba01834ab69c"
DIGEST_OF_BEFORE = "2689fd9612ce7ec5e241af87d9de16754e7c3b8c550b98a40176b1e6b075b194"


def test_a_bsn_comes_back(settings: Settings) -> None:
    """Decrypting gives the number back, and the number is not in the stored bytes."""
    stored = encrypt_bsn(BSN, settings, child=CHILD)
    assert decrypt_bsn(stored, settings, child=CHILD) == BSN
    assert BSN.encode() not in stored


def test_the_same_bsn_is_never_stored_alike(settings: Settings) -> None:
    """Equal ciphertexts would tell that two rows are about one person."""
    one, other = (encrypt_bsn(BSN, settings, child=CHILD) for _ in range(2))
    assert one != other


def test_a_changed_byte_is_noticed(settings: Settings) -> None:
    """Tampering is an error, not another number."""
    stored = bytearray(encrypt_bsn(BSN, settings, child=CHILD))
    stored[-1] ^= 1
    with pytest.raises(SealBroken, match="bsn, sleutelversie 1"):
        decrypt_bsn(bytes(stored), settings, child=CHILD)


def test_the_bsn_of_another_child_is_refused(settings: Settings) -> None:
    """Whoever can write in the database cannot give a child the number of another one."""
    stored = encrypt_bsn(BSN, settings, child=CHILD)
    with pytest.raises(SealBroken):
        decrypt_bsn(stored, settings, child=new_id())


def test_a_bsn_of_before_versions_is_read(settings: Settings) -> None:
    """As this very key sealed it before there was a ring: kept from then, not made by this code."""
    stored = bytes.fromhex(OF_BEFORE)
    assert decrypt_bsn(stored, settings, child=CHILD) == BSN
    assert bytes.fromhex(DIGEST_OF_BEFORE) in digests_bsn(BSN, settings)


def test_the_digest_finds_a_number_again(settings: Settings) -> None:
    """Equal for equal numbers, different for others and under another key."""
    assert digest_bsn(BSN, settings) == digest_bsn(BSN, settings)
    assert digest_bsn(BSN, settings) != digest_bsn("999490667", settings)
    other = Settings(database_url=None, bsn_key=base64.b64encode(bytes(32)).decode())
    assert digest_bsn(BSN, settings) != digest_bsn(BSN, other)
