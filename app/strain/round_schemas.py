"""What goes in and out of the doors of respite rounds; Dutch names are aliases, only here."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool

from app.http.schema import Schema
from app.kernel.strain import WeekendNeed
from app.strain.schemas import Day


class RoundWishIn(Schema):
    """A placement for which respite is sought, and in which weekends."""

    placement: UUID = Field(alias="plaatsing")
    need: WeekendNeed = Field(alias="ritme", examples=["om het weekend"])


class RoundIn(Schema):
    """A search for respite families; without placements: for all who ask it on the watch list."""

    placements: Annotated[list[RoundWishIn], Field(max_length=500)] | None = Field(
        None, alias="plaatsingen"
    )
    starts_on: Day | None = Field(None, alias="vanaf", description="Anders vandaag.")
    until: Day | None = Field(None, alias="totEnMet", description="Anders een half jaar later.")
    radius_km: Annotated[float, Field(strict=True, gt=0, le=200)] | None = Field(
        None, alias="straalKm", description="Vanaf het pleeggezin waar het kind woont."
    )


class RoundGoalOut(Schema):
    """What the plan of a round reaches, and the best that any plan could reach."""

    code: str
    sentence: str = Field(alias="zin")
    value: float = Field(alias="waarde")
    bound: float = Field(alias="grens")


class RefusedFamilies(Schema):
    """How many families a hard rule refuses."""

    code: str
    label: str = Field(alias="regel")
    families: int = Field(alias="gezinnen")


class NoRespiteOut(Schema):
    """Why there is no proposal."""

    sentence: str = Field(alias="zin")
    refused: list[RefusedFamilies] = Field(alias="geweigerdPerRegel")


class RespiteLineOut(Schema):
    """What a round has for a placement: a family with weekends, or why there is none."""

    placement: UUID = Field(alias="plaatsing")
    child: UUID | None = Field(alias="kind")
    number: str | None = Field(alias="aanmeldnummer")
    lives_with: str = Field(alias="woontBij")
    need: WeekendNeed = Field(alias="ritme")
    asked_since: date = Field(alias="gevraagdSinds")
    provider: str | None = Field(alias="aanbieder")
    family: str | None = Field(alias="gezin")
    family_name: str | None = Field(alias="gezinsnaam")
    weekends: list[str] | None = Field(alias="weekenden")
    km: float | None = Field(alias="afstandKm")
    reasons: list[str] = Field(alias="redenen")
    why_not: NoRespiteOut | None = Field(alias="waaromNiet")
    offer: UUID | None = Field(alias="steunaanbod")


class RoundSummary(Schema):
    """A round in a list."""

    id: UUID
    state: str = Field(alias="stand")
    is_nightly: bool = Field(alias="vanzelf")
    asked_on: date = Field(alias="gevraagdOp")
    placements: int = Field(alias="plaatsingen")
    proposed: int = Field(alias="voorgesteld")


class RoundListOut(Schema):
    """Rounds, the newest first."""

    rounds: list[RoundSummary] = Field(alias="respijtrondes")


class RoundOut(RoundSummary):
    """A round with its proposals; advice, until somebody accepts."""

    starts_on: date = Field(alias="vanaf")
    until: date = Field(alias="totEnMet")
    radius_km: float = Field(alias="straalKm")
    actor: str = Field(alias="door")
    failure: str | None = Field(alias="fout")
    proof: str | None = Field(alias="bewijs")
    policy_version: str | None = Field(alias="beleidsversie")
    goals: list[RoundGoalOut] = Field(alias="doelen")
    lines: list[RespiteLineOut] = Field(alias="voorstellen")


class AcceptIn(Schema):
    """The first weekend, where it is a later one than the round asked for."""

    since: Day | None = Field(None, alias="vanaf")
    is_agreed: StrictBool = Field(
        alias="gezinAkkoord", description="Het respijtgezin en zijn aanbieder zeiden ja."
    )
