"""Spirit: CSV with semicolons, UTF-8 with a byte order mark, Dutch dates, lists with a bar."""

from collections.abc import Iterator
from pathlib import Path

from app.families.readers import numbers
from app.families.readers.build import RawRow, build_reading
from app.families.readers.delimited import Layout, delimited_rows
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Column
from app.families.readers.lists import forms_of, pet, words_of, year, years_of
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
