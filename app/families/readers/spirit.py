"""Spirit: CSV with semicolons, UTF-8 with a byte order mark, Dutch dates, lists with a bar."""

from functools import partial
from pathlib import Path

from app.families.readers import numbers
from app.families.readers.delimited import Layout, delimited_rows
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Column
from app.families.readers.lists import forms_of, pet, words_of, year, years_of
from app.families.readers.stream import FamilyStream, Source
from app.families.readers.willingness import WillingnessColumns, words_answer
from app.kernel.reading import (
    member,
    optional,
    optional_text,
    postcode,
    separated,
    text,
    word,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, GenderPreference

LAYOUT = Layout(delimiter=";", encodings=("utf-8",))
_yes_no = word({"ja": True, "nee": False})
_day = optional(day(DayStyle.DUTCH))
_years = separated("|", year)
_words = separated("|", text)

DIALECT = Dialect(
    reference=Column("Gezinsnummer", numbers.number),
    name=Column("Achternaam", text),
    kind=Column("Soort", member(FamilyKind)),
    status=Column("Status", member(FamilyStatus)),
    postcode=Column("Postcode", postcode),
    place_name=Column("Woonplaats", optional_text),
    carers_born=years_of(Column("Geboortejaren pleegouders", _years)),
    own_children_born=years_of(Column("Eigen kinderen (geboortejaar)", _years)),
    foster_children_born=years_of(Column("Pleegkinderen (geboortejaar)", _years)),
    forms=forms_of(Column("Vormen", separated("|", member(CareForm)))),
    places_total=Column("Plaatsen totaal", numbers.count_of_places),
    places_free=Column("Plaatsen vrij", numbers.count_of_places),
    available_from=Column("Beschikbaar vanaf", _day),
    available_until=Column("Beschikbaar tot", _day),
    min_age=Column("Leeftijd van", numbers.age),
    max_age=Column("Leeftijd tot en met", numbers.age),
    gender_preference=Column("Voorkeur geslacht", member(GenderPreference)),
    max_siblings=Column("Max broers/zussen", numbers.count_of_siblings),
    willingness=WillingnessColumns("Bereid: ", words_answer),
    experience_years=Column("Ervaring (jaren)", numbers.years_of_experience),
    trainings=words_of(Column("Trainingen", _words)),
    cooperation=Column("Samenwerking ouders (1-5)", numbers.cooperation),
    pets=words_of(Column("Huisdieren", separated("|", pet))),
    smokes=Column("Rookt", _yes_no),
    wheelchair=Column("Rolstoeltoegankelijk", _yes_no),
    languages=words_of(Column("Talen", _words)),
    faith=Column("Geloof", numbers.faith),
    clearance_until=Column("VGB geldig tot", _day),
    prepared=Column("Voorbereiding afgerond", _yes_no),
    respite=Column("Respijt mogelijk", _yes_no),
    network_for=Column("Netwerk voor", numbers.network_child),
    updated_at=Column("Bijgewerkt", instant(DayStyle.DUTCH)),
)


def stream_spirit(path: Path) -> FamilyStream:
    """Return the families in an export of Spirit; raises InputRefused for the whole file."""
    columns = DIALECT.columns()
    rows = partial(delimited_rows, path, LAYOUT, columns=columns)
    return FamilyStream(Source(DIALECT, path.name, rows))
