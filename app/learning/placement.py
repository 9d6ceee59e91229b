"""One past placement: what was known when it began, and how it ended."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.kernel.words import CareForm, FamilyKind, OtherChildrenWish, Willingness


class Ending(StrEnum):
    """How a placement ended (*reden einde*); only a breakdown is an outcome, the rest is not."""

    PLANNED = "volgens plan"
    BROKEN = "voortijdig afgebroken"
    RUNNING = "loopt"


@dataclass(frozen=True, slots=True)
class Course:
    """When a placement began and how it ended; ended_on is None while it runs."""

    number: str
    began_on: date
    ended_on: date | None
    ending: Ending
    care_form: CareForm

    @property
    def last_day(self) -> date:
        """Return the last day that is told of."""
        return self.ended_on or self.began_on


@dataclass(frozen=True, slots=True)
class PastChild:
    """The child at the start. severity: 0..3 in the order of PROBLEMS.

    faith_wish_met, with_siblings: None where there was no wish, or there are no siblings.
    """

    age: float
    severity: tuple[int, ...]
    placements: int
    breakdowns: int
    was_residential: bool
    visits_per_month: float | None
    other_children: OtherChildrenWish
    faith_wish_met: bool | None
    with_siblings: bool | None
    keeps_school: bool


@dataclass(frozen=True, slots=True)
class PastFamily:
    """The family at the start. willingness: in the order of PROBLEMS, None where not asked.

    own_child_gap: years to the nearest own child in age, None without own children. Distances are
    in km, None where unknown. shares_language: None where unknown.
    """

    kind: FamilyKind
    willingness: tuple[Willingness | None, ...]
    experience_years: float
    trainings: tuple[str, ...]
    own_child_gap: float | None
    foster_children: int
    home_km: float | None
    school_km: float | None
    cooperation: int | None
    shares_language: bool | None
    oldest_carer: int | None
    youngest_carer: int | None
    has_respite: bool


@dataclass(frozen=True, slots=True)
class PastPlacement:
    """One row of `plaatsingen-historie.csv`."""

    course: Course
    child: PastChild
    family: PastFamily

    def as_on(self, day: date) -> "PastPlacement":
        """Return the placement as it stood on a day: what ended later was still going on."""
        if self.course.ended_on is None or self.course.ended_on <= day:
            return self
        return replace(self, course=replace(self.course, ended_on=None, ending=Ending.RUNNING))
