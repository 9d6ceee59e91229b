"""What came of one line, in a few words; and what of a number that repeats.

A file is judged as a whole by these: the registrations themselves are not held.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.intake.lines import NUMBER, RawLine
from app.intake.schemas import RegistrationIn
from app.kernel.reading import Unreadable, text
from app.kernel.refusal import Notice, Refusal
from app.kernel.repeats import by_number, other_rows
from app.kernel.words import SiblingWish

_LINES = ("regel", "regels")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept in mind of a line.

    begin: the byte at which it begins. digest: the same for equal registrations only, b"" for one
    that is refused, for the (field, clause) of `fault`. group: the code of its siblings, or "".
    """

    row: int
    begin: int
    number: str
    group: str
    digest: bytes = b""
    wish: SiblingWish | None = None
    bsn: str | None = field(default=None, repr=False)
    fault: tuple[str, str] = ("", "")


def taken(line: RawLine, record: RegistrationIn) -> Outcome:
    """Return the outcome of a line that reads well."""
    told = record.model_dump_json(by_alias=True).encode()
    siblings = record.siblings
    return Outcome(
        row=line.row,
        begin=line.begin,
        number=line.number,
        group=siblings.group if siblings else "",
        digest=hashlib.blake2b(told, digest_size=16).digest(),
        wish=siblings.wish if siblings else None,
        bsn=record.bsn,
    )


def refused(line: RawLine, fault: tuple[str, str]) -> Outcome:
    """Return the outcome of a line that is refused; fault: the field, and the clause."""
    return Outcome(line.row, line.begin, line.number, _named_group(line), fault=fault)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a file, sorted into kept, refused and passed over; refused with refusals."""

    kept: list[Outcome] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def sort_outcomes(outcomes: Iterable[Outcome], *, file: str) -> Sorted:
    """Return the lines sorted, in a way that does not depend on their order.

    Lines with one number that all read the same are one registration, with a notice for each
    repetition; otherwise nobody can tell which line counts, so all are refused.
    """
    found = Sorted()
    for lines in by_number(outcomes, lambda outcome: outcome.number):
        first, *repeats = lines
        if not first.digest or any(line.digest != first.digest for line in repeats):
            found.refused.extend(lines)
            found.refusals.extend(_refusals(lines, file=file))
        else:
            found.kept.append(first)
            found.notices.extend(_repeated(line, first, file=file) for line in repeats)
    return found


def _repeated(repeat: Outcome, first: Outcome, *, file: str) -> Notice:
    message = (
        f"Aanmelding {first.number} staat ook op regel {first.row}, met dezelfde gegevens; "
        "deze regel is overgeslagen."
    )
    return Notice(file, repeat.row, NUMBER, message, first.number)


def _refusals(outcomes: list[Outcome], *, file: str) -> Iterator[Refusal]:
    places = [outcome.row for outcome in outcomes]
    for outcome in outcomes:
        row, number = outcome.row, outcome.number
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


def _named_group(line: RawLine) -> str:
    siblings = (line.content or {}).get("broersZussen")
    group = siblings.get("groep") if isinstance(siblings, dict) else None
    try:
        return text(group) if isinstance(group, str) else ""
    except Unreadable:
        return ""
