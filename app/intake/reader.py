"""Reads a file with registrations: one JSON object a line.

It is read twice, so that it can be larger than the memory (ADR 0011): first every line, of which
little is kept in mind, to judge the file as a whole; then the lines that are kept, by number.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from app.http.sentences import first_fault
from app.intake.canonical import ReadRegistration, RegistrationReading
from app.intake.checks import fault_on, remarks, same_bsn
from app.intake.group_checks import (
    differing_wishes,
    groups_that_miss_one,
    groups_with_two_wishes,
    missing_members,
)
from app.intake.lines import RawLine, lines_at, raw_lines
from app.intake.outcome import Outcome, refused, sort_outcomes, taken
from app.intake.schemas import RegistrationIn
from app.kernel.errors import InputRefused
from app.kernel.refusal import Notice, Refusal


@dataclass(slots=True)
class RegistrationStream:
    """What a file with registrations says on a day (the peildatum), registration by registration.

    A wrong line is refused, the others are kept. The fields mean what they mean in
    RegistrationReading; notices grow while the registrations are read, and are whole at their end.
    """

    path: Path
    today: date
    refusals: list[Refusal]
    notices: list[Notice]
    groups_on_hold: frozenset[str]
    missing: frozenset[tuple[str, str]]
    _kept: list[tuple[str, int, int]] = field(repr=False)

    def numbers(self) -> set[str]:
        """Return the numbers of the registrations that are kept."""
        return {number for number, _, _ in self._kept}

    def registrations(self) -> Iterator[ReadRegistration]:
        """Yield the registrations that are kept, by number; to be called once.

        By number, not in the order of the file: of two rows for one child the same one stays.
        """
        lines = lines_at(self.path, (begin for _, begin, _ in self._kept))
        for (_, _, row), line in zip(self._kept, lines, strict=True):
            read = ReadRegistration(row, RegistrationIn.model_validate(line.content))
            self.notices.extend(remarks(read, today=self.today, file=self.path.name))
            yield read


def stream_registrations(path: Path, *, today: date) -> RegistrationStream:
    """Return what a file with registrations says on a day, to be read one by one.

    Raises InputRefused for a file that cannot be read or in which no line at all is a JSON object.
    """
    found = sort_outcomes(_outcomes(path, today), file=path.name)
    on_hold = groups_with_two_wishes(found.kept)
    return RegistrationStream(
        path=path,
        today=today,
        refusals=found.refusals,
        notices=[
            *found.notices,
            *same_bsn(found.kept, file=path.name),
            *differing_wishes(found.kept, on_hold, file=path.name),
            *missing_members(found.refused, found.kept, file=path.name),
        ],
        groups_on_hold=on_hold,
        missing=groups_that_miss_one(found.refused, found.kept),
        _kept=sorted((line.number, line.begin, line.row) for line in found.kept),
    )


def read_registrations(path: Path, *, today: date) -> RegistrationReading:
    """Return what a file with registrations says on a day, all of it at once, by number.

    Raises InputRefused as `stream_registrations` does.
    """
    stream = stream_registrations(path, today=today)
    registrations = tuple(stream.registrations())
    return RegistrationReading(
        registrations=registrations,
        refusals=tuple(sorted(stream.refusals)),
        notices=tuple(sorted(stream.notices)),
        groups_on_hold=stream.groups_on_hold,
        missing=stream.missing,
    )


def _outcomes(path: Path, today: date) -> Iterator[Outcome]:
    first, is_any_object = None, False
    for line in raw_lines(path):
        first = first or line
        is_any_object = is_any_object or line.content is not None
        yield _read(line, today)
    _check_kind(first, path.name, is_any_object=is_any_object)


def _check_kind(first: RawLine | None, name: str, *, is_any_object: bool) -> None:
    if first is None:
        raise InputRefused(f"Bestand {name} bevat geen aanmeldingen: exporteer het opnieuw.")
    if not is_any_object:
        raise InputRefused(
            f"Bestand {name} bevat geen aanmeldingen met één JSON-object per regel "
            f"(regel {first.row} {first.clause}): kies het goede bestand; "
            "een export van een aanbieder stuurt u in als pleeggezinnen van die aanbieder."
        )


def _read(line: RawLine, today: date) -> Outcome:
    if line.content is None:
        return refused(line, ("regel", line.clause))
    try:
        record = RegistrationIn.model_validate(line.content)
    except ValidationError as error:
        return refused(line, first_fault(error))
    fault = fault_on(record, today)
    return refused(line, fault) if fault else taken(line, record)
