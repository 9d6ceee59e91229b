"""The BSN at rest."""

import pytest
from cryptography.exceptions import InvalidTag

from app.db.encryption import decrypt_bsn, digest_bsn, encrypt_bsn
from app.settings import Settings

BSN = "999530410"


def test_a_bsn_comes_back(settings: Settings) -> None:
    """Decrypting gives the number back, and the number is not in the stored bytes."""
    stored = encrypt_bsn(BSN, settings)
    assert decrypt_bsn(stored, settings) == BSN
    assert BSN.encode() not in stored


def test_the_same_bsn_is_never_stored_alike(settings: Settings) -> None:
    """Equal ciphertexts would tell that two rows are about one person."""
    assert encrypt_bsn(BSN, settings) != encrypt_bsn(BSN, settings)


def test_a_changed_byte_is_noticed(settings: Settings) -> None:
    """Tampering is an error, not another number."""
    stored = bytearray(encrypt_bsn(BSN, settings))
    stored[-1] ^= 1
    with pytest.raises(InvalidTag):
        decrypt_bsn(bytes(stored), settings)


def test_the_digest_finds_a_number_again(settings: Settings) -> None:
    """Equal for equal numbers, different for others."""
    assert digest_bsn(BSN, settings) == digest_bsn(BSN, settings)
    assert digest_bsn(BSN, settings) != digest_bsn("999490667", settings)
