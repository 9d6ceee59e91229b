"""From the rows of one export to families, refusals and notices: the same for every dialect.

An export is read twice, so that it can be larger than the memory: first for what must be known of
all its rows (numbers that repeat, the year in which it was made), then for the families (ADR 0011).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from app.families.canonical import FamilyReading, ReadFamily
from app.families.readers.checks import check_family, settle
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Cells, FieldWrong
from app.families.readers.outcome import Outcome, refusal_of, repeat_notice
from app.families.readers.sightings import Sightings
from app.kernel.refusal import Notice, Refusal


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before it is read: its number, its cells, and what is wrong with the row itself."""

    row: int
    cells: Cells
    fault: FieldWrong | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file in a dialect; open_rows reads it from the begin, as often as it is called."""

    dialect: Dialect
    file: str
    open_rows: Callable[[], Iterable[RawRow]]
    snapshot_day: date | None = None

    @property
    def number_column(self) -> str:
        """Return how the file names the number of a family."""
        return self.dialect.column_of("reference")


def no_more(_: "FamilyStream") -> Iterable[Notice]:
    """Return no notices."""
    return ()


@dataclass(slots=True)
class FamilyStream:
    """What one export says, family by family.

    Made by a first look at every row; InputRefused when the file as a whole cannot be read. A wrong
    row is refused, the others are kept. refusals and notices grow while `families` is read, and are
    whole at its end; at_end: what else is to be noticed then.
    """

    source: Source
    at_end: Callable[["FamilyStream"], Iterable[Notice]] = no_more
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _seen: Sightings = field(default_factory=Sightings)
    _refused: set[str] = field(default_factory=set)
    _columns: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for raw in self.source.open_rows():
            self._seen.note(self._read(raw))
        self._columns.update(self.source.dialect.columns())

    @property
    def snapshot_day(self) -> date | None:
        """Return the peildatum, where the export has one."""
        return self.source.snapshot_day

    @property
    def seen(self) -> Collection[str]:
        """Return every number that the file names, also of refused rows."""
        return self._seen.numbers

    def is_kept(self, number: str) -> bool:
        """Return whether a family was kept; only known at the end."""
        return number in self._seen.numbers and number not in self._refused

    def families(self) -> Iterator[ReadFamily]:
        """Yield the families that are kept, in the order of the file; to be called once.

        An export without families is possible in a small region; it gets a notice, and the import
        holds it when families are known already.
        """
        for raw in self.source.open_rows():
            self._tell_unknown(raw)
            outcome = self._check(self._read(raw))
            if (record := self._sorted(outcome)) is not None:
                yield record
        if self._seen.is_empty:
            file = self.source.file
            message = f"Bestand {file} bevat geen gezinnen: ga na of dat klopt."
            self.notices.append(Notice(file, 0, "", message))
        self.notices.extend(self.at_end(self))

    def _read(self, raw: RawRow) -> Outcome:
        dialect = self.source.dialect
        try:
            reference = dialect.reference.read(raw.cells)
        except FieldWrong as error:
            return Outcome(raw.row, "", wrong=raw.fault or error)
        if raw.fault:
            return Outcome(raw.row, reference, wrong=raw.fault)
        try:
            return Outcome(raw.row, reference, dialect.read(raw.cells))
        except FieldWrong as error:
            return Outcome(raw.row, reference, wrong=error)

    def _check(self, outcome: Outcome) -> Outcome:
        if outcome.record is None:
            return outcome
        day = self.source.snapshot_day
        # Made in the year of its last change, or on its own day: nobody in it was born later.
        last_year = max(self._seen.last_year or 0, day.year if day else 0)
        try:
            check_family(outcome.record, self.source.dialect, last_year=last_year)
        except FieldWrong as error:
            return replace(outcome, record=None, wrong=error)
        return outcome

    def _sorted(self, outcome: Outcome) -> ReadFamily | None:
        names = {"field": self.source.number_column, "file": self.source.file}
        rows = self._seen.rows_of(outcome)
        if outcome.record is None or self._seen.are_different(outcome.reference):
            self.refusals.append(refusal_of(outcome, rows, **names))
            self._refused.add(outcome.reference)
            return None
        if outcome.row != rows[0]:
            self.notices.append(repeat_notice(outcome, rows[0], **names))
            return None
        record, remarks = settle(outcome.record, self.source.dialect)
        for column, remark in remarks:
            message = f"Gezin {outcome.reference}: '{column}' {remark}."
            about = outcome.reference
            self.notices.append(Notice(self.source.file, outcome.row, column, message, about))
        return ReadFamily(outcome.row, record)

    def _tell_unknown(self, raw: RawRow) -> None:
        """Notice each unknown column, at its first row."""
        for name in raw.cells:
            if name not in self._columns:
                self._columns.add(name)
                shown = name[:60] if name.isprintable() else "(onleesbaar)"
                message = f"Kolom '{shown}' is niet bekend en is niet gelezen."
                self.notices.append(Notice(self.source.file, raw.row, shown, message))


def collect(stream: FamilyStream) -> FamilyReading:
    """Return all that an export says at once."""
    families = tuple(stream.families())
    return FamilyReading(
        families=families,
        refusals=tuple(sorted(stream.refusals)),
        notices=tuple(sorted(stream.notices)),
        seen=frozenset(stream.seen),
        snapshot_day=stream.snapshot_day,
    )
