"""What is known of a child and a family on a day, as the columns of `plaatsingen-historie.csv`.

Written as in that file, so that what began here is learnt from by the same reader
(`app/learning/columns.py`). Never: name, number, gender, postcode, which language or which faith.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from app.kernel.words import (
    PROBLEMS,
    CareForm,
    FamilyKind,
    HousemateRole,
    OtherChildrenWish,
    Problem,
    Willingness,
)

_DAYS_A_YEAR = 365.25
_MIDYEAR = 0.5  # of a housemate only the birth year is known
TOGETHER = "samen_geplaatst"
Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class ChildThen:
    """The child on the day of the start; together: with brothers or sisters, None without any."""

    born_on: date
    form: CareForm
    severity: Mapping[Problem, int]
    earlier_placements: int
    earlier_breakdowns: int
    was_residential: bool
    keeps_school: bool
    visits_per_month: float
    languages: frozenset[str]
    faith_wish: str | None
    other_children: OtherChildrenWish
    has_siblings: bool
    together: bool | None


@dataclass(frozen=True, slots=True)
class FamilyThen:
    """The family on the day of the start; km to where the child comes from, None if not known."""

    kind: FamilyKind
    willingness: Mapping[Problem, Willingness]
    experience_years: float
    trainings: tuple[str, ...]
    housemates: tuple[tuple[HousemateRole, int], ...]
    cooperation: int | None
    languages: frozenset[str]
    faith: str | None
    respite: bool
    home_km: float | None
    school_km: float | None


def facts_of(child: ChildThen, family: FamilyThen, day: date) -> Facts:
    """Return the columns by name, as text; empty where something is not known."""
    return {
        "gezin_type": family.kind.value,
        "vorm": child.form.value,
        **_of_child(child, day),
        **_of_family(family, day),
        **_of_both(child, family),
    }


def _of_child(child: ChildThen, day: date) -> Facts:
    # Rounded down: a child of nearly six is not six.
    age = floor((day - child.born_on).days / _DAYS_A_YEAR * 100) / 100
    return {
        "leeftijd_bij_start": _number(age),
        **{f"ernst_{p.value}": str(child.severity.get(p, 0)) for p in PROBLEMS},
        "eerdere_plaatsingen": str(child.earlier_placements),
        "eerdere_breakdowns": str(child.earlier_breakdowns),
        "residentieel_verleden": yes_no(child.was_residential),
        "school_behouden": yes_no(child.keeps_school),
        "bezoek_per_maand": _number(child.visits_per_month),
        "heeft_broers_zussen": yes_no(child.has_siblings),
        TOGETHER: yes_no(child.together),
        "wens_andere_kinderen": child.other_children.value,
    }


def _of_family(family: FamilyThen, day: date) -> Facts:
    carers = [day.year - year for year in _years(family, HousemateRole.CARER)]
    answers = {p: family.willingness.get(p) for p in PROBLEMS}
    return {
        **{f"bereidheid_{p.value}": a.value if a else "" for p, a in answers.items()},
        "ervaring_jaren": _number(family.experience_years),
        "trainingen": "|".join(family.trainings),
        "aantal_pleegkinderen_in_gezin": str(len(_years(family, HousemateRole.FOSTER_CHILD))),
        "samenwerking_ouders": "" if family.cooperation is None else str(family.cooperation),
        "oudste_pleegouder_leeftijd": _age(max(carers, default=None)),
        "jongste_pleegouder_leeftijd": _age(min(carers, default=None)),
        "respijt_beschikbaar": yes_no(family.respite),
    }


def _of_both(child: ChildThen, family: FamilyThen) -> Facts:
    known = bool(child.languages and family.languages)
    met = None if child.faith_wish is None else child.faith_wish == family.faith
    return {
        "eigen_kind_leeftijdsverschil_jaren": _number(_gap(child, family)),
        "afstand_huis_km": _number(family.home_km),
        "afstand_school_km": _number(family.school_km),
        "taal_gedeeld": yes_no(bool(child.languages & family.languages) if known else None),
        "geloofswens_vervuld": yes_no(met),
    }


def _gap(child: ChildThen, family: FamilyThen) -> float | None:
    born = child.born_on.year + (child.born_on.timetuple().tm_yday - 1) / _DAYS_A_YEAR
    gaps: Iterable[float] = (
        abs(year + _MIDYEAR - born) for year in _years(family, HousemateRole.OWN_CHILD)
    )
    return min(gaps, default=None)


def _years(family: FamilyThen, role: HousemateRole) -> list[int]:
    return [year for kind, year in family.housemates if kind is role]


def _age(years: int | None) -> str:
    # What cannot be a carer's age is a typing error in a birth year, and no fact.
    return str(years) if years is not None and 18 <= years <= 110 else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def yes_no(value: bool | None) -> str:
    """Return a yes or a no as the file writes it; empty where it is not known."""
    return "" if value is None else "ja" if value else "nee"
