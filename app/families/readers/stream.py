"""From the rows of one export to families, refusals and notices: the same for every dialect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.families.canonical import FamilyReading, ReadFamily
from app.families.readers.checks import check_family, settle
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Cells, FieldWrong
from app.families.readers.outcome import Outcome, sort_outcomes
from app.kernel.refusal import Notice


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before it is read: its number, its cells, and what is wrong with the row itself."""

    row: int
    cells: Cells
    fault: FieldWrong | None = None


def build_reading(
    dialect: Dialect, rows: Iterable[RawRow], *, file: str, snapshot_day: date | None = None
) -> FamilyReading:
    """Return what an export says; a wrong row is refused, the others are kept.

    An export without families is possible in a small region; it gets a notice, and the import
    holds it when families are known already.
    """
    raw_rows = list(rows)
    read = [_read(raw, dialect) for raw in raw_rows]
    last_year = _last_year(read, snapshot_day)
    outcomes = [_check(outcome, dialect, last_year) for outcome in read]
    found = sort_outcomes(outcomes, field=dialect.column_of("reference"), file=file)
    settled = [_settle(outcome, dialect, file) for outcome in found.kept]
    remarks = [notice for _, notices in settled for notice in notices]
    return FamilyReading(
        families=tuple(family for family, _ in settled),
        refusals=tuple(sorted(found.refusals)),
        notices=tuple(sorted([*found.notices, *remarks, *_about(raw_rows, dialect, file)])),
        seen=frozenset(outcome.reference for outcome in outcomes if outcome.reference),
        snapshot_day=snapshot_day,
    )


def _read(raw: RawRow, dialect: Dialect) -> Outcome:
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


def _last_year(outcomes: Iterable[Outcome], snapshot_day: date | None) -> int | None:
    """Return the year in which the export was made: that of its last change, or its own day."""
    years = {outcome.record.updated_at.year for outcome in outcomes if outcome.record}
    return max(years | ({snapshot_day.year} if snapshot_day else set()), default=None)


def _check(outcome: Outcome, dialect: Dialect, last_year: int | None) -> Outcome:
    if outcome.record is None or last_year is None:
        return outcome
    try:
        check_family(outcome.record, dialect, last_year=last_year)
    except FieldWrong as error:
        return replace(outcome, record=None, wrong=error)
    return outcome


def _settle(outcome: Outcome, dialect: Dialect, file: str) -> tuple[ReadFamily, list[Notice]]:
    if outcome.record is None:
        raise ValueError("a kept row has a record")
    record, remarks = settle(outcome.record, dialect)
    return ReadFamily(outcome.row, record), [
        Notice(file, outcome.row, column, f"Gezin {outcome.reference}: '{column}' {remark}.")
        for column, remark in remarks
    ]


def _about(rows: list[RawRow], dialect: Dialect, file: str) -> Iterator[Notice]:
    """Yield a notice for an empty export, and for each unknown column, at its first row."""
    if not rows:
        yield Notice(file, 0, "", f"Bestand {file} bevat geen gezinnen: ga na of dat klopt.")
    told = set(dialect.columns())
    for raw in rows:
        for name in raw.cells:
            if name not in told:
                told.add(name)
                shown = name[:60] if name.isprintable() else "(onleesbaar)"
                message = f"Kolom '{shown}' is niet bekend en is niet gelezen."
                yield Notice(file, raw.row, shown, message)
