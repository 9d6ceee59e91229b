"""What came of one row: a family, or what is wrong with it; and what of a number that repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.families.canonical import FamilyRecord
from app.families.readers.fields import FieldWrong
from app.kernel.refusal import Notice, Refusal
from app.kernel.repeats import by_number, other_rows

_ROWS = ("rij", "rijen")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row with its family's number ("" when unreadable) and either a record or a wrong field."""

    row: int
    reference: str
    record: FamilyRecord | None = None
    wrong: FieldWrong | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of an export, sorted into kept, refused and passed over."""

    kept: list[Outcome] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def sort_outcomes(outcomes: Iterable[Outcome], *, field: str, file: str) -> Sorted:
    """Return the rows sorted, in a way that does not depend on their order.

    Rows with one number that all read the same are one family, with a notice for each repetition;
    otherwise nobody can tell which row counts, so all are refused. field: the column of the number.
    """
    found = Sorted()
    for rows in by_number(outcomes, lambda outcome: outcome.reference):
        first, *repeats = rows
        if first.record is None or any(row.record != first.record for row in repeats):
            found.refusals.extend(_refusals(rows, field=field, file=file))
        else:
            found.kept.append(first)
            found.notices.extend(_repeated(row, first, field=field, file=file) for row in repeats)
    return found


def _repeated(repeat: Outcome, first: Outcome, *, field: str, file: str) -> Notice:
    message = (
        f"Gezin {first.reference} staat ook op rij {first.row}, met dezelfde gegevens; "
        "deze rij is overgeslagen."
    )
    return Notice(file, repeat.row, field, message)


def _refusals(rows: list[Outcome], *, field: str, file: str) -> Iterator[Refusal]:
    places = [row.row for row in rows]
    for row in rows:
        who = f"Gezin {row.reference}" if row.reference else "Dit gezin"
        others = other_rows(row.row, places, words=_ROWS) if len(places) > 1 else ""
        message = f"{who} is geweigerd: {_why(row.wrong, field, others)}."
        wrong = row.wrong or FieldWrong(field, "")
        yield Refusal(file, wrong.row or row.row, wrong.field, message, row.reference)


def _why(wrong: FieldWrong | None, field: str, others: str) -> str:
    if not others:
        return str(wrong)
    shared = f"'{field}' staat ook op {others}"
    to_do = "geef elk gezin één rij met een eigen nummer"
    return f"{wrong}, en {shared}; {to_do}" if wrong else f"{shared}, met andere gegevens; {to_do}"
