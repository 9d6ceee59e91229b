"""What is told of a placement at the door; the Dutch names are aliases, only here."""

from uuid import UUID

from pydantic import Field, StrictBool, model_validator

from app.http.going_on import FOLLOWING, NO_FOLLOWING, GoOnIn
from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.errors import InputRefused
from app.kernel.outside import OutsideGround
from app.kernel.rhythms import check_rhythm
from app.kernel.words import CareForm, Rhythm
from app.placements.field_types import Day, Number, Story, Text

_ALLOCATION = "iJw toewijzingsnummer."


class ShapeIn(Schema):
    """A form of care with its rhythm."""

    form: CareForm | None = Field(None, alias="vorm", examples=["opvoeding"])
    rhythm: Rhythm | None = Field(None, alias="ritme", examples=["voltijd"])

    @model_validator(mode="after")
    def _part_time_alone_has_a_rhythm(self) -> "ShapeIn":
        if self.form is not None and self.rhythm is not None:
            check_rhythm(self.form, self.rhythm)
        return self


class WhereIn(ShapeIn):
    """A family under its provider's own number."""

    provider: str = Field(alias="aanbieder", pattern=PROVIDER_CODE, examples=["spirit"])
    family: Number = Field(
        alias="gezin", description="Het eigen nummer van de aanbieder.", examples=["SPI-10013"]
    )
    split_reason: Story | None = Field(
        None, alias="redenSplitsing",
        description="Waarom broers en zussen hier niet samen wonen.",
    )  # fmt: skip
    support_plan: Story | None = Field(None, alias="steunplan")


class YesesIn(Schema):
    """The two yeses that a placement needs, as told by who was there."""

    provider_yes_on: Day | None = Field(
        None, alias="akkoordAanbiederOp",
        description="De dag waarop de aanbieder van het gezin ja zei (Jeugdwet 5.1).",
        examples=["2026-10-30"],
    )  # fmt: skip
    referrer_yes_on: Day | None = Field(
        None, alias="akkoordVerwijzerOp", description="De dag waarop de verwijzer ja zei.",
        examples=["2026-10-30"],
    )  # fmt: skip
    referrer: Text | None = Field(
        None, alias="akkoordVerwijzer", description="Welke verwijzer ja zei.",
        examples=["Jeugdbescherming Voorbeeld"],
    )  # fmt: skip


class OutsideIn(YesesIn, WhereIn):
    """A placement that did not come from a step, and on what ground."""

    ground: OutsideGround = Field(
        alias="grond",
        description="`afgesproken`: met twee akkoorden, en alles wat een stap ook vraagt. "
        "`acuut`: een crisisplaatsing; de akkoorden volgen. `eigen netwerk` en `overgenomen`: het "
        "kind woonde er al.",
        examples=["afgesproken"],
    )
    choice_reason: Story | None = Field(
        None, alias="redenKeuze",
        description="Waarom dit gezin; nodig als de laatste matchrun een ander voorstelde.",
    )  # fmt: skip
    following: GoOnIn | None = Field(None, alias="vervolg", description=FOLLOWING)
    no_follow_up_reason: Story | None = Field(
        None, alias="redenGeenVervolg", description=NO_FOLLOWING
    )


class PlacementIn(OutsideIn):
    """A placement that came about outside the service."""

    child: UUID = Field(alias="kind", description="De aanmelding.")
    since: Day = Field(alias="van", description="De eerste dag.", examples=["2026-11-01"])
    allocation_number: Text | None = Field(
        None, alias="toewijzingsnummer", max_length=40, description=_ALLOCATION
    )
    reason: Story = Field(
        alias="reden", description="Hoe de plaatsing tot stand kwam.",
        examples=["Het kind woonde al bij oma toen het werd aangemeld."],
    )  # fmt: skip


class PlacementPatch(YesesIn):
    """What may be corrected of a placement; a field that is left out stays as it is."""

    allocation_number: Text | None = Field(
        None, alias="toewijzingsnummer", max_length=40, description=_ALLOCATION,
        examples=["TW-2026-001"],
    )  # fmt: skip
    support_plan: Story | None = Field(None, alias="steunplan")
    together: StrictBool | None = Field(
        None, alias="samen", description="Met een broer of zus in dit gezin bij de start."
    )
    split_reason: Story | None = Field(None, alias="redenSplitsing")
    reason: Story | None = Field(None, alias="reden", description="Waarom dit wijzigt.")


class FormIn(ShapeIn):
    """Another form or rhythm in the same family."""

    day: Day = Field(alias="dag", description="De eerste dag ervan.", examples=["2026-11-20"])
    allocation_number: Text | None = Field(
        None, alias="toewijzingsnummer", max_length=40, description=_ALLOCATION
    )
    reason: Story = Field(
        alias="reden", examples=["Uit het onderzoek blijkt dat het kind hier kan opgroeien."]
    )


class PlacementMoveIn(OutsideIn):
    """A move to another family: this placement ends, the next begins."""

    day: Day = Field(alias="dag", description="De dag van verhuizen.", examples=["2026-11-20"])
    code: EndCode = Field(
        alias="code", description="Reden van het einde hier, JZ588.", examples=["33"]
    )
    reason: Story = Field(alias="reden", examples=["De moeder in dit gezin werd ernstig ziek."])


class EndedIn(Schema):
    """Why a placement ended, and where the child went."""

    code: EndCode = Field(alias="code", description="Reden van het einde, JZ588.", examples=["31"])
    went_to: WentTo = Field(
        alias="vervolgplek", description="Waar het kind heen ging.", examples=["thuis"]
    )


class EndingIn(EndedIn):
    """How a placement ended."""

    day: Day | None = Field(
        None, alias="dag", description="De laatste dag; niet als die al vaststaat.",
        examples=["2026-11-27"],
    )  # fmt: skip
    note: Story | None = Field(None, alias="toelichting")


class EndingAgainIn(EndedIn):
    """How it ended after all, and why it was told otherwise."""

    reason: Story = Field(
        alias="reden", examples=["De code was verwisseld: het kind ging volgens plan naar huis."]
    )


class JudgementIn(Schema):
    """What an end counts as, and why."""

    label: EndLabel = Field(alias="uitkomst", examples=["volgens plan"])
    reason: Story = Field(
        alias="reden", examples=["Het kind ging eerder dan gedacht naar huis; dat was het doel."]
    )

    @model_validator(mode="after")
    def _say_something(self) -> "JudgementIn":
        if self.label is EndLabel.REVIEW:
            raise InputRefused(
                "uitkomst: kies volgens plan, voortijdig afgebroken of geen uitkomst."
            )
        return self
