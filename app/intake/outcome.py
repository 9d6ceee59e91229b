"""What came of one line: a registration or a refusal; and what of a number that repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.intake.canonical import ReadRegistration
from app.intake.lines import NUMBER, RawLine
from app.intake.schemas import RegistrationIn
from app.kernel.refusal import Notice, Refusal
from app.kernel.repeats import by_number, other_rows

_LINES = ("regel", "regels")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line with its registration, or with the (field, clause) for which it is refused."""

    line: RawLine
    record: RegistrationIn | None = None
    fault: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a file, sorted into kept, refused and passed over; refused with refusals."""

    kept: list[ReadRegistration] = field(default_factory=list)
    refused: list[RawLine] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def sort_outcomes(outcomes: Iterable[Outcome], *, file: str) -> Sorted:
    """Return the lines sorted, in a way that does not depend on their order.

    Lines with one number that all read the same are one registration, with a notice for each
    repetition; otherwise nobody can tell which line counts, so all are refused.
    """
    found = Sorted()
    for lines in by_number(outcomes, lambda outcome: outcome.line.number):
        first, *repeats = lines
        if first.record is None or any(line.record != first.record for line in repeats):
            found.refused.extend(outcome.line for outcome in lines)
            found.refusals.extend(_refusals(lines, file=file))
        else:
            found.kept.append(ReadRegistration(first.line.row, first.record))
            found.notices.extend(_repeated(line.line, first.line, file=file) for line in repeats)
    return found


def _repeated(repeat: RawLine, first: RawLine, *, file: str) -> Notice:
    message = (
        f"Aanmelding {first.number} staat ook op regel {first.row}, met dezelfde gegevens; "
        "deze regel is overgeslagen."
    )
    return Notice(file, repeat.row, NUMBER, message)


def _refusals(outcomes: list[Outcome], *, file: str) -> Iterator[Refusal]:
    places = [outcome.line.row for outcome in outcomes]
    for outcome in outcomes:
        row, number = outcome.line.row, outcome.line.number
        who = f"Aanmelding {number}" if number else f"De aanmelding op regel {row}"
        others = other_rows(row, places, words=_LINES) if len(places) > 1 else ""
        message = f"{who} is geweigerd: {_why(outcome.fault, others)}."
        yield Refusal(file, row, outcome.fault[0] or NUMBER, message, number)


def _why(fault: tuple[str, str], others: str) -> str:
    field, clause = fault
    wrong = clause if field == "regel" else f"{field} {clause}"
    if not others:
        return wrong
    shared = f"{NUMBER} staat ook op {others}"
    to_do = "geef elke aanmelding één regel met een eigen nummer"
    return f"{wrong}, en {shared}; {to_do}" if field else f"{shared}, met andere gegevens; {to_do}"
