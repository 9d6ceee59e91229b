"""A drawn child and its household, told the way a registration tells it."""

from dataclasses import dataclass
from datetime import date

from app.kernel.words import (
    CareForm,
    Gender,
    OtherChildrenWish,
    SiblingWish,
    Urgency,
    VisitPlace,
)
from app.simulation.areas import Address


@dataclass(frozen=True, slots=True)
class LegalFrame:
    """Who refers, under what measure, and when a court ordered it."""

    referrer: str
    measure: str
    ordered_on: date | None


@dataclass(frozen=True, slots=True)
class Request:
    """What care is asked for, how soon, and where the children are until then."""

    care_form: CareForm
    urgency: Urgency
    stays_now: str
    leave_by: date | None
    registered_on: date
    needed_from: date
    expected_months: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Visits of the parents, and areas (four digits, radius in km) that are closed."""

    visits_per_month: int
    visit_place: VisitPlace
    is_secret: bool
    excluded: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Background:
    """Language, faith and what is known of the people around the children."""

    languages: tuple[str, ...]
    faith_wish: str | None
    is_network_sought: bool
    mentor: str | None
    big5: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Siblings:
    """A group of brothers and sisters and what is wished for it."""

    code: str
    wish: SiblingWish


@dataclass(frozen=True, slots=True)
class Household:
    """What children of one home share; siblings is None for a child alone.

    network_family is the provider's number of a family that is there for this child only.
    """

    address: Address
    legal: LegalFrame
    request: Request
    contact: Contact
    background: Background
    siblings: Siblings | None
    network_family: str | None


@dataclass(frozen=True, slots=True)
class School:
    """Where the child goes to school, and whether it should stay there."""

    postcode: str
    should_stay: bool


@dataclass(frozen=True, slots=True)
class History:
    """Earlier placements, how many of them broke down, and care in a group."""

    placements: int
    breakdowns: int
    was_residential: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Severity 0..3 in the order of PROBLEMS, SDQ total (None under two years), and the home."""

    severity: tuple[int, ...]
    sdq_total: int | None
    allergies: tuple[str, ...]
    smoke_free: bool
    wheelchair: bool


@dataclass(frozen=True, slots=True)
class Child:
    """One waiting child; bsn is None when the range of test numbers has run out."""

    number: str
    bsn: str | None
    first_name: str
    born_on: date
    gender: Gender
    household: Household
    school: School | None
    needs: Needs
    history: History
    other_children: OtherChildrenWish
    voice: str
