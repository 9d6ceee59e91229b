"""Reads a list in JSON member by member, with only as much of the file in sight as that takes."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.kernel.errors import InputRefused
from app.kernel.json_objects import decode_once

SIGHT = 2**16  # characters; a family is some thousands
MAX_SIGHT = 2**24
_TORN = 16  # within so many of the end of sight, a number, word or escape may be torn
_SPACE = re.compile(r"[ \t\n\r]*")


_OUT_OF_SIGHT = object()


@dataclass(slots=True)
class ListScanner:
    """A window on the text of a file: what is in sight, from which place, line and column.

    line: of the first character in sight. column: how many characters stand before it there.
    """

    name: str
    pieces: Iterator[str]
    text: str = ""
    at: int = 0
    line: int = 1
    column: int = 0
    is_last: bool = False

    def members(self) -> Iterator[object]:
        """Yield the members of the list; Doubled for one in which a field stands twice."""
        self._open()
        sign = self._skip_space()
        if sign == "]":
            self.at += 1
        while sign != "]":
            yield self._member()
            sign = self._skip_space()
            if sign not in {",", "]"}:
                raise self._broken(self.at)
            self.at += 1
        if self._skip_space():
            raise self._broken(self.at)

    def _open(self) -> None:
        if self._skip_space() == "[":
            self.at += 1
            return
        if self.is_last:
            self._member()
            if self._skip_space():
                raise self._broken(self.at)
        raise InputRefused(
            f"Bestand {self.name} bevat geen JSON-lijst van gezinnen: "
            "exporteer het opnieuw als lijst, dus met [ aan het begin en ] aan het eind."
        )

    def _member(self) -> object:
        sight = SIGHT
        while (found := self._try_member()) is _OUT_OF_SIGHT:
            sight *= 4
            if sight > MAX_SIGHT:
                raise self._too_large()
            self._look(sight)
        return found

    def _try_member(self) -> object:
        self._skip_space()
        try:
            found, end = decode_once(self.text, self.at)
        except json.JSONDecodeError as error:
            is_cut = self._may_be_torn(error.pos) or error.msg.startswith("Unterminated")
            if is_cut and not self.is_last:
                return _OUT_OF_SIGHT
            raise self._broken(error.pos) from error
        except (ValueError, RecursionError) as error:
            raise InputRefused(
                f"Bestand {self.name} bevat JSON die niet te lezen is (een onmogelijk getal of te "
                "diep genest): exporteer het opnieuw."
            ) from error
        if self._may_be_torn(end) and not self.is_last:
            return _OUT_OF_SIGHT
        self.at = end
        return found

    def _may_be_torn(self, at: int) -> bool:
        return at > len(self.text) - _TORN

    def _skip_space(self) -> str:
        """Go to the next character that is no space and return it; "" at the end."""
        while True:
            self._look(SIGHT)
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or self.is_last:
                return self.text[self.at : self.at + 1]

    def _look(self, sight: int) -> None:
        """Have so many characters in sight, unless the file ends before."""
        while not self.is_last and len(self.text) - self.at < sight:
            piece = next(self.pieces, None)
            self.is_last = piece is None
            self.line, self.column = self._place(self.at)
            self.text, self.at = self.text[self.at :] + (piece or ""), 0

    def _place(self, at: int) -> tuple[int, int]:
        """Return the line of a place in sight, and how many characters stand before it there."""
        lines = self.text.count("\n", 0, at)
        if lines:
            return self.line + lines, at - self.text.rfind("\n", 0, at) - 1
        return self.line, self.column + at

    def _broken(self, at: int) -> InputRefused:
        line, before = self._place(at)
        return InputRefused(
            f"Bestand {self.name} is geen geldige JSON op regel {line}, kolom {before + 1}: "
            "herstel het daar of exporteer het opnieuw."
        )

    def _too_large(self) -> InputRefused:
        line, before = self._place(self.at)
        return InputRefused(
            f"Bestand {self.name} heeft op regel {line}, kolom {before + 1}, een gezin van meer "
            "dan 16 MB: dit is geen gewone export, exporteer het bestand opnieuw."
        )
