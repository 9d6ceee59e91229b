"""Bounding what stands between two marks of a file."""

import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel import file_runs
from app.kernel.errors import InputRefused
from app.kernel.file_runs import MAX_RUN_BYTES, Marks, check_runs

QUOTES = Marks(sign=b'"', name="aanhalingstekens")
TAGS = Marks(
    sign=b"<",
    name="'<'-tekens",
    spans={b"<!--": b"-->", b"<?": b"?>"},
    forbidden=(b"<!DOCTYPE", "bevat een DOCTYPE"),
)
FULL = b"x" * MAX_RUN_BYTES


def check(content: bytes, marks: Marks = TAGS) -> None:
    stream = io.BytesIO(content)
    check_runs(stream, marks, name="x")
    assert stream.tell() == 0


@pytest.mark.parametrize("before", [0, 1, 17, MAX_RUN_BYTES - 1])
def test_exactly_the_limit(before: int):
    """1 MiB between two marks passes and one byte more does not, wherever the pieces fall."""
    start = b" " * before + b'"'
    check(start + FULL + b'"', QUOTES)
    check(start + FULL, QUOTES)
    for end in (b'"', b""):
        with pytest.raises(InputRefused, match="meer dan 1 MB tussen twee aanhalingstekens"):
            check(start + FULL + b"x" + end, QUOTES)


def test_line_of_the_long_run():
    """The line in the sentence is that of the mark with which the long run begins."""
    with pytest.raises(InputRefused, match=r"^Bestand x, regel 4, heeft .* opnieuw\.$"):
        check(b"<a>\n" + b"<b>" * MAX_RUN_BYTES + b"\n\n<c" + FULL + b"\n\n<d>")


@pytest.mark.parametrize("span", [(b"<!--", b"-->"), (b"<?p ", b"?>")])
def test_marks_inside_a_span_do_not_count(span: tuple[bytes, bytes]):
    """A comment full of marks is as long as it is; a short one may hold anything."""
    opening, closing = span
    check(b"<a>" + (opening + b"<!DOCTYPE" + closing) * 9 + b"<b>")
    with pytest.raises(InputRefused, match="meer dan 1 MB"):
        check(b"<a>" + opening + b"<" * (MAX_RUN_BYTES + 1) + closing)


def test_forbidden_is_refused_wherever_it_stands():
    """What is forbidden is refused by its own clause, far into the file and before any length."""
    for before in (b"", b"<a>" * MAX_RUN_BYTES):
        with pytest.raises(InputRefused, match=r"^Bestand x bevat een DOCTYPE\.$"):
            check(before + b'<!DOCTYPE x "' + b"<" * 3 * MAX_RUN_BYTES)


def test_nul_is_refused():
    """A NUL, as in UTF-16, is refused with its line: other marks than ours could stand in it."""
    with pytest.raises(InputRefused, match="regel 2, bevat NUL-tekens"):
        check(b"<a>\n<b>\0")


def test_linear_and_flat():
    """64 MiB of one tag is refused at once, and 64 MiB of short ones takes little memory."""

    class Repeated(io.RawIOBase):
        left: int = 64

        def read(self, size: int = -1, /) -> bytes:
            self.left -= 1
            return (b"<a>" * MAX_RUN_BYTES)[:MAX_RUN_BYTES] if self.left >= 0 else b""

        def seek(self, *_: int) -> int:
            return 0

    began = time.monotonic()
    with pytest.raises(InputRefused):
        check(b"<a " + b"x" * 64 * 2**20)
    assert time.monotonic() - began < 3
    tracemalloc.start()
    try:
        check_runs(Repeated(), TAGS, name="x")  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    finally:
        tracemalloc.stop()


def longest_run(content: bytes) -> int:
    """Return the longest run by walking sign by sign: the judge of the jumping one."""
    return max(_lengths(content), default=0)


def _lengths(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        closing = next((c for o, c in TAGS.spans.items() if content.startswith(o, at)), None)
        if closing:
            ends = content.find(closing, at + (4 if closing == b"-->" else 2))
            end = ends + len(closing) if ends >= 0 else len(content)
        else:
            found = content.find(b"<", at + 1)
            end = found if found >= 0 else len(content)
        yield end - at
        at = end


@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from([b"<", b"<!--", b"-->", b"<?", b"?>", b"x", b"x" * 9])))
def test_jumping_finds_what_walking_finds(pieces: list[bytes]):
    """With a bound of a few bytes: short runs are accepted, and a run far over it is refused."""
    content = b"<" + b"".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_runs, "MAX_RUN_BYTES", 16)
        if longest_run(content) <= 16:
            check(content)
        elif longest_run(content) > 16 + 4:
            with pytest.raises(InputRefused):
                check(content)
