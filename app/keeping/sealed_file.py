"""A file that anybody may seal and only the holder of one private key can open.

A fresh AES-256 key per file, itself sealed for the recipient (HPKE, RFC 9180, X25519). The content
goes in pieces, each with its own number and whether it is the last (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015): a piece that is changed, moved, left out or cut off
is refused. So the machine that makes backups cannot read those that it made.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from app.kernel.errors import InputRefused

_MAGIC = b"PLEEGZORG-RESERVE-1\n"
_PIECE = 1 << 20
_TAG = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEALED_KEY = 32 + 32 + _TAG  # what HPKE sends along, the key, its tag

HOW = "openssl genpkey -algorithm X25519 -out reserve.key; openssl pkey -in reserve.key -pubout"


class WrongKey(InputRefused):
    """The private key is not the one that a file was sealed for."""


class Damaged(InputRefused):
    """A file is not what was written: changed, cut off, or another kind of file."""


def read_recipient(path: Path) -> X25519PublicKey:
    """Return the public key of a PEM file; raises InputRefused when it holds none of X25519."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputRefused(f"{path} is geen publieke sleutel: maak er een met {HOW}") from error
    if not isinstance(key, X25519PublicKey):
        raise InputRefused(f"{path} is geen X25519-sleutel: maak er een met {HOW}")
    return key


def read_private(path: Path) -> X25519PrivateKey:
    """Return the private key of a PEM file; raises InputRefused when it holds none of X25519."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise InputRefused(
            f"{path} is geen privésleutel zonder wachtwoord (PEM): geef met --sleutel het bestand "
            "dat bij de ontvanger van de reservekopie hoort."
        ) from error
    if not isinstance(key, X25519PrivateKey):
        raise InputRefused(f"{path} is geen X25519-sleutel: geef die van de reservekopie.")
    return key


def seal_stream(pieces: Iterable[bytes], out: BinaryIO, recipient: X25519PublicKey) -> int:
    """Write pieces of any size, sealed; return how many bytes were written."""
    key = os.urandom(32)
    head = _MAGIC + _SUITE.encrypt(key, recipient, info=_MAGIC)
    written = out.write(head)
    cipher = AESGCM(key)
    for number, (piece, is_last) in enumerate(_cut(pieces)):
        written += out.write(cipher.encrypt(_nonce(number, is_last=is_last), piece, head))
    return written


def unseal_stream(source: BinaryIO, private: X25519PrivateKey, name: str) -> Iterator[bytes]:
    """Return the pieces of a sealed file; raises WrongKey or Damaged, naming the file."""
    head = source.read(len(_MAGIC) + _SEALED_KEY)
    if not head.startswith(_MAGIC):
        raise Damaged(f"{name} is geen reservekopie van deze dienst: geef de map die zij schreef.")
    try:
        key = _SUITE.decrypt(head[len(_MAGIC) :], private, info=_MAGIC)
    except (InvalidTag, ValueError) as error:
        raise WrongKey(
            f"{name} gaat met deze sleutel niet open: geef met --sleutel de privésleutel die hoort "
            "bij de ontvanger waarvoor de reservekopie is gemaakt."
        ) from error
    return _open_pieces(source, AESGCM(key), head, name)


def _open_pieces(source: BinaryIO, cipher: AESGCM, head: bytes, name: str) -> Iterator[bytes]:
    number, piece = 0, source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, head)
        except (InvalidTag, ValueError) as error:
            raise Damaged(
                f"{name} is beschadigd of afgekapt (deel {number + 1}): neem een andere "
                "reservekopie."
            ) from error
        if not following:
            return
        number, piece = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _cut(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Return the same bytes in pieces of one size, the last one marked; an empty file has one."""
    held = bytearray()
    for piece in pieces:
        held += piece
        # Never all of it: which piece is the last is known when nothing follows.
        while len(held) > _PIECE:
            yield bytes(held[:_PIECE]), False
            del held[:_PIECE]
    yield bytes(held), True
