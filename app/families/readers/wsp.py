"""William Schrikker Pleegzorg: Excel with sheets of families, of housemates and of answers."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.families.readers import numbers
from app.families.readers.dialect import Dialect
from app.families.readers.entries import ChildrenIn
from app.families.readers.fields import Column, Joined, Marked
from app.families.readers.lists import forms_of, words_of, year, years_of
from app.families.readers.side_sheets import SideSheet, SideSheets, family_number
from app.families.readers.stream import FamilyStream, RawRow, Source
from app.families.readers.willingness import WillingnessEntries
from app.families.readers.workbook import Workbook
from app.kernel.reading import (
    member,
    one_or_none,
    optional,
    optional_text,
    postcode,
    separated,
    text,
    word,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, GenderPreference

FAMILIES, HOUSEMATES, ANSWERS = "Gezinnen", "Huisgenoten", "Bereidheid"
NUMBER = "Nr"
_SIDE_COLUMNS = {
    HOUSEMATES: (NUMBER, "Geboortejaar", "Relatie"),
    ANSWERS: (NUMBER, "Problematiek", "Bereid"),
}
_yes_no = word({"ja": True, "nee": False})
_day = optional(day(DayStyle.DUTCH, DayStyle.ISO))
_words = separated(",", text)
_kinds = {"b": FamilyKind.RECRUITED, "n": FamilyKind.NETWORK}
_genders = {"": GenderPreference.NONE, "j": GenderPreference.BOY, "m": GenderPreference.GIRL}

DIALECT = Dialect(
    reference=Column(NUMBER, numbers.number),
    name=Column("Familie", text),
    kind=Column("Soort", word(_kinds)),
    status=Column("Status", member(FamilyStatus)),
    postcode=Column("PC", postcode),
    place_name=Column("Plaats", optional_text),
    carers_born=years_of(
        Joined(
            (
                Column("Geb.jaar ouder 1", one_or_none(year)),
                Column("Geb.jaar ouder 2", one_or_none(year)),
            )
        )
    ),
    own_children_born=years_of(ChildrenIn(HOUSEMATES, "Geboortejaar", "Relatie", is_own=True)),
    foster_children_born=years_of(ChildrenIn(HOUSEMATES, "Geboortejaar", "Relatie", is_own=False)),
    forms=forms_of(Marked({form.value.capitalize(): form for form in CareForm})),
    places_total=Column("Totaal", numbers.count_of_places),
    places_free=Column("Vrij", numbers.count_of_places),
    available_from=Column("Per", _day),
    available_until=Column("T/m", _day),
    min_age=Column("Min lft", numbers.age),
    max_age=Column("Max lft", numbers.age),
    gender_preference=Column("Geslacht", word(_genders)),
    max_siblings=Column("Broertjes/zusjes max", numbers.count_of_siblings),
    willingness=WillingnessEntries(ANSWERS, "Problematiek", "Bereid"),
    experience_years=Column("Jaren ervaring", numbers.years_of_experience),
    trainings=words_of(Column("Trainingen", _words)),
    cooperation=Column("Ouders", numbers.cooperation),
    pets=words_of(Marked({"Hond": "hond", "Kat": "kat", "Ander dier": "overig"})),
    smokes=Column("Roken", _yes_no),
    wheelchair=Column("Rolstoel", _yes_no),
    languages=words_of(
        Joined((Column("Taal 1", one_or_none(text)), Column("Overige talen", _words)))
    ),
    faith=Column("Religie", numbers.faith),
    clearance_until=Column("VGB t/m", _day),
    prepared=Column("STAP", _yes_no),
    respite=Column("Respijt", _yes_no),
    network_for=Column("Netwerk voor", numbers.network_child),
    updated_at=Column("Mutatie", instant(DayStyle.DUTCH, DayStyle.ISO)),
)
_COLUMNS = tuple(name for name in DIALECT.columns() if name not in _SIDE_COLUMNS)


def stream_wsp(path: Path) -> FamilyStream:
    """Return the families in an export of WSP; raises InputRefused for the whole file."""
    workbook = Workbook(path)
    next(workbook.rows(FAMILIES, columns=_COLUMNS), None)  # the first sheet is judged first
    sheets = [
        SideSheet(name, columns, workbook.rows(name, columns=columns))
        for name, columns in _SIDE_COLUMNS.items()
    ]
    sides = SideSheets(path.name, tuple(sheets))
    source = Source(DIALECT, path.name, partial(_rows, workbook, sides))
    return FamilyStream(source, at_end=sides.loose_rows)


def _rows(workbook: Workbook, sides: SideSheets) -> Iterator[RawRow]:
    for row in workbook.rows(FAMILIES, columns=_COLUMNS):
        yield RawRow(row.row, {**row.cells, **sides.beside(family_number(row, NUMBER))})
