"""Opening a file with bounds."""

import io
from pathlib import Path

import pytest

from app.kernel.errors import InputRefused
from app.kernel.files import MAX_LINE_BYTES, open_input, text_lines


def lines_of(content: bytes, *encodings: str) -> list[str]:
    return list(text_lines(io.BytesIO(content), name="x", encodings=encodings or ("utf-8",)))


def test_lines_keep_their_ends():
    """Lines come with their ends, and the byte order mark of the first is gone."""
    assert lines_of(b"\xef\xbb\xbfa\r\nb") == ["a\r\n", "b"]


def test_a_line_of_exactly_the_limit():
    """A line of 1 MB passes; one byte more is refused with its number."""
    assert len(lines_of(b"a\n" + b"x" * MAX_LINE_BYTES)) == 2
    with pytest.raises(InputRefused, match="regel 2, is langer dan 1 MB"):
        lines_of(b"a\n" + b"x" * (MAX_LINE_BYTES + 1))


def test_a_long_line_is_never_read_whole():
    """Of an endless line no more than the limit and one byte is asked for."""

    class Endless(io.RawIOBase):
        asked: int = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= MAX_LINE_BYTES + 1
            self.asked += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(InputRefused):
        list(text_lines(stream, name="x"))  # type: ignore[arg-type]
    assert stream.asked == MAX_LINE_BYTES + 1


def test_encodings_are_tried_in_turn():
    """A line that is no UTF-8 is read in the next encoding; what fits none is refused."""
    assert lines_of("é\n".encode() + b"\xe9", "utf-8", "cp1252") == ["é\n", "é"]
    with pytest.raises(InputRefused, match="regel 2, bevat tekens die geen UTF-8 zijn"):
        lines_of(b"a\n\xe9")


def test_odd_paths(tmp_path: Path):
    """A folder, a name with a NUL and a path through a file are refused, not an error."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "a\0b", tmp_path / "file" / "deeper"):
        with pytest.raises(InputRefused, match="niet gevonden"), open_input(path):
            pass


def test_a_reading_error_is_a_refusal(tmp_path: Path):
    """When the disk fails while reading, that is said in a sentence as well."""
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(InputRefused, match="niet te lezen"), open_input(path):
        raise OSError(5, "Input/output error")
