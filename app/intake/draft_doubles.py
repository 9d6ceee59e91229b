"""Drafts that may be of the same child: two people may begin to write of one, each its own.

What a draft tells of a person is sealed, so every draft that the asker may see is opened and
compared; there are as many as are being written. Nothing to search by is kept of them.
"""

import json
from uuid import UUID

from sqlalchemy import func, true
from sqlalchemy.orm import Session

from app.db.encryption import fold_name
from app.db.keyring import KeyLacking
from app.db.sealing import SealBroken, unseal
from app.intake.draft_queries import WrittenDraft, written_drafts
from app.intake.drafts import USE
from app.intake.file_queries import AREA_DIGITS, Ground, Person
from app.intake.schemas_file import DoubleOut
from app.models import Draft
from app.settings import Settings


def drafts_of(
    session: Session, person: Person, *, besides: UUID | None, settings: Settings
) -> list[DoubleOut]:
    """Return the drafts that may be of a person, the newest first; besides: its own draft."""
    area = (person.postcode or "")[:AREA_DIGITS]
    same_person = (Draft.born_on == person.born_on) & (
        func.left(Draft.postcode, AREA_DIGITS) == area
    )
    # Only a BSN that is told can be the same under another birth date or postcode.
    worth_opening = same_person if person.bsn is None else true()
    found = []
    for row in written_drafts(session, worth_opening):
        ground = _ground(row, person, settings) if row.id != besides else None
        if ground is not None:
            found.append(
                DoubleOut(
                    id=row.id,
                    number=row.number,
                    stage=row.state,
                    ground=ground,
                    registered_on=row.started_on,
                )
            )
    return found


def _ground(row: WrittenDraft, person: Person, settings: Settings) -> Ground | None:
    try:
        told = json.loads(unseal(row.sealed or b"", settings, use=USE, owner=row.id))
    except (SealBroken, KeyLacking):
        return None  # nobody else's child may wait for a draft that cannot be read
    if person.bsn is not None and told.get("bsn") == person.bsn:
        return Ground.BSN
    return Ground.PERSON if _is_same(told.get("voornaam"), row, person) else None


def _is_same(name: str | None, row: WrittenDraft, person: Person) -> bool:
    if name is None or None in {person.first_name, person.born_on, person.postcode}:
        return False
    is_named = fold_name(name) == fold_name(person.first_name or "")
    is_near = (row.postcode or "")[:AREA_DIGITS] == (person.postcode or "")[:AREA_DIGITS]
    return is_named and is_near and row.born_on == person.born_on
