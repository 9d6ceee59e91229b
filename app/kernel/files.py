"""Opening a file that someone hands in, with bounds, so that no file can exhaust the service."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.kernel.errors import InputRefused

MAX_FILE_BYTES = 256 * 2**20
MAX_LINE_BYTES = 2**20
PIECE_BYTES = 2**16
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@contextmanager
def open_input(path: Path) -> Iterator[BinaryIO]:
    """Yield an open file; raises InputRefused when it is missing, empty, too large or closed to us.

    An OSError while the file is being read is a refusal as well.
    """
    check_input(path)
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputRefused(
            f"Bestand {path.name} is niet te lezen ({error.strerror}): "
            "controleer de rechten op het bestand en probeer het opnieuw."
        ) from error


def check_input(path: Path) -> None:
    """Raise InputRefused when a path is no file with between 1 byte and 256 MiB in it."""
    try:
        is_file, size = path.is_file(), path.stat().st_size
    except (OSError, ValueError):
        is_file, size = False, 0
    if not is_file:
        raise InputRefused(f"Bestand {path} is niet gevonden: controleer de naam en de map.")
    if size == 0:
        raise InputRefused(f"Bestand {path.name} is leeg: exporteer het opnieuw.")
    if size > MAX_FILE_BYTES:
        raise InputRefused(
            f"Bestand {path.name} is groter dan {MAX_FILE_BYTES // 2**20} MB: "
            "controleer of dit het goede bestand is, of splits het."
        )


def text_lines(
    stream: BinaryIO, *, name: str, encodings: tuple[str, ...] = ("utf-8",)
) -> Iterator[str]:
    """Yield the lines of a text file with their ends; a line is tried in each encoding in turn.

    Raises InputRefused, naming the line, for a line over 1 MiB (never read whole), a NUL and bytes
    that are no text.
    """
    for _, line in placed_lines(stream, name=name, encodings=encodings):
        yield line


def placed_lines(
    stream: BinaryIO, *, name: str, encodings: tuple[str, ...] = ("utf-8",)
) -> Iterator[tuple[int, str]]:
    """Yield the lines as `text_lines` does, each with the byte at which it begins."""
    number = at = 0
    while raw := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(raw) > MAX_LINE_BYTES:
            raise InputRefused(
                f"Bestand {name}, regel {number}, is langer dan 1 MB: "
                "dit is geen gewone regel, exporteer het bestand opnieuw."
            )
        check_no_nul(raw, name=name, line=number)
        text = raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw
        yield at + len(raw) - len(text), decoded(text, name=name, line=number, encodings=encodings)
        at += len(raw)


def text_pieces(stream: BinaryIO, *, name: str) -> Iterator[str]:
    """Yield a UTF-8 file as text in pieces of about 64 KiB, without its byte order mark.

    Raises InputRefused, naming the line, for bytes that are no text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, is_first = 1, True
    while True:
        piece = stream.read(PIECE_BYTES)
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            text = decoded(pending + piece, name=name, line=line)
        if not piece:
            return
        line += text.count("\n")
        yield text.removeprefix("\ufeff") if is_first else text
        is_first = False


def decoded(raw: bytes, *, name: str, line: int, encodings: tuple[str, ...] = ("utf-8",)) -> str:
    """Return bytes as text; `line` is the line on which they begin, for the refusal."""
    wrong = 0
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = error.start
    raise InputRefused(
        f"Bestand {name}, regel {line + raw.count(10, 0, wrong)}, bevat tekens die geen "
        f"{encodings[-1].upper()} zijn: sla het bestand op als {encodings[-1].upper()} "
        "en lees het opnieuw in."
    )


def check_no_nul(raw: bytes, *, name: str, line: int) -> None:
    """Raise InputRefused for a NUL, as UTF-16 is full of; `line` is where the bytes begin."""
    at = raw.find(0)
    if at >= 0:
        raise InputRefused(
            f"Bestand {name}, regel {line + raw.count(10, 0, at)}, bevat NUL-tekens: "
            "sla het bestand op als gewone tekst (UTF-8) en lees het opnieuw in."
        )
