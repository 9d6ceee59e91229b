"""What goes in and out of the door of steps; the Dutch names are aliases, only here."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr

from app.http.schema import Schema
from app.kernel.reading import reference_number, text
from app.kernel.reading_days import DayStyle, day
from app.kernel.words import Rhythm
from app.models import BegunState, NoBy

Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
Text = Annotated[StrictStr, AfterValidator(text)]
Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
_UNTIL = "Laatste dag waarop het gezin en de plaats vastliggen."


class StepIn(Schema):
    """The first call to a family for a child."""

    provider: str = Field(alias="aanbieder", pattern="^[a-z][a-z0-9-]{0,59}$", examples=["spirit"])
    family: Number = Field(
        alias="gezin", description="Het eigen nummer van de aanbieder.", examples=["SPI-10013"]
    )
    begun_on: Day | None = Field(
        None, alias="sinds", description="Dag van het eerste contact; anders vandaag.",
        examples=["2026-11-02"],
    )  # fmt: skip
    held_until: Day | None = Field(
        None, alias="totEnMet", description=f"{_UNTIL} Anders over twee weken.",
        examples=["2026-11-16"],
    )  # fmt: skip


class ExtendIn(Schema):
    """A later (or earlier) end of the hold."""

    held_until: Day = Field(alias="totEnMet", description=_UNTIL, examples=["2026-11-30"])


class NoIn(Schema):
    """A no of the family or its provider; the pair is never proposed again."""

    by: NoBy = Field(
        alias="door",
        description="Bezwaar van ouders of kind wordt gewogen en is niet zo'n nee.",
        examples=["gezin"],
    )
    reason: Text = Field(alias="reden", examples=["Het gezin wil nu geen pleegkind erbij."])


class EndIn(Schema):
    """Why people stop without a no: the pair may be proposed again."""

    reason: Text = Field(alias="reden", examples=["De moeder wil eerst praten."])


class StepOut(Schema):
    """A pair that was begun, as it stands."""

    id: UUID
    registration_id: UUID = Field(alias="kind")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    state: BegunState = Field(alias="stand")
    begun_on: date = Field(alias="sinds")
    held_until: date = Field(alias="totEnMet", description=_UNTIL)
    is_request: bool = Field(
        alias="verzoek",
        description="Daar woont al een broer of zus en er is geen vrije plaats: het is een vraag.",
    )
    rhythm: Rhythm = Field(alias="ritme")
    ended_at: Instant | None = Field(alias="beeindigdOp")
    no_by: NoBy | None = Field(alias="door")
    reason: str | None = Field(alias="reden")


class StepList(Schema):
    """All steps of a child, the newest first."""

    steps: list[StepOut] = Field(alias="stappen")


class NextFamily(Schema):
    """The next alternative from the newest run that still stands open."""

    run_id: UUID = Field(alias="matchrun")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    chance: float = Field(alias="breakdownKans", ge=0, le=1)
    interval: list[float] = Field(min_length=2, max_length=2)
    reasons: list[dict[str, Any]] = Field(alias="redenen")
    warning: str | None = Field(
        alias="waarschuwing", description="Als dit gezin de eerste keus voor een ander kind is."
    )


class AfterNo(Schema):
    """What a no leads to: the place is free, and this is next."""

    step: StepOut = Field(alias="stap")
    following: NextFamily | None = Field(alias="volgende")
    notice: str | None = Field(alias="melding", description="Waarom er geen volgende is.")
