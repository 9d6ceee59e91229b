"""The one canonical family that all five dialects are read into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.refusal import Notice, Refusal
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Rhythm,
    Willingness,
)


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One bed as its provider tells it, in the order of its beds.

    forms: for which of the family's forms it is, empty for all. available_from, available_until:
    of this bed alone. from_outside: the child who lives there came from outside the region.
    """

    rhythm: Rhythm
    is_free: bool
    forms: tuple[CareForm, ...] = ()
    available_from: date | None = None
    available_until: date | None = None
    from_outside: bool = False


@dataclass(frozen=True, slots=True)
class FamilyRecord:
    """A foster family as its provider last told it; years are birth years.

    updated_at is timezone-aware (a dialect without an offset means Amsterdam time). languages,
    trainings, pets, forms and birth years carry no meaning in their order; the readers sort them.
    places: only where the provider tells of each bed; else all of them are full time.
    faith is in lower case, `geen` where the carers say they have none, None where it is unknown.
    """

    reference: str
    name: str
    kind: FamilyKind
    status: FamilyStatus
    postcode: str
    place_name: str
    carers_born: tuple[int, ...]
    own_children_born: tuple[int, ...]
    foster_children_born: tuple[int, ...]
    forms: tuple[CareForm, ...]
    places_total: int
    places_free: int
    available_from: date | None
    available_until: date | None
    min_age: int
    max_age: int
    gender_preference: GenderPreference
    max_siblings: int
    willingness: Mapping[Problem, Willingness]
    experience_years: float
    trainings: tuple[str, ...]
    cooperation: int | None
    pets: tuple[str, ...]
    smokes: bool
    wheelchair: bool
    languages: tuple[str, ...]
    faith: str | None
    clearance_until: date | None
    prepared: bool
    respite: bool
    network_for: str | None
    updated_at: datetime
    places: tuple[ListedPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFamily:
    """A family with the row it stood in."""

    row: int
    record: FamilyRecord


@dataclass(frozen=True, slots=True)
class FamilyReading:
    """Everything that one export says.

    seen: the numbers of all families that the file names, also of refused rows, so that a wrong
    row is never taken for a missing family. snapshot_day: the peildatum, where the export has one.
    """

    families: tuple[ReadFamily, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]
    seen: frozenset[str]
    snapshot_day: date | None
