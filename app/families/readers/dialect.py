"""A dialect: for every field of the canonical family, where it stands and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from app.families.canonical import FamilyRecord
from app.families.readers.fields import Cells, Field
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One field reader for each field of FamilyRecord, by the same name."""

    reference: Field[str]
    name: Field[str]
    kind: Field[FamilyKind]
    status: Field[FamilyStatus]
    postcode: Field[str]
    place_name: Field[str]
    carers_born: Field[tuple[int, ...]]
    own_children_born: Field[tuple[int, ...]]
    foster_children_born: Field[tuple[int, ...]]
    forms: Field[tuple[CareForm, ...]]
    places_total: Field[int]
    places_free: Field[int]
    available_from: Field[date | None]
    available_until: Field[date | None]
    min_age: Field[int]
    max_age: Field[int]
    gender_preference: Field[GenderPreference]
    max_siblings: Field[int]
    willingness: Field[Mapping[Problem, Willingness]]
    experience_years: Field[float]
    trainings: Field[tuple[str, ...]]
    cooperation: Field[int | None]
    pets: Field[tuple[str, ...]]
    smokes: Field[bool]
    wheelchair: Field[bool]
    languages: Field[tuple[str, ...]]
    faith: Field[str | None]
    clearance_until: Field[date | None]
    prepared: Field[bool]
    respite: Field[bool]
    network_for: Field[str | None]
    updated_at: Field[datetime]

    def columns(self) -> tuple[str, ...]:
        """Return every column that the dialect reads, once, in the order of the fields."""
        readers = [getattr(self, field.name) for field in fields(self)]
        return tuple(dict.fromkeys(name for reader in readers for name in reader.names))

    def column_of(self, field: str) -> str:
        """Return how the file names a field of the family, for messages."""
        reader: Field[object] = getattr(self, field)
        return reader.names[0]

    def read(self, cells: Cells) -> FamilyRecord:
        """Return the family in the cells of one row.

        Raises FieldWrong for the first wrong field in the order of FamilyRecord.
        """
        values: dict[str, Any] = {
            field.name: getattr(self, field.name).read(cells) for field in fields(self)
        }
        return FamilyRecord(**values)
