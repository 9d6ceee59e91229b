"""The kinds of fields in a registration; each says in Dutch what is wrong with a value.

Text, days and booleans are never guessed from another type: pydantic would take the number 0 for a
date. Clauses follow `app.kernel.reading` and never repeat the value.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictFloat, StrictInt, StrictStr

from app.kernel.bsn import is_valid_bsn
from app.kernel.reading import (
    Unreadable,
    has_odd_sign,
    lower_text,
    postcode,
    reference_number,
    text,
)
from app.kernel.reading_days import DayStyle, day

_NINE_DIGITS = re.compile(r"[0-9]{9}")
MAX_STORY = 5000


def check_bsn(number: str) -> str:
    """Return a BSN of nine digits that passes the 11-proef; raises Unreadable."""
    if not _NINE_DIGITS.fullmatch(number):
        raise Unreadable("bestaat niet uit negen cijfers; vul negen cijfers in, of null")
    if not is_valid_bsn(number):
        raise Unreadable("voldoet niet aan de 11-proef; controleer het nummer, of vul null in")
    return number


def check_story(story: str) -> str:
    """Return a text of more lines as it is; raises Unreadable for signs that no one types."""
    if len(story) > MAX_STORY:
        raise Unreadable(f"is langer dan {MAX_STORY} tekens; kort de tekst in")
    if has_odd_sign(story, allowed="\n\r\t"):
        raise Unreadable("bevat een onleesbaar teken; typ de tekst opnieuw")
    return story


ShortText = Annotated[StrictStr, AfterValidator(text)]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
LowerText = Annotated[StrictStr, AfterValidator(lower_text)]
Story = Annotated[StrictStr, AfterValidator(check_story)]
Bsn = Annotated[StrictStr, AfterValidator(check_bsn)]
Postcode = Annotated[StrictStr, AfterValidator(postcode)]
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Pet = Literal["hond", "kat", "overig"]  # PETS of the kernel; a test compares them
Judgement = Literal["ja", "gedeeltelijk", "nee", "onbekend"]
Severity = Annotated[StrictInt, Field(ge=0, le=3)]
Count = Annotated[StrictInt, Field(ge=0, le=100)]
SdqTotal = Annotated[StrictInt, Field(ge=0, le=40)]
Months = Annotated[StrictInt, Field(ge=1, le=276)]  # from birth to 23
VisitsPerMonth = Annotated[StrictFloat, Field(ge=0, le=100, allow_inf_nan=False)]
RadiusKm = Annotated[StrictFloat, Field(gt=0, le=500, allow_inf_nan=False)]
