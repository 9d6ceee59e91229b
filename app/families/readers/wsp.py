"""William Schrikker Pleegzorg: Excel with sheets of families, of housemates and of answers."""

from pathlib import Path

from app.families.canonical import FamilyReading
from app.families.readers import numbers
from app.families.readers.build import RawRow, build_reading
from app.families.readers.dialect import Dialect
from app.families.readers.entries import ChildrenIn
from app.families.readers.fields import Column, Joined, Marked
from app.families.readers.lists import forms_of, words_of, year, years_of
from app.families.readers.side_sheets import cells_beside, side_sheet, with_loose_rows
from app.families.readers.willingness import WillingnessEntries
from app.families.readers.workbook import open_workbook, sheet_rows
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


def read_wsp(path: Path) -> FamilyReading:
    """Return the families in an export of WSP; raises InputRefused for the whole file."""
    with open_workbook(path) as workbook:
        families = sheet_rows(workbook, FAMILIES, columns=_COLUMNS, file=path.name)
        sides = [
            side_sheet(sheet, NUMBER, sheet_rows(workbook, sheet, columns=columns, file=path.name))
            for sheet, columns in _SIDE_COLUMNS.items()
        ]
    rows = [RawRow(r.row, {**r.cells, **cells_beside(r, sides)}) for r in families]
    return with_loose_rows(build_reading(DIALECT, rows, file=path.name), sides, file=path.name)
