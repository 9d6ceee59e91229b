"""How a dialect says where a field of the family stands: one column, several, or marks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app.kernel.reading import Unreadable

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Cells = Mapping[str, object]


class FieldWrong(Exception):
    """A field that cannot be read: its name in the file, a Dutch clause, its row if elsewhere."""

    def __init__(self, field: str, clause: str, row: int | None = None) -> None:
        super().__init__(f"'{field}' {clause}")
        self.field = field
        self.clause = clause
        self.row = row


class Field(Protocol[T_co]):
    """Something that reads one field of the family from the cells of its row."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns it reads; the first names the field in messages."""
        ...

    def read(self, cells: Cells) -> T_co:
        """Return the value; raises FieldWrong."""
        ...


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A field that stands in one column."""

    name: str
    parse: Callable[[object], T]

    @property
    def names(self) -> tuple[str, ...]:
        """Return its one column."""
        return (self.name,)

    def read(self, cells: Cells) -> T:
        """Return the parsed cell; raises FieldWrong."""
        try:
            return self.parse(cells.get(self.name))
        except Unreadable as error:
            raise FieldWrong(self.name, str(error)) from error


@dataclass(frozen=True, slots=True)
class Joined(Generic[T]):
    """A list that is spread over several columns, in their order."""

    columns: tuple[Field[tuple[T, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return all its columns."""
        return tuple(name for column in self.columns for name in column.names)

    def read(self, cells: Cells) -> tuple[T, ...]:
        """Return the lists one after the other; raises FieldWrong."""
        return tuple(item for column in self.columns for item in column.read(cells))


@dataclass(frozen=True, slots=True)
class Marked(Generic[T]):
    """A list of what is marked with an x, a column for each possible word."""

    marks: Mapping[str, T]

    @property
    def names(self) -> tuple[str, ...]:
        """Return all its columns."""
        return tuple(self.marks)

    def read(self, cells: Cells) -> tuple[T, ...]:
        """Return the words with a mark; raises FieldWrong."""
        return tuple(word for name, word in self.marks.items() if _is_marked(name, cells))


@dataclass(frozen=True, slots=True)
class Tidied(Generic[T]):
    """A list without order: sorted by `key`, and each word once unless `repeats` is kept."""

    field: Field[tuple[T, ...]]
    key: Callable[[T], int | str]
    keeps_repeats: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns of the list."""
        return self.field.names

    def read(self, cells: Cells) -> tuple[T, ...]:
        """Return the list in its fixed order; raises FieldWrong."""
        found = self.field.read(cells)
        return tuple(sorted(found if self.keeps_repeats else set(found), key=self.key))


def _is_marked(name: str, cells: Cells) -> bool:
    cell = cells.get(name)
    sign = "" if cell is None else str(cell).strip().lower()
    if sign not in {"", "x"}:
        raise FieldWrong(name, "is geen kruisje; vul x in of laat het leeg")
    return sign == "x"
