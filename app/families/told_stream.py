"""Many families in one call, as the API takes one: a JSON list, or one JSON object a line.

Each is judged on its own: a wrong one is refused with its number and field, the others are kept.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from app.families.canonical import FamilyRecord
from app.families.readers import numbers
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Cells, Column, FieldWrong
from app.families.readers.json_list import json_members
from app.families.readers.stream import FamilyStream, RawRow, Source
from app.families.schemas import FamilyIn
from app.families.told import NAMES, read_told
from app.http.sentences import first_fault
from app.kernel.errors import InputRefused
from app.kernel.files import BYTE_ORDER_MARK, open_input, placed_lines
from app.kernel.json_objects import TWICE, Doubled, read_once

MOST_FAMILIES = 10_000
_NUMBER, _FAMILY = "nummer", "gezin"
_NO_OBJECT = FieldWrong(_NUMBER, "ontbreekt, want dit is geen object; zet een gezin tussen { en }")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told(Dialect):
    """What is told over the API: a number, and a family by the names of the contract."""

    def columns(self) -> tuple[str, ...]:
        """Return the two parts of a row; what a family may hold is judged with its values."""
        return (_NUMBER, _FAMILY)

    def read(self, cells: Cells) -> FamilyRecord:
        """Return the family; raises FieldWrong for the first wrong field."""
        try:
            told = FamilyIn.model_validate_json(json.dumps(cells[_FAMILY]))
        except ValidationError as error:
            raise FieldWrong(*first_fault(error)) from error
        return read_told(self.reference.read(cells), told)


_DIALECT = _Told(reference=Column(_NUMBER, numbers.number), **NAMES)


def stream_told(path: Path) -> FamilyStream:
    """Return the families in a call; raises InputRefused for the whole of it.

    That is: broken JSON in a list, or more than 10,000 families.
    """
    return FamilyStream(Source(_DIALECT, path.name, partial(_rows, path)))


def _rows(path: Path) -> Iterator[RawRow]:
    rows = _members(path) if _is_list(path) else _lines(path)
    for count, row in enumerate(rows, start=1):
        if count > MOST_FAMILIES:
            raise InputRefused(
                f"Dit zijn meer dan {MOST_FAMILIES} gezinnen in één keer: verdeel ze over meer "
                "verzoeken."
            )
        yield row


def _is_list(path: Path) -> bool:
    with open_input(path) as stream:
        return stream.read(4096).removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"[")


def _members(path: Path) -> Iterator[RawRow]:
    for rank, told in enumerate(json_members(path), start=1):
        yield _row(rank, told)


def _lines(path: Path) -> Iterator[RawRow]:
    with open_input(path) as stream:
        for number, (_, line) in enumerate(placed_lines(stream, name=path.name), start=1):
            if line.strip():
                yield _line(number, line)


def _line(number: int, line: str) -> RawRow:
    try:
        return _row(number, read_once(line))
    except (ValueError, RecursionError):
        clause = "ontbreekt, want deze regel is geen geldige JSON; herstel de regel"
        return RawRow(number, {}, FieldWrong(_NUMBER, clause))


def _row(rank: int, told: object) -> RawRow:
    if isinstance(told, Doubled):
        number = {_NUMBER: told.content.get(_NUMBER)}
        return RawRow(rank, number, FieldWrong(told.field or _FAMILY, TWICE))
    if not isinstance(told, Mapping):
        return RawRow(rank, {}, _NO_OBJECT)
    if _NUMBER not in told:
        return RawRow(rank, {}, FieldWrong(_NUMBER, "ontbreekt; geef elk gezin zijn eigen nummer"))
    family = {name: value for name, value in told.items() if name != _NUMBER}
    return RawRow(rank, {_NUMBER: told[_NUMBER], _FAMILY: family})
