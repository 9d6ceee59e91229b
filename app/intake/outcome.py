"""What came of one line: a registration or a refusal; and which line of a number counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.intake.canonical import ReadRegistration
from app.intake.lines import NUMBER, RawLine
from app.intake.schemas import RegistrationIn
from app.kernel.refusal import Notice, Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line with its registration, or with the (field, clause) for which it is refused."""

    line: RawLine
    record: RegistrationIn | None = None
    fault: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a file, sorted into kept, refused and passed over."""

    kept: list[ReadRegistration] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def sort_outcomes(outcomes: Iterable[Outcome], *, file: str) -> Sorted:
    """Return the lines sorted; of a number that stands twice the first line counts.

    One refusal a registration: when its first line is refused already, a later one is a notice.
    An exact repetition is a notice too.
    """
    found, first = Sorted(), dict[str, Outcome]()
    for outcome in outcomes:
        number = outcome.line.number
        earlier = first.setdefault(number, outcome) if number else outcome
        if earlier is not outcome:
            _repeat(outcome, earlier, file=file, into=found)
        elif outcome.record is None:
            found.refusals.append(_refusal(outcome, file))
        else:
            found.kept.append(ReadRegistration(outcome.line.row, outcome.record))
    return found


def _repeat(outcome: Outcome, earlier: Outcome, *, file: str, into: Sorted) -> None:
    row, number = outcome.line.row, outcome.line.number
    said = f"Aanmelding {number} staat ook op regel {earlier.line.row}"
    if earlier.record is None:
        message = f"{said}, en is daar geweigerd; ook deze regel is niet gelezen."
    elif outcome.record == earlier.record:
        message = f"{said}, met dezelfde gegevens; deze regel is overgeslagen."
    else:
        message = (
            f"{said}, met andere gegevens: regel {earlier.line.row} is gebruikt en deze is "
            "geweigerd; geef elke aanmelding één regel met een eigen nummer."
        )
        into.refusals.append(Refusal(file, row, NUMBER, message, number))
        return
    into.notices.append(Notice(file, row, NUMBER, message))


def _refusal(outcome: Outcome, file: str) -> Refusal:
    field, clause = outcome.fault
    number = outcome.line.number
    who = f"Aanmelding {number}" if number else f"De aanmelding op regel {outcome.line.row}"
    said = clause if field == "regel" else f"{field} {clause}"
    return Refusal(file, outcome.line.row, field, f"{who} is geweigerd: {said}.", number)
