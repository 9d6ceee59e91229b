"""What came of one row: a family, or what is wrong with it; and which row of a number counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.families.canonical import FamilyRecord
from app.families.readers.fields import FieldWrong
from app.kernel.refusal import Notice, Refusal


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
    """Return the rows sorted; of a number that stands twice the first row counts.

    One refusal a family: when its first row is refused already, a later one is a notice. An exact
    repetition is a notice too. field: the column of the number.
    """
    found, first = Sorted(), dict[str, Outcome]()
    for outcome in outcomes:
        earlier = first.setdefault(outcome.reference, outcome) if outcome.reference else outcome
        if earlier is not outcome:
            _repeat(outcome, earlier, column=(file, field), into=found)
        elif outcome.wrong:
            found.refusals.append(_refusal(outcome, outcome.wrong, file))
        else:
            found.kept.append(outcome)
    return found


def _repeat(outcome: Outcome, earlier: Outcome, *, column: tuple[str, str], into: Sorted) -> None:
    file, field = column
    said = f"Gezin {outcome.reference} staat ook op rij {earlier.row}"
    if earlier.record is None:
        message = f"{said}, en is daar geweigerd; ook deze rij is niet gelezen."
    elif outcome.record == earlier.record:
        message = f"{said}, met dezelfde gegevens; deze rij is overgeslagen."
    else:
        message = (
            f"{said}, met andere gegevens: rij {earlier.row} is gebruikt en deze rij is geweigerd; "
            "geef elk gezin één rij met een eigen nummer."
        )
        into.refusals.append(Refusal(file, outcome.row, field, message, outcome.reference))
        return
    into.notices.append(Notice(file, outcome.row, field, message))


def _refusal(outcome: Outcome, wrong: FieldWrong, file: str) -> Refusal:
    who = f"Gezin {outcome.reference}" if outcome.reference else "Dit gezin"
    message = f"{who} is geweigerd: {wrong}."
    row = wrong.row or outcome.row
    return Refusal(file, row, wrong.field, message, outcome.reference)
