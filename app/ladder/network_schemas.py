"""What goes in and out of the door of the own network and JIM; Dutch names only as aliases."""

from datetime import date
from uuid import UUID

from pydantic import Field, model_validator

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.ladder import MentorResult, NetworkAnswer, NetworkPurpose, Relation
from app.ladder.schemas import Day, Note


class InquiryIn(Schema):
    """Somebody of the own network was asked; by kind of relation, never by name."""

    purpose: NetworkPurpose = Field(alias="doel")
    relation: Relation = Field(alias="relatie", examples=["oom of tante"])
    asked_on: Day | None = Field(None, alias="gevraagdOp", description="Anders vandaag.")
    answer: NetworkAnswer = Field(alias="uitkomst")
    note: Note | None = Field(None, alias="toelichting", description="Geen namen.")


class MentorIn(Schema):
    """A JIM that began beside a child."""

    relation: Relation = Field(alias="relatie")
    since: Day | None = Field(None, alias="vanaf", description="Anders vandaag.")
    note: Note | None = Field(None, alias="toelichting", description="Geen namen.")


class MentorEndIn(Schema):
    """How a JIM case ended."""

    until: Day | None = Field(None, alias="totEnMet", description="Anders vandaag.")
    result: MentorResult = Field(alias="resultaat")
    note: Note | None = Field(None, alias="toelichting")

    @model_validator(mode="after")
    def _is_an_end(self) -> "MentorEndIn":
        if self.result is MentorResult.RUNNING:
            raise InputRefused("resultaat: kies 'thuis gebleven' of 'toch uit huis'.")
        return self


# Then a referrer reads no note: it may tell where (app/security/toegang.toml, [geheim]).
_IS_SECRET = Field(
    alias="geheimePlaatsing", description="Mogen de ouders niet weten waar het kind woont?"
)


class InquiryOut(Schema):
    """Who was asked, and what the answer was."""

    id: UUID
    purpose: NetworkPurpose = Field(alias="doel")
    relation: Relation = Field(alias="relatie")
    asked_on: date = Field(alias="gevraagdOp")
    answer: NetworkAnswer = Field(alias="uitkomst")
    note: str | None = Field(alias="toelichting")
    actor: str = Field(alias="door")
    is_secret: bool = _IS_SECRET


class MentorOut(Schema):
    """A JIM case as it stands."""

    id: UUID
    relation: Relation = Field(alias="relatie")
    since: date = Field(alias="vanaf")
    until: date | None = Field(alias="totEnMet")
    result: MentorResult = Field(alias="resultaat")
    note: str | None = Field(alias="toelichting")
    is_secret: bool = _IS_SECRET


class NetworkOut(Schema):
    """The search in the own network of a child, and its JIM cases, the newest first."""

    inquiries: list[InquiryOut] = Field(alias="netwerkvragen")
    cases: list[MentorOut] = Field(alias="jimTrajecten")


class AskedCount(Schema):
    """How often somebody was asked for a purpose; nothing where it is fewer than five."""

    purpose: str = Field(alias="doel")
    answer: str = Field(alias="uitkomst")
    number: int | None = Field(alias="aantal")


class MentorFigures(Schema):
    """JIM cases that began in a period, and what they may have prevented, by an assumption."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    running: int | None = Field(alias="lopend")
    stayed_home: int | None = Field(alias="thuisGebleven")
    left_home: int | None = Field(alias="tochUitHuis")
    estimate: float | None = Field(alias="geschatVoorkomen")
    estimate_low: float | None = Field(alias="geschatVoorkomenLaag")
    estimate_high: float | None = Field(alias="geschatVoorkomenHoog")
    assumption: str = Field(alias="aanname")
    source: str = Field(alias="bron")
    uncertainty: str = Field(alias="onzekerheid")
    assumed_from: date = Field(alias="aannameVanaf")
    asked: list[AskedCount] = Field(alias="netwerkvragen")
