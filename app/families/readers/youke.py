"""Youké: JSON, a list of nested families; willingness in digits; instants with their offset."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.families.readers import numbers
from app.families.readers.dialect import Dialect
from app.families.readers.entries import ChildrenIn, YearsIn
from app.families.readers.fields import Column, FieldWrong
from app.families.readers.json_list import flatten, json_members
from app.families.readers.lists import forms_of, pet, words_of, years_of
from app.families.readers.stream import FamilyStream, RawRow, Source
from app.families.readers.willingness import WillingnessColumns, digit_answer
from app.kernel.json_objects import TWICE, Doubled
from app.kernel.reading import (
    each,
    member,
    optional,
    optional_text,
    postcode,
    text,
    true_or_false,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, GenderPreference

_day = optional(day(DayStyle.ISO))
_WILLING = "bereidheid."
_WHOLE = "gezin"

DIALECT = Dialect(
    reference=Column("gezinId", numbers.number),
    name=Column("naam", text),
    kind=Column("type", member(FamilyKind)),
    status=Column("status", member(FamilyStatus)),
    postcode=Column("adres.postcode", postcode),
    place_name=Column("adres.plaats", optional_text),
    carers_born=years_of(YearsIn("pleegouders", "geboortejaar")),
    own_children_born=years_of(ChildrenIn("huisgenoten", "geboortejaar", "relatie", is_own=True)),
    foster_children_born=years_of(
        ChildrenIn("huisgenoten", "geboortejaar", "relatie", is_own=False)
    ),
    forms=forms_of(Column("aanbod.vormen", each(member(CareForm)))),
    places_total=Column("aanbod.plaatsenTotaal", numbers.count_of_places),
    places_free=Column("aanbod.plaatsenVrij", numbers.count_of_places),
    available_from=Column("aanbod.vanaf", _day),
    available_until=Column("aanbod.tot", _day),
    min_age=Column("aanbod.leeftijd.min", numbers.age),
    max_age=Column("aanbod.leeftijd.max", numbers.age),
    gender_preference=Column("aanbod.geslacht", member(GenderPreference)),
    max_siblings=Column("aanbod.maxSiblings", numbers.count_of_siblings),
    willingness=WillingnessColumns(_WILLING, digit_answer),
    experience_years=Column("ervaringJaren", numbers.years_of_experience),
    trainings=words_of(Column("trainingen", each(text))),
    cooperation=Column("samenwerkingOuders", numbers.cooperation),
    pets=words_of(Column("huisdieren", each(pet))),
    smokes=Column("rookt", true_or_false),
    wheelchair=Column("rolstoel", true_or_false),
    languages=words_of(Column("talen", each(text))),
    faith=Column("geloof", numbers.faith),
    clearance_until=Column("vgbGeldigTot", _day),
    prepared=Column("voorbereid", true_or_false),
    respite=Column("aanbod.respijt", true_or_false),
    network_for=Column("netwerkVoor", numbers.network_child),
    updated_at=Column("gewijzigdOp", instant(DayStyle.ISO)),
)
# A field that is left out may be a misspelt one; only an answer on a problem may be absent.
_REQUIRED = tuple(name for name in DIALECT.columns() if not name.startswith(_WILLING))


def stream_youke(path: Path) -> FamilyStream:
    """Return the families in an export of Youké; raises InputRefused for the whole file."""
    return FamilyStream(Source(DIALECT, path.name, partial(_rows, path)))


def _rows(path: Path) -> Iterator[RawRow]:
    for rank, family in enumerate(json_members(path), start=1):
        if isinstance(family, Doubled):
            yield RawRow(rank, flatten(family.content), FieldWrong(family.field or _WHOLE, TWICE))
            continue
        if not isinstance(family, dict):
            clause = "ontbreekt, want dit deel van de lijst is geen object; maak er een object van"
            yield RawRow(rank, {}, FieldWrong("gezinId", clause))
            continue
        cells = flatten(family)
        missing = next((name for name in _REQUIRED if name not in cells), None)
        clause = "ontbreekt; voeg het toe, zo nodig met null of een lege lijst"
        yield RawRow(rank, cells, FieldWrong(missing, clause) if missing else None)
