"""Reads a file with registrations: one JSON object a line."""

from collections.abc import Iterable
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
from app.intake.lines import RawLine, raw_lines
from app.intake.outcome import Outcome, sort_outcomes
from app.intake.schemas import RegistrationIn
from app.kernel.errors import InputRefused
from app.kernel.refusal import Notice


def read_registrations(path: Path, *, today: date) -> RegistrationReading:
    """Return what a file with registrations says on a day (the peildatum).

    A wrong line is refused, the others are kept. Raises InputRefused for a file that cannot be
    read or in which no line at all is a JSON object.
    """
    lines = list(raw_lines(path))
    _check_kind(lines, path.name)
    found = sort_outcomes([_read(line, today) for line in lines], file=path.name)
    on_hold = groups_with_two_wishes(found.kept)
    notices = [
        *found.notices,
        *_remarks(found.kept, today, path.name),
        *differing_wishes(found.kept, on_hold, file=path.name),
        *missing_members(found.refused, found.kept, file=path.name),
    ]
    return RegistrationReading(
        registrations=tuple(found.kept),
        refusals=tuple(sorted(found.refusals)),
        notices=tuple(sorted(notices)),
        groups_on_hold=on_hold,
        incomplete_groups=groups_that_miss_one(found.refused, found.kept),
    )


def _check_kind(lines: list[RawLine], name: str) -> None:
    if not lines:
        raise InputRefused(f"Bestand {name} bevat geen aanmeldingen: exporteer het opnieuw.")
    if all(line.content is None for line in lines):
        raise InputRefused(
            f"Bestand {name} bevat geen aanmeldingen met één JSON-object per regel "
            f"(regel {lines[0].row} {lines[0].clause}): kies het goede bestand; "
            "een export van een aanbieder leest u met `pleegzorg sync`."
        )


def _read(line: RawLine, today: date) -> Outcome:
    if line.content is None:
        return Outcome(line, fault=("regel", line.clause))
    try:
        record = RegistrationIn.model_validate(line.content)
    except ValidationError as error:
        return Outcome(line, fault=first_fault(error))
    fault = fault_on(record, today)
    return Outcome(line, fault=fault) if fault else Outcome(line, record)


def _remarks(kept: Iterable[ReadRegistration], today: date, file: str) -> list[Notice]:
    single = [notice for read in kept for notice in remarks(read, today=today, file=file)]
    return [*single, *same_bsn(kept, file=file)]
