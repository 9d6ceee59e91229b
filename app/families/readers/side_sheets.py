"""Sheets whose rows belong to a family on the main sheet, by its number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.families.canonical import FamilyReading
from app.families.readers.entries import Entry
from app.families.readers.workbook import SheetRow
from app.kernel.reading import number_or_nothing
from app.kernel.refusal import Notice


@dataclass(frozen=True, slots=True)
class SideSheet:
    """A sheet by the number of the family in its column `number`; "" is a row without one."""

    name: str
    number: str
    by_family: Mapping[str, list[Entry]]


def side_sheet(name: str, number: str, rows: Iterable[SheetRow]) -> SideSheet:
    """Return a sheet with the rows of each family together, in their order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        found[family_number(row, number)].append(Entry(name, row.cells, row.row))
    return SideSheet(name, number, found)


def family_number(row: SheetRow, column: str) -> str:
    """Return the number of the family in a row, or "" when it holds none."""
    return number_or_nothing(row.cells.get(column))


def cells_beside(family: SheetRow, sides: Iterable[SideSheet]) -> dict[str, object]:
    """Return, by name of the sheet, the rows that belong to one family."""
    return {
        side.name: list(side.by_family.get(family_number(family, side.number), ()))
        for side in sides
    }


def with_loose_rows(
    reading: FamilyReading, sides: Iterable[SideSheet], *, file: str
) -> FamilyReading:
    """Return a reading with a notice for the rows whose family was refused or is unknown."""
    kept = {family.record.reference for family in reading.families}
    loose = [
        _notice(side, number, seen=reading.seen, file=file)
        for side in sides
        for number in side.by_family
        if number not in kept
    ]
    return replace(reading, notices=tuple(sorted([*reading.notices, *loose])))


def _notice(side: SideSheet, number: str, *, seen: frozenset[str], file: str) -> Notice:
    rows = [entry.row or 0 for entry in side.by_family[number]]
    listed = f"{len(rows)} rij(en), de eerste op rij {rows[0]},"
    if not number:
        why = "zonder geldig gezinsnummer: vul het nummer in"
    elif number in seen:
        why = f"van gezin {number}, dat is geweigerd: herstel eerst dat gezin"
    else:
        why = f"van gezin {number}, dat niet op het eerste blad staat: voeg het daar toe"
    message = f"Blad {side.name} heeft {listed} {why}; die rijen zijn niet gebruikt."
    return Notice(file, rows[0], f"{side.name}.{side.number}", message)
