"""What a family's provider is asked and answers; which fields come when, the access file says."""

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.phases import DeclineReason, MessageKind, NoBy, Phase
from app.kernel.words import (
    CareForm,
    Gender,
    OtherChildrenWish,
    Rhythm,
    SiblingWish,
    Urgency,
)
from app.models import BegunState
from app.steps.schemas import Instant, Story


class Wanted(StrEnum):
    """What a provider is asked now (*gevraagd*)."""

    ANSWER = "antwoord op het voorstel"
    CONSENT = "akkoord voor de plaatsing"


class FitPoint(Schema):
    """One point of a child with a family: why it fits, what asks attention. Never a figure."""

    kind: str = Field(alias="soort", description="past of zorgpunt")
    sentence: str = Field(alias="zin")


class ToldMessage(Schema):
    """What was said so far about this question."""

    kind: MessageKind = Field(alias="soort")
    text: str | None = Field(alias="tekst")
    created_at: Instant = Field(alias="op")


class ChildStory(Schema):
    """The child's story without its name: texts only."""

    voice: str | None = Field(alias="stemVanHetKind")
    problems: list[str] = Field(alias="problemen")
    wishes: list[str] = Field(alias="wensen")


class AskedSchool(Schema):
    """Where the child goes to school."""

    postcode: str
    keep: bool = Field(alias="behouden")


class MedicalFile(Schema):
    """What carers must know of the child's health."""

    severity: int = Field(alias="ernst", ge=0, le=3)
    allergies: list[str] = Field(alias="allergieen")
    sdq_total: int | None = Field(alias="sdqTotaal")


class FamilyQuestion(Schema):
    """A question to a family through its provider; it holds what its phase opens, no more."""

    id: UUID
    family: str = Field(alias="gezin", description="Uw eigen nummer van het gezin.")
    phase: Phase = Field(alias="fase")
    wanted: Wanted | None = Field(alias="gevraagd", description="Wat nu van u wordt gevraagd.")
    begun_on: date = Field(alias="sinds")
    held_until: date = Field(alias="totEnMet")
    is_request: bool = Field(alias="verzoek")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="De ouders mogen niet weten waar het kind woont: houd adres en school geheim.",
    )
    age: int = Field(alias="leeftijd", ge=0)
    gender: Gender = Field(alias="geslacht")
    area: str = Field(alias="gebied", description="Gemeente en eerste twee cijfers.")
    care_form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    urgency: Urgency = Field(alias="urgentie")
    needed_from: date = Field(alias="nodigVanaf")
    expected_months: int = Field(alias="verwachteDuurMaanden")
    severity: dict[str, int] = Field(alias="problematiek", description="Ernst van 0 tot 3.")
    siblings: int = Field(alias="broersZussen", ge=0)
    sibling_wish: SiblingWish | None = Field(alias="broersZussenWens")
    other_children: OtherChildrenWish = Field(alias="andereKinderen")
    needs_smoke_free: bool = Field(alias="rookvrijNodig")
    needs_no_pets: bool = Field(alias="zonderHuisdieren")
    needs_wheelchair: bool = Field(alias="rolstoel")
    languages: list[str] = Field(alias="talen")
    visits_per_month: float = Field(alias="bezoekPerMaand")
    fit: list[FitPoint] = Field(alias="passendheid")
    messages: list[ToldMessage] = Field(alias="berichten")
    story: ChildStory = Field(alias="verhaal")
    first_name: str = Field(alias="voornaam", repr=False)
    school: AskedSchool | None
    medical: MedicalFile = Field(alias="medisch")
    bsn: str | None = Field(repr=False, description="null zolang het niet bekend is.")


class QuestionLine(Schema):
    """One line of the list."""

    id: UUID
    family: str = Field(alias="gezin")
    phase: Phase = Field(alias="fase")
    wanted: Wanted | None = Field(alias="gevraagd")
    begun_on: date = Field(alias="sinds")
    held_until: date = Field(alias="totEnMet")
    care_form: CareForm = Field(alias="vorm")
    urgency: Urgency = Field(alias="urgentie")
    age: int = Field(alias="leeftijd", ge=0)


class QuestionList(Schema):
    """One page of questions that run, the oldest first."""

    questions: list[QuestionLine] = Field(alias="gezinsvragen")


class EndedQuestion(Schema):
    """A question that is over: what came of it, and nothing about the child."""

    id: UUID
    family: str = Field(alias="gezin")
    phase: Phase = Field(alias="fase", description="Hoe ver het kwam.")
    begun_on: date = Field(alias="sinds")
    ended_at: Instant | None = Field(
        alias="beeindigdOp", description="null: de termijn ging voorbij, tot en met totEnMet."
    )
    held_until: date = Field(alias="totEnMet")
    outcome: BegunState = Field(alias="uitkomst")
    by: NoBy | None = Field(alias="door", description="Wie nee zei.")
    decline_reason: DeclineReason | None = Field(alias="afwijsreden")


class EndedList(Schema):
    """One page of questions that are over, the newest first."""

    questions: list[EndedQuestion] = Field(alias="gezinsvragen")


class AnswerIn(Schema):
    """A provider's answer to a question about its family."""

    answer: Literal[MessageKind.YES, MessageKind.NO, MessageKind.QUESTION] = Field(
        alias="antwoord",
        description="ja: op het voorstel, of voor de plaatsing tijdens de kennismaking.",
        examples=["ja"],
    )
    by: Literal[NoBy.FAMILY, NoBy.PROVIDER] | None = Field(
        None, alias="door", description="Bij nee: wie nee zegt; anders de aanbieder."
    )
    decline_reason: DeclineReason | None = Field(
        None, alias="afwijsreden", description="Alleen, en altijd, bij nee."
    )
    text: Story | None = Field(
        None, alias="tekst", description="De vraag, of een toelichting; nodig bij nee om 'anders'.",
        examples=["Het gezin kijkt ernaar uit."],
    )  # fmt: skip

    @model_validator(mode="after")
    def _refuse_odd(self) -> "AnswerIn":
        is_no = self.answer is MessageKind.NO
        if is_no != (self.decline_reason is not None):
            raise InputRefused("afwijsreden: hoort alleen, en altijd, bij nee.")
        if self.by is not None and not is_no:
            raise InputRefused("door: hoort alleen bij nee; laat het weg.")
        needs_text = (
            self.answer is MessageKind.QUESTION or self.decline_reason is DeclineReason.OTHER
        )
        if needs_text and self.text is None:
            raise InputRefused("tekst: ontbreekt; stel de vraag, of licht 'anders' toe.")
        return self


class AnswerOut(Schema):
    """What was recorded; after a no the question itself is there no more."""

    question_id: UUID = Field(alias="gezinsvraag")
    answer: MessageKind = Field(alias="antwoord")
    phase: Phase = Field(alias="fase")
    is_consent: bool = Field(
        alias="telt", description="Of dit het akkoord van de aanbieder voor de plaatsing is."
    )
