"""Bounding what stands between two marks of a file, before a parser sees it.

A parser of XML begins again at an unfinished tag with every piece that it is fed, so one endless
tag (or comment) costs time that is quadratic in its length.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from app.kernel.errors import InputRefused
from app.kernel.files import MAX_LINE_BYTES, check_no_nul

MAX_RUN_BYTES = MAX_LINE_BYTES


@dataclass(frozen=True, slots=True)
class Marks:
    """What an ordinary file of one kind holds every few bytes.

    sign: the mark; name: what it is called in Dutch, in plural. spans: closing by opening of what
    is one whole although signs may stand in it, such as a comment. forbidden: what may stand
    nowhere else than inside a span, with the clause of its refusal.
    """

    sign: bytes
    name: str
    spans: Mapping[bytes, bytes] = field(default_factory=dict)
    forbidden: tuple[bytes, str] | None = None

    def openings(self) -> re.Pattern[bytes] | None:
        """Return a pattern of what needs a closer look than a sign does, or None."""
        found = [*self.spans, *([self.forbidden[0]] if self.forbidden else [])]
        return re.compile(b"|".join(re.escape(opening) for opening in found)) if found else None

    def is_forbidden(self, buffer: bytes, at: int = 0) -> bool:
        """Return whether something forbidden begins here."""
        return self.forbidden is not None and buffer.startswith(self.forbidden[0], at)


def check_runs(stream: BinaryIO, marks: Marks, *, name: str) -> None:
    """Raise InputRefused, naming the line, when over 1 MiB stands between two marks, or a NUL.

    Linear in the file and flat in memory (two pieces of 1 MiB); leaves the stream at its begin.
    """
    buffer, line, openings = b"", 1, marks.openings()
    while piece := stream.read(MAX_RUN_BYTES):
        buffer += piece
        check_no_nul(buffer, name=name, line=line)
        at = _last_run(buffer, marks, openings)
        line += buffer.count(b"\n", 0, at)
        buffer = buffer[at:]
        _check_run(buffer, marks, where=(name, line))
    stream.seek(0)


def _check_run(run: bytes, marks: Marks, *, where: tuple[str, int]) -> None:
    name, line = where
    if marks.forbidden and marks.is_forbidden(run):
        raise InputRefused(f"Bestand {name} {marks.forbidden[1]}.")
    if len(run) > MAX_RUN_BYTES + 1:
        raise InputRefused(
            f"Bestand {name}, regel {line}, heeft meer dan 1 MB tussen twee {marks.name}: "
            "dit is geen gewone export, exporteer het bestand opnieuw."
        )


def _last_run(buffer: bytes, marks: Marks, openings: re.Pattern[bytes] | None) -> int:
    """Return where the last run begins that a chain of runs within bounds leads to."""
    at = 0
    while (following := _next_run(buffer, at, marks, openings)) > at:
        at = following
    return at


def _next_run(buffer: bytes, at: int, marks: Marks, openings: re.Pattern[bytes] | None) -> int:
    """Return where a later run begins, jumping as far as the bound allows; -1 when none does."""
    end = at + MAX_RUN_BYTES + 2
    if marks.is_forbidden(buffer, at):
        return -1
    for opening, closing in marks.spans.items():
        if buffer.startswith(opening, at):
            found = buffer.find(closing, at + len(opening), end)
            return -1 if found < 0 else found + len(closing)
    special = openings.search(buffer, at + 1, end) if openings else None
    return special.start() if special else buffer.rfind(marks.sign, at + 1, end)
