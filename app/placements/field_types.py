"""The kinds of values that a placement is told in."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StrictStr

from app.kernel.reading import Unreadable, has_odd_sign, reference_number, text
from app.kernel.reading_days import DayStyle, day

MAX_STORY = 4000


def check_story(story: str) -> str:
    """Return a text of more lines without white space around it; raises Unreadable."""
    if not story.strip():
        raise Unreadable("is leeg; vul dit veld in")
    if len(story) > MAX_STORY:
        raise Unreadable(f"is langer dan {MAX_STORY} tekens; kort de tekst in")
    if has_odd_sign(story, allowed="\n\r\t"):
        raise Unreadable("bevat een onleesbaar teken; typ de tekst opnieuw")
    return story.strip()


Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
Text = Annotated[StrictStr, AfterValidator(text)]
Story = Annotated[StrictStr, AfterValidator(check_story)]
Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
