"""Vitree: XML, a family an element; the root carries the day on which the export was made."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from app.families.readers import numbers
from app.families.readers.dialect import Dialect
from app.families.readers.entries import ChildrenIn, YearsIn
from app.families.readers.fields import Column, FieldWrong
from app.families.readers.lists import forms_of, pet, words_of, years_of
from app.families.readers.stream import FamilyStream, RawRow, Source
from app.families.readers.willingness import WillingnessEntries
from app.families.readers.xml_cells import XmlCells
from app.families.readers.xml_records import xml_records
from app.kernel.errors import InputRefused
from app.kernel.reading import (
    Unreadable,
    each,
    member,
    optional,
    optional_text,
    postcode,
    text,
    word,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, GenderPreference

ROOT, RECORD = "Pleeggezinnen", "Pleeggezin"
_yes_no = word({"ja": True, "nee": False})
_day = optional(day(DayStyle.ISO))
_TEXTS = ("Training", "Huisdier", "Taal", "Aanbod.Vorm")
_ENTRIES = ("Pleegouder", "Huisgenoot", "Bereidheid")

DIALECT = Dialect(
    reference=Column("id", numbers.number),
    name=Column("Naam", text),
    kind=Column("soort", member(FamilyKind)),
    status=Column("status", member(FamilyStatus)),
    postcode=Column("Postcode", postcode),
    place_name=Column("Woonplaats", optional_text),
    carers_born=years_of(YearsIn("Pleegouder", "geboortejaar")),
    own_children_born=years_of(ChildrenIn("Huisgenoot", "geboortejaar", "relatie", is_own=True)),
    foster_children_born=years_of(
        ChildrenIn("Huisgenoot", "geboortejaar", "relatie", is_own=False)
    ),
    forms=forms_of(Column("Aanbod.Vorm", each(member(CareForm)))),
    places_total=Column("Aanbod.totaal", numbers.count_of_places),
    places_free=Column("Aanbod.vrij", numbers.count_of_places),
    available_from=Column("Aanbod.vanaf", _day),
    available_until=Column("Aanbod.tot", _day),
    min_age=Column("Aanbod.leeftijdVan", numbers.age),
    max_age=Column("Aanbod.leeftijdTot", numbers.age),
    gender_preference=Column("Aanbod.geslacht", member(GenderPreference)),
    max_siblings=Column("Aanbod.maxBroersZussen", numbers.count_of_siblings),
    willingness=WillingnessEntries("Bereidheid", "problematiek", "antwoord"),
    experience_years=Column("Ervaring", numbers.years_of_experience),
    trainings=words_of(Column("Training", each(text))),
    cooperation=Column("SamenwerkingOuders", numbers.cooperation),
    pets=words_of(Column("Huisdier", each(pet))),
    smokes=Column("Rookt", _yes_no),
    wheelchair=Column("Rolstoel", _yes_no),
    languages=words_of(Column("Taal", each(text))),
    faith=Column("Geloof", numbers.faith),
    clearance_until=Column("VGB.geldigTot", _day),
    prepared=Column("Voorbereiding", _yes_no),
    respite=Column("Aanbod.respijt", _yes_no),
    network_for=Column("NetwerkVoor", numbers.network_child),
    updated_at=Column("Gewijzigd", instant(DayStyle.ISO)),
)


def stream_vitree(path: Path) -> FamilyStream:
    """Return the families in an export of Vitree; raises InputRefused for the whole file."""
    with closing(xml_records(path)) as records:
        snapshot_day = _snapshot_day(next(records), path.name)
    return FamilyStream(Source(DIALECT, path.name, partial(_rows, path), snapshot_day))


def _rows(path: Path) -> Iterator[RawRow]:
    records = xml_records(path)
    next(records)  # the root
    for rank, record in enumerate(records, start=1):
        fault = None
        if record.tag != RECORD:
            fault = FieldWrong(RECORD, f"ontbreekt; gebruik het element {RECORD} voor elk gezin")
        yield RawRow(rank, XmlCells(_TEXTS, _ENTRIES).read(record), fault)


def _snapshot_day(root: Element, name: str) -> date | None:
    if root.tag != ROOT or root.get("aanbieder", "Vitree") != "Vitree":
        raise InputRefused(
            f"Bestand {name} is geen export van Vitree: het eerste element moet {ROOT} zijn, "
            "met aanbieder Vitree; kies het goede bestand."
        )
    try:
        return _day(root.get("peildatum"))
    except Unreadable as error:
        raise InputRefused(f"Bestand {name}: 'peildatum' {error}.") from error
