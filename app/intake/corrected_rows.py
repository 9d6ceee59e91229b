"""A file does not undo a correction of a disputed fact: the field stays, and a person is told.

A file is made elsewhere, and repeats what was said before the correction. What somebody disputed is
changed by a person, with a reason (`POST …/correcties`).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.db.sealing import unseal
from app.intake.as_told import tell_again
from app.intake.canonical import ReadRegistration
from app.intake.checks import fault_on
from app.intake.correction_queries import corrections_among
from app.intake.corrections import USE
from app.intake.of_others import Person
from app.intake.queries import find_registration
from app.intake.schemas import RegistrationIn
from app.intake.secrecy import FIELD
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.refusal import Notice
from app.kernel.words import Gender
from app.settings import Settings

Persons = tuple[Collection[str], Collection[date], Collection[Gender]]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What people made of a registration by corrections.

    told: all of it as it stands, by Dutch name. days: when each field was last corrected. was: what
    stood in a field before.
    """

    told: dict[str, Any]
    days: dict[str, date] = field(default_factory=dict)
    was: dict[str, list[Any]] = field(default_factory=dict)


def corrected_among(
    session: Session, ids: Collection[UUID], settings: Settings
) -> dict[UUID, Corrected]:
    """Return what was corrected of those registrations of which something was."""
    found: dict[UUID, Corrected] = {}
    for row in corrections_among(session, ids):
        if row.registration_id not in found:
            stored = find_registration(session, row.registration_id)
            if stored is None:
                continue
            found[row.registration_id] = Corrected(tell_again(stored))
        was = json.loads(unseal(row.sealed, settings, use=USE, owner=row.registration_id))
        one = found[row.registration_id]
        one.days[row.field] = row.at.astimezone(AMSTERDAM).date()
        one.was.setdefault(row.field, []).append(was)
    return found


def persons_told(person: Person, corrected: Corrected | None) -> Persons:
    """Return by what a child is told from another, now and before it was corrected."""
    was = corrected.was if corrected else {}
    return (
        {person[0], *(str(name).casefold() for name in was.get("voornaam", ()))},
        {person[1], *map(date.fromisoformat, was.get("geboortedatum", ()))},
        {person[2], *map(Gender, was.get("geslacht", ()))},
    )


def keep_corrected(
    read: ReadRegistration, corrected: Corrected, file: str
) -> tuple[RegistrationIn | None, list[Notice]]:
    """Return a row with its corrected fields as they stand, and a notice for each that it changes.

    None for the row where what it says besides does not go together with them. A placement that was
    opened by a correction is made secret again all the same: hiding too much hurts nobody.
    """
    kept, notices = read.record, []
    for name in sorted(corrected.days):
        if name == FIELD and read.record.secret_placement:
            if not corrected.told[FIELD]:
                notices.append(_notice(read, name, _HIDDEN_AGAIN, corrected.days[name], file))
            continue
        try:
            after = RegistrationIn.model_validate(_put_back(kept, corrected.told, name))
        except ValidationError:
            return None, []
        if after != kept:
            notices.append(_notice(read, name, _STAYS, corrected.days[name], file))
            kept = after
    if kept != read.record and fault_on(kept, today_in_amsterdam()) is not None:
        return None, []
    return kept, notices


_STAYS = "gecorrigeerd op {day} en blijft zoals het staat; wijzig dit met een correctie."
_HIDDEN_AGAIN = (
    "de plaatsing was niet meer geheim sinds een correctie op {day}, en is het door dit bestand "
    "weer; klopt dat niet, hef dat dan op met een correctie."
)


def _notice(  # noqa: PLR0917
    read: ReadRegistration, name: str, sentence: str, day: date, file: str
) -> Notice:
    number = read.record.number
    message = f"Aanmelding {number}: {sentence.format(day=f'{day:%d-%m-%Y}')}"
    return Notice(file, read.row, name, message, number)


def _put_back(record: RegistrationIn, told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what a row says, with one field as it stands; a part that is not there is whole."""
    row = record.model_dump(mode="json", by_alias=True)
    outer, _, inner = name.partition(".")
    theirs, ours = row.get(outer), told.get(outer)
    if inner and isinstance(theirs, dict) and isinstance(ours, dict):
        _put(theirs, ours, inner)
    else:
        _put(row, told, outer)
    return row


def _put(row: dict[str, Any], told: Mapping[str, Any], name: str) -> None:
    if name in told:
        row[name] = told[name]
    else:
        row.pop(name, None)
