"""Breakdown records and review moments at the door; the Dutch names are aliases, only here."""

from collections import Counter
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field, StrictFloat, StrictInt, model_validator

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.holding import (
    BreakdownKind,
    BreakdownReason,
    Heard,
    Initiative,
    Safety,
    Topic,
    Tried,
    Voice,
    Weight,
)
from app.placements.field_types import Day, Instant, Story
from app.placements.schemas_out import PlacementLine

_HIDDEN = "De ouders mogen niet weten waar het kind woont."
MOST_FINDINGS = 50


class BreakdownIn(Schema):
    """A breakdown, or what nearly became one."""

    kind: BreakdownKind = Field(alias="soort", examples=["bijna afgebroken"])
    day: Day = Field(alias="dag", examples=["2026-11-20"])
    initiative: Initiative = Field(alias="initiatief", examples=["pleegouders"])
    reasons: list[BreakdownReason] = Field(
        alias="redenen", min_length=1, max_length=9, examples=[["draagkracht pleegouders"]]
    )
    explanation: Story | None = Field(
        None, alias="toelichting", description="Nodig als een van de redenen 'anders' is."
    )
    tried: list[Tried] = Field(
        alias="geprobeerd", min_length=1, max_length=9, examples=[["respijtzorg"]],
        description="Wat is gedaan om de plaatsing te laten slagen; 'niets' mag ook.",
    )  # fmt: skip
    tried_text: Story | None = Field(
        None, alias="geprobeerdToelichting", description="Nodig bij 'anders'."
    )

    @model_validator(mode="after")
    def _explain_others(self) -> "BreakdownIn":
        if BreakdownReason.OTHER in self.reasons and self.explanation is None:
            raise InputRefused("toelichting: ontbreekt; licht 'anders' toe.")
        if Tried.OTHER in self.tried and self.tried_text is None:
            raise InputRefused("geprobeerdToelichting: ontbreekt; licht 'anders' toe.")
        if Tried.NOTHING in self.tried and len(set(self.tried)) > 1:
            raise InputRefused("geprobeerd: 'niets' gaat niet samen met iets anders.")
        return self


class BreakdownOut(Schema):
    """A breakdown record."""

    id: UUID
    kind: BreakdownKind = Field(alias="soort")
    day: date = Field(alias="dag")
    initiative: Initiative = Field(alias="initiatief")
    reasons: list[BreakdownReason] = Field(alias="redenen")
    explanation: str | None = Field(alias="toelichting")
    tried: list[Tried] = Field(alias="geprobeerd")
    tried_text: str | None = Field(alias="geprobeerdToelichting")
    actor: str = Field(alias="wie")
    recorded_at: Instant = Field(alias="vastgelegdOp")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class BreakdownList(Schema):
    """The breakdown records of a placement, the newest first."""

    records: list[BreakdownOut] = Field(alias="afbreukverslagen")


class VoiceIn(Schema):
    """Whether somebody was heard."""

    who: Voice = Field(alias="wie")
    heard: Heard = Field(alias="gehoord")
    why_not: Story | None = Field(
        None, alias="reden", description="Waarom niet; alleen als iemand niet is gehoord."
    )

    @model_validator(mode="after")
    def _say_why_not(self) -> "VoiceIn":
        if self.heard is not Heard.YES and self.why_not is None:
            raise InputRefused("stemmen.reden: ontbreekt; zeg waarom iemand niet is gehoord.")
        if self.heard is Heard.YES and self.why_not is not None:
            raise InputRefused("stemmen.reden: laat dit weg bij wie is gehoord.")
        return self


class FindingIn(Schema):
    """One finding of a review."""

    who: Voice = Field(alias="wie", description="Wie dit zei.")
    topic: Topic = Field(alias="onderwerp")
    weight: Weight = Field(alias="oordeel")
    text: Story | None = Field(
        None, alias="tekst", description="Nodig bij 'anders' en bij een ernstige zorg."
    )

    @model_validator(mode="after")
    def _put_in_words(self) -> "FindingIn":
        needs = self.topic is Topic.OTHER or self.weight is Weight.SERIOUS
        if needs and self.text is None:
            raise InputRefused("bevindingen.tekst: ontbreekt; zeg in woorden wat er is.")
        return self


_VOICES = [
    {"wie": "kind", "gehoord": "ja"},
    {"wie": "pleegouders", "gehoord": "ja"},
    {"wie": "ouders", "gehoord": "kon niet", "reden": "Moeder was opgenomen."},
]


class ReviewIn(Schema):
    """A review that was held: who was heard, what they said, and how it stands."""

    held_on: Day = Field(alias="gehoudenOp", examples=["2026-11-20"])
    voices: list[VoiceIn] = Field(
        alias="stemmen", min_length=3, max_length=3, examples=[_VOICES],
        description="Kind, pleegouders en ouders, elk één keer.",
    )  # fmt: skip
    findings: list[FindingIn] = Field(
        default_factory=list, alias="bevindingen", max_length=MOST_FINDINGS
    )
    problems: StrictInt = Field(
        alias="problemen", ge=0, le=3, description="Nu: 0 geen, 1 licht, 2 duidelijk, 3 ernstig.",
        examples=[1],
    )  # fmt: skip
    contacts_per_month: StrictInt | StrictFloat = Field(
        alias="contactenPerMaand", ge=0, le=100, description="Met hulpverleners, per maand.",
        examples=[2],
    )  # fmt: skip
    strain: StrictInt = Field(
        alias="belasting", ge=1, le=5, description="Van de pleegouders: 1 licht, 5 te zwaar.",
        examples=[2],
    )  # fmt: skip
    safety: Safety = Field(alias="veiligheid", examples=["veilig"])
    note: Story | None = Field(None, alias="toelichting")

    @model_validator(mode="after")
    def _hear_each_once(self) -> "ReviewIn":
        if Counter(voice.who for voice in self.voices) != Counter(Voice):
            raise InputRefused("stemmen: noem kind, pleegouders en ouders elk één keer.")
        heard = {voice.who for voice in self.voices if voice.heard is Heard.YES}
        if any(finding.who not in heard for finding in self.findings):
            raise InputRefused("bevindingen.wie: van wie niet is gehoord is er geen bevinding.")
        return self


class ReviewState(StrEnum):
    """How it stands with a review (*stand*)."""

    PLANNED = "gepland"
    OVERDUE = "te laat"
    HELD = "gehouden"
    MISSED = "gemist"


class VoiceOut(Schema):
    """Whether somebody was heard, and why not."""

    who: Voice = Field(alias="wie")
    heard: Heard = Field(alias="gehoord")
    why_not: str | None = Field(alias="reden")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class ReviewFindingOut(Schema):
    """One finding of a review."""

    who: Voice = Field(alias="wie")
    topic: Topic = Field(alias="onderwerp")
    weight: Weight = Field(alias="oordeel")
    text: str | None = Field(alias="tekst")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class ReviewOut(Schema):
    """A review moment, planned or held."""

    id: UUID
    ordinal: int = Field(alias="nummer")
    due: date = Field(alias="uiterlijkOp")
    state: ReviewState = Field(alias="stand")
    held_on: date | None = Field(alias="gehoudenOp")
    voices: list[VoiceOut] = Field(alias="stemmen")
    findings: list[ReviewFindingOut] = Field(alias="bevindingen")
    problems: int | None = Field(alias="problemen")
    contacts_per_month: float | None = Field(alias="contactenPerMaand")
    strain: int | None = Field(alias="belasting")
    safety: Safety | None = Field(alias="veiligheid")
    note: str | None = Field(alias="toelichting")
    actor: str | None = Field(alias="wie")
    is_secret: bool = Field(alias="geheimePlaatsing", description=_HIDDEN)


class ReviewList(Schema):
    """The reviews of a placement, the first one first."""

    reviews: list[ReviewOut] = Field(alias="evaluaties")


class OpenReview(Schema):
    """A review that is overdue."""

    placement: PlacementLine = Field(alias="plaatsing")
    ordinal: int = Field(alias="nummer")
    due: date = Field(alias="uiterlijkOp")
    days_late: int = Field(alias="dagenTeLaat")


class OpenReviewList(Schema):
    """Overdue reviews, the latest of all first."""

    reviews: list[OpenReview] = Field(alias="evaluaties")
