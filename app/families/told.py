"""From what a provider tells of a family over the API to the canonical family."""

from collections.abc import Callable, Sequence
from typing import Any

from app.families.canonical import FamilyRecord, ListedPlace
from app.families.readers.checks import check_family
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Column, FieldWrong
from app.families.schemas import FamilyFields, FamilyIn, PlaceIn
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.words import CARE_FORMS, PROBLEMS, CareForm, FamilyKind


def as_it_is(value: object) -> Any:
    """Return a value that needs no reading."""
    return value


# The names that the checks of the exports give to the fields here. Nothing is read through it.
NAMES: dict[str, Any] = {
    name: Column(field.alias or name, as_it_is) for name, field in FamilyFields.model_fields.items()
}
_DIALECT = Dialect(reference=Column("nummer", as_it_is), **NAMES)
_TIDY: dict[str, Callable[[Any], Any]] = {
    "carers_born": lambda years: tuple(sorted(years)),
    "own_children_born": lambda years: tuple(sorted(years)),
    "foster_children_born": lambda years: tuple(sorted(years)),
    "forms": lambda forms: tuple(form for form in CARE_FORMS if form in forms),
    "willingness": lambda given: {p: given[p] for p in PROBLEMS if p in given},
    "trainings": lambda words: tuple(sorted(set(words))),
    "pets": lambda words: tuple(sorted(set(words))),
    "languages": lambda words: tuple(sorted(set(words))),
}


def read_record(reference: str, told: FamilyIn) -> FamilyRecord:
    """Return the canonical family; raises InputRefused that names the first wrong field."""
    try:
        return read_told(reference, told)
    except FieldWrong as error:
        raise InputRefused(f"{error.field}: {error.clause}.") from error


def read_places(told: Sequence[PlaceIn], forms: Sequence[CareForm]) -> tuple[ListedPlace, ...]:
    """Return the beds; forms: those of the family. Raises FieldWrong for a bed that cannot be."""
    for number, bed in enumerate(told, start=1):
        first, last = bed.available_from, bed.available_until
        if first is not None and last is not None and last < first:
            raise FieldWrong("plaatsen", f"bed {number}: beschikbaarTot ligt voor beschikbaarVanaf")
        if not set(bed.forms) <= set(forms):
            raise FieldWrong("plaatsen", f"bed {number}: heeft een vorm die het gezin niet biedt")
        if bed.is_free and bed.from_outside:
            raise FieldWrong(
                "plaatsen", f"bed {number}: is vrij, dus er woont geen kind van buiten de regio"
            )
    return tuple(
        ListedPlace(
            rhythm=bed.rhythm,
            is_free=bed.is_free,
            forms=_TIDY["forms"](bed.forms),
            available_from=bed.available_from,
            available_until=bed.available_until,
            from_outside=bed.from_outside,
        )
        for bed in told
    )


def read_told(reference: str, told: FamilyIn) -> FamilyRecord:
    """Return the canonical family, its lists in the fixed order of the exports.

    Raises FieldWrong where its fields contradict each other.
    """
    values = {name: getattr(told, name) for name in NAMES}
    tidied = {name: tidy(values[name]) for name, tidy in _TIDY.items()}
    places = read_places(told.places or (), told.forms)
    record = FamilyRecord(reference=reference, **values | tidied, places=places)
    today = today_in_amsterdam()
    check_family(record, _DIALECT, last_year=today.year)
    if record.kind is FamilyKind.RECRUITED and record.network_for:
        raise FieldWrong("netwerkVoor", "hoort alleen bij een netwerkgezin; maak het null")
    free = sum(place.is_free for place in places)
    if told.places is not None and (len(places), free) != (told.places_total, told.places_free):
        raise FieldWrong(
            "plaatsen",
            "het aantal bedden is niet plaatsenTotaal, of het aantal dat vrij is niet "
            "plaatsenVrij; maak ze gelijk",
        )
    if record.updated_at.astimezone(AMSTERDAM).date() > today:
        raise FieldWrong("gewijzigdOp", "ligt in de toekomst; verbeter het tijdstip")
    return record
