"""A sealed file opens with one key, whole and in order, or not at all."""

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.keeping import sealed_file
from app.keeping.sealed_file import Damaged, WrongKey, seal_stream, unseal_stream

KEY = X25519PrivateKey.generate()
PIECE = 16
HEAD = len(sealed_file._MAGIC) + sealed_file._SEALED_KEY


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_file, "_PIECE", PIECE)
        yield


def sealed(*pieces: bytes) -> bytes:
    out = io.BytesIO()
    assert seal_stream(pieces, out, KEY.public_key()) == len(out.getvalue())
    return out.getvalue()


def opened(content: bytes, key: X25519PrivateKey = KEY) -> bytes:
    return b"".join(unseal_stream(io.BytesIO(content), key, "kopie"))


@given(st.lists(st.binary(max_size=3 * PIECE), max_size=5))
def test_what_goes_in_comes_out(pieces: list[bytes]) -> None:
    """However it was cut up, also where it ends on the border of a piece."""
    assert opened(sealed(*pieces)) == b"".join(pieces)


@given(st.binary(max_size=3 * PIECE), st.data())
def test_a_changed_byte_is_refused(content: bytes, data: st.DataObject) -> None:
    """Anywhere: in the head, in the sealed key, in a piece or in a tag."""
    whole = bytearray(sealed(content))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Damaged, WrongKey)):
        opened(bytes(whole))


@given(st.binary(min_size=2 * PIECE, max_size=4 * PIECE), st.data())
def test_a_file_that_was_cut_off_is_refused(content: bytes, data: st.DataObject) -> None:
    """Also exactly after a piece, where each piece that is left is right by itself."""
    whole = sealed(content)
    border = HEAD + PIECE + 16
    length = data.draw(st.one_of(st.just(border), st.integers(0, len(whole) - 1)))
    with pytest.raises((Damaged, WrongKey)):
        opened(whole[:length])


def test_pieces_in_another_order_are_refused() -> None:
    """And one that is there twice: each has its own number."""
    whole = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
    size = PIECE + 16
    head, first, second = (
        whole[:HEAD],
        whole[HEAD : HEAD + size],
        whole[HEAD + size : HEAD + 2 * size],
    )
    rest = whole[HEAD + 2 * size :]
    assert opened(head + first + second + rest)
    for pieces in (second + first, first + first, first + second + first):
        with pytest.raises(Damaged):
            opened(head + pieces + rest)


def test_another_key_is_told_from_damage() -> None:
    """Whoever restores must know whether to look for another key or for another file."""
    with pytest.raises(WrongKey, match="--sleutel"):
        opened(sealed(b"iets"), X25519PrivateKey.generate())


def test_nothing_of_the_content_stands_in_it() -> None:
    """And the same content is never the same file."""
    one, other = sealed(b"Noor de Vries" * 5), sealed(b"Noor de Vries" * 5)
    assert one != other
    assert b"Noor" not in one
