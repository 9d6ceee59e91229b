"""A drawn foster family, told the way a provider tells it; years are birth years."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Willingness,
)
from app.simulation.areas import Address


class Provider(StrEnum):
    """The five providers, by the name that their files carry."""

    SPIRIT = "spirit"
    YOUKE = "youke"
    WSP = "wsp"
    LEGER_DES_HEILS = "leger-des-heils"
    VITREE = "vitree"


@dataclass(frozen=True, slots=True)
class Residents:
    """Birth years of who lives in the home."""

    carers: tuple[int, ...]
    own_children: tuple[int, ...]
    foster_children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a family offers; a text as available_from is a planted mistake, written as it is."""

    forms: tuple[CareForm, ...]
    places_total: int
    places_free: int
    available_from: date | str
    available_until: date | None
    min_age: int
    max_age: int
    gender_preference: GenderPreference
    max_siblings: int
    respite: bool


@dataclass(frozen=True, slots=True)
class Skills:
    """What the carers can do; cooperation with parents runs from 1 (hard) to 5 (easy)."""

    experience_years: int
    trainings: tuple[str, ...]
    cooperation: int


@dataclass(frozen=True, slots=True)
class Living:
    """How the family lives."""

    pets: tuple[str, ...]
    smokes: bool
    wheelchair: bool
    languages: tuple[str, ...]
    faith: str


@dataclass(frozen=True, slots=True)
class Papers:
    """Clearance and preparation."""

    clearance_until: date
    prepared: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A foster family; willingness has the order of PROBLEMS, updated_at is Amsterdam time."""

    provider: Provider
    reference: str
    name: str
    kind: FamilyKind
    status: FamilyStatus
    address: Address
    residents: Residents
    offer: Offer
    willingness: tuple[Willingness, ...]
    skills: Skills
    living: Living
    papers: Papers
    network_for: str | None
    updated_at: datetime
