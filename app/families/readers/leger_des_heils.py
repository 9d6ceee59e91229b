"""Leger des Heils: CSV with commas in cp1252, packed columns, compact dates, 1 and 0.

`1/2` is free/total, `0-6` an age range, `e2018` an own child and `p2015` a foster child.
"""

from functools import partial
from pathlib import Path

from app.families.readers import numbers
from app.families.readers.delimited import Layout, delimited_rows
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Column
from app.families.readers.lists import forms_of, pet, words_of, year, years_of
from app.families.readers.stream import FamilyStream, Source
from app.families.readers.willingness import WillingnessLists
from app.kernel.reading import (
    Parser,
    Unreadable,
    member,
    optional,
    optional_text,
    part,
    postcode,
    separated,
    text,
    word,
)
from app.kernel.reading_days import DayStyle, day, instant
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, GenderPreference, Willingness

# Some of its files come in UTF-8; a line of cp1252 with an accent is never valid UTF-8.
LAYOUT = Layout(delimiter=",", encodings=("utf-8", "cp1252"))
_yes_no = word({"1": True, "0": False})
_day = optional(day(DayStyle.COMPACT))
_words = separated(";", text)
_genders = {"-": GenderPreference.NONE, "j": GenderPreference.BOY, "m": GenderPreference.GIRL}


def _children(letter: str) -> Parser[tuple[int, ...]]:
    def one(value: object) -> tuple[int, ...]:
        item = text(value).lower()
        if item[0] not in "ep":
            raise Unreadable("is geen lijst van e of p met een geboortejaar; schrijf e2018 p2015")
        born = year(item[1:])
        return (born,) if item[0] == letter else ()

    housemates = separated(" ", one)
    return lambda value: tuple(born for years in housemates(value) for born in years)


DIALECT = Dialect(
    reference=Column("ID", numbers.number),
    name=Column("GEZIN", text),
    kind=Column("SOORT", member(FamilyKind)),
    status=Column("STATUS", member(FamilyStatus)),
    postcode=Column("POSTCODE", postcode),
    place_name=Column("PLAATS", optional_text),
    carers_born=years_of(Column("OUDERS", separated("/", year))),
    own_children_born=years_of(Column("HUISGENOTEN", _children("e"))),
    foster_children_born=years_of(Column("HUISGENOTEN", _children("p"))),
    forms=forms_of(Column("VORM", separated("+", member(CareForm)))),
    places_total=Column("CAPACITEIT", part("/", 1, numbers.count_of_places)),
    places_free=Column("CAPACITEIT", part("/", 0, numbers.count_of_places)),
    available_from=Column("VANAF", _day),
    available_until=Column("TOT", _day),
    min_age=Column("LEEFTIJD", part("-", 0, numbers.age)),
    max_age=Column("LEEFTIJD", part("-", 1, numbers.age)),
    gender_preference=Column("GESLACHT", word(_genders)),
    max_siblings=Column("MAX_GEZAMENLIJK", numbers.count_of_siblings),
    willingness=WillingnessLists(
        {
            "WIL_WEL": Willingness.YES,
            "WIL_MET_STEUN": Willingness.WITH_SUPPORT,
            "WIL_NIET": Willingness.NO,
        }
    ),
    experience_years=Column("ERVARING", numbers.years_of_experience),
    trainings=words_of(Column("TRAINING", _words)),
    cooperation=Column("OUDERSAMENWERKING", numbers.cooperation),
    pets=words_of(Column("DIEREN", separated(";", pet))),
    smokes=Column("ROOKT", _yes_no),
    wheelchair=Column("ROLSTOEL", _yes_no),
    languages=words_of(Column("TALEN", _words)),
    faith=Column("GELOOF", numbers.faith),
    clearance_until=Column("VGB", _day),
    prepared=Column("VOORBEREID", _yes_no),
    respite=Column("RESPIJT", _yes_no),
    network_for=Column("NETWERK_VOOR", numbers.network_child),
    updated_at=Column("LAATST_GEWIJZIGD", instant(DayStyle.COMPACT)),
)


def stream_leger_des_heils(path: Path) -> FamilyStream:
    """Return the families in an export of the Leger des Heils; raises InputRefused as a whole."""
    columns = DIALECT.columns()
    rows = partial(delimited_rows, path, LAYOUT, columns=columns)
    return FamilyStream(Source(DIALECT, path.name, rows))
