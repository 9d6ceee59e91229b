"""Lists of small records inside a family: carers, housemates, answers.

They stand in the record itself (JSON, XML) or on another sheet (Excel); then each has its own row.
"""

from dataclasses import dataclass
from typing import TypeVar

from app.families.readers.fields import Cells, Column, FieldWrong
from app.families.readers.lists import own_or_foster, year

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a list, with the name of the list and its own row if it has one."""

    name: str
    cells: Cells
    row: int | None = None

    def read(self, column: Column[T]) -> T:
        """Return one of its cells; raises FieldWrong that names list, column and row."""
        try:
            return column.read(self.cells)
        except FieldWrong as error:
            raise self.wrong(error.field, error.clause) from error

    def wrong(self, column: str, clause: str) -> FieldWrong:
        """Return the refusal of one of its cells."""
        where = f"{clause} (blad {self.name}, rij {self.row})" if self.row else clause
        return FieldWrong(f"{self.name}.{column}", where, self.row)


@dataclass(frozen=True, slots=True)
class YearsIn:
    """The birth years in a list of carers."""

    name: str
    column: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of the list."""
        return (self.name,)

    def read(self, cells: Cells) -> tuple[int, ...]:
        """Return the years in the order of the list; raises FieldWrong."""
        born = Column(self.column, year)
        return tuple(entry.read(born) for entry in entries_in(self.name, cells))


@dataclass(frozen=True, slots=True)
class ChildrenIn:
    """The birth years of the own children in a list of housemates, or those of foster children."""

    name: str
    column: str
    relation: str
    is_own: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of the list."""
        return (self.name,)

    def read(self, cells: Cells) -> tuple[int, ...]:
        """Return the years in the order of the list; raises FieldWrong for any wrong housemate."""
        born, relation = Column(self.column, year), Column(self.relation, own_or_foster)
        read = [(e.read(born), e.read(relation)) for e in entries_in(self.name, cells)]
        return tuple(birth_year for birth_year, is_own in read if is_own == self.is_own)


def entries_in(name: str, cells: Cells) -> list[Entry]:
    """Return the entries of a list in a row; an absent list is refused, an empty one is not."""
    value = cells.get(name)
    if not isinstance(value, list):
        raise FieldWrong(name, "is geen lijst; maak er een lijst van, zo nodig een lege")
    return [_entry(name, item) for item in value]


def _entry(name: str, item: object) -> Entry:
    if isinstance(item, Entry):
        return item
    if not isinstance(item, dict):
        raise FieldWrong(name, "bevat iets anders dan objecten; maak van elk lid een object")
    return Entry(name, item)
