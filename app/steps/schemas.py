"""What goes in and out of the door of steps; the Dutch names are aliases, only here."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, model_validator

from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import InputRefused
from app.kernel.phases import OBJECTORS, ConsentBy, DeclineReason, NoBy, Phase
from app.kernel.reading import Unreadable, has_odd_sign, reference_number, text
from app.kernel.reading_days import DayStyle, day
from app.kernel.words import Rhythm
from app.models import BegunState

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
_UNTIL = "Laatste dag waarop het gezin en de plaats vastliggen."


class StepIn(Schema):
    """The first call to a family for a child."""

    provider: str = Field(alias="aanbieder", pattern=PROVIDER_CODE, examples=["spirit"])
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
    choice_reason: Story | None = Field(
        None, alias="redenKeuze",
        description="Waarom dit gezin; nodig als het in de laatste matchrun van dit kind niet de "
        "eerste keus is.",
        examples=["De eerste keus is op vakantie; dit gezin kent de school."],
    )  # fmt: skip


class ExtendIn(Schema):
    """A later (or earlier) end of the hold."""

    held_until: Day = Field(alias="totEnMet", description=_UNTIL, examples=["2026-11-30"])


class DeclinedIn(Schema):
    """A typed reason of a no, explained in words where it is another one."""

    decline_reason: DeclineReason = Field(alias="afwijsreden", examples=["leeftijd"])
    reason: Story | None = Field(
        None, alias="reden", description="Toelichting; nodig bij 'anders'.",
        examples=["Het gezin wil nu geen pleegkind erbij."],
    )  # fmt: skip

    @model_validator(mode="after")
    def _explain_another(self) -> "DeclinedIn":
        if self.decline_reason is DeclineReason.OTHER and self.reason is None:
            raise InputRefused("reden: ontbreekt; licht 'anders' toe.")
        return self

    def in_words(self) -> str:
        """Return the explanation, or the word itself where there is none."""
        return self.reason or self.decline_reason.value


class NoIn(DeclinedIn):
    """A no of the family, its provider or the referrer; the pair is never proposed again."""

    by: NoBy = Field(
        alias="door",
        description="Ouders en kind maken bezwaar: dat wordt gewogen en is niet zo'n nee.",
        examples=["gezin"],
    )

    @model_validator(mode="after")
    def _weigh_objections(self) -> "NoIn":
        if self.by in OBJECTORS:
            raise InputRefused("door: ouders en kind maken bezwaar; leg dat vast bij bezwaren.")
        return self


class EndIn(Schema):
    """Why people stop without a no: the pair may be proposed again."""

    reason: Text = Field(alias="reden", examples=["De moeder wil eerst praten."])


class ConsentOut(Schema):
    """One of the two yeses that a placement needs."""

    by: ConsentBy = Field(alias="door")
    organisation: str = Field(alias="organisatie")
    given_on: date = Field(alias="gegevenOp")
    recorded_at: Instant = Field(alias="vastgelegdOp")


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
    decline_reason: DeclineReason | None = Field(alias="afwijsreden")
    reason: str | None = Field(alias="reden")
    phase: Phase = Field(alias="fase", description="Hoe ver het is, van voorstel tot plaatsing.")
    open_phases: list[Phase] = Field(
        alias="openFasen",
        description="Waar de stap nu heen kan; leeg na zijn einde of zijn termijn.",
    )
    awaited: list[str] = Field(
        alias="wachtOp",
        description="Wat er nog moet worden vastgelegd of gedaan voor hij verder kan.",
    )
    run_id: UUID | None = Field(
        alias="matchrun", description="De laatste matchrun van dit kind toen de stap begon."
    )
    is_first_choice: bool = Field(
        alias="eersteKeus", description="Of die run dit gezin voorstelde."
    )
    choice_reason: str | None = Field(alias="redenKeuze")
    needs_support: bool = Field(
        alias="steunplanNodig", description="Geen ideale match: een steunplan hoort erbij."
    )
    support_plan: str | None = Field(alias="steunplan")
    no_support_reason: str | None = Field(alias="redenGeenSteunplan")
    parted: list[str] = Field(
        alias="broersZussenElders",
        description="Aanmeldnummers van broers en zussen die samen willen en (nog) niet naar dit "
        "gezin gaan.",
    )
    split_reason: str | None = Field(alias="redenSplitsing")
    consents: list[ConsentOut] = Field(alias="akkoorden")
    is_secret: bool = Field(
        alias="geheimePlaatsing", description="De ouders mogen niet weten waar het kind woont."
    )
    place_name: str = Field(alias="woonplaatsGezin")
    km: float | None = Field(
        alias="afstandKm", description="Van huis naar het gezin, als een run het paar woog."
    )


class StepList(Schema):
    """All steps of a child, the newest first."""

    steps: list[StepOut] = Field(alias="stappen")


class NextFamily(Schema):
    """The next alternative from the newest run that still stands open."""

    run_id: UUID = Field(alias="matchrun")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    chance: float | None = Field(
        alias="breakdownKans", ge=0, le=1, description="null als de kansen zijn uitgezet."
    )
    interval: list[float] | None = Field(min_length=2, max_length=2)
    reasons: list[dict[str, Any]] = Field(alias="redenen")
    warning: str | None = Field(
        alias="waarschuwing", description="Als dit gezin de eerste keus voor een ander kind is."
    )


class AfterNo(Schema):
    """What a no leads to: the place is free, and this is next."""

    step: StepOut = Field(alias="stap")
    following: NextFamily | None = Field(alias="volgende")
    notice: str | None = Field(alias="melding", description="Waarom er geen volgende is.")
