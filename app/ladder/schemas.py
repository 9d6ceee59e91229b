"""What goes in and out of the doors of settings and the ladder; Dutch names only as aliases."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StrictStr, model_validator

from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import InputRefused
from app.kernel.ladder import LadderReason, Rung, SettingKind
from app.kernel.reading import postcode, reference_number, text
from app.kernel.reading_days import DayStyle, day
from app.kernel.words import GenderPreference

Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Note = Annotated[StrictStr, AfterValidator(text), Field(max_length=2000)]
Name = Annotated[StrictStr, AfterValidator(text), Field(max_length=100)]
Age = Annotated[StrictInt, Field(ge=0, le=23)]
Count = Annotated[StrictInt, Field(ge=0, le=200)]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
Postcode = Annotated[StrictStr, AfterValidator(postcode)]
Code = Annotated[StrictStr, Field(pattern=PROVIDER_CODE)]


class SettingIn(Schema):
    """A care setting as its provider tells of it now."""

    kind: SettingKind = Field(alias="soort")
    name: Name = Field(alias="naam", examples=["De Linde"])
    postcode: Postcode = Field(examples=["1012AB"])
    place_name: Name = Field(alias="woonplaats")
    min_age: Age = Field(alias="leeftijdVan")
    max_age: Age = Field(alias="leeftijdTotEnMet")
    gender: GenderPreference = Field(GenderPreference.NONE, alias="voorkeurGeslacht")
    places: Count = Field(alias="plaatsenTotaal")
    free: Count = Field(alias="plaatsenVrij", description="Zoals het nu is; wie er via deze dienst "
                        "woont telt niet als vrij.")  # fmt: skip
    available_from: Day | None = Field(None, alias="beschikbaarVanaf")

    @model_validator(mode="after")
    def _in_order(self) -> "SettingIn":
        if self.min_age > self.max_age:
            raise InputRefused("leeftijdTotEnMet: ligt onder leeftijdVan; draai ze om.")
        if self.free > self.places:
            raise InputRefused("plaatsenVrij: is meer dan plaatsenTotaal; verbeter een van beide.")
        return self


class SettingOut(Schema):
    """A care setting, with what is free now."""

    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    kind: SettingKind = Field(alias="soort")
    name: str = Field(alias="naam")
    postcode: str
    place_name: str = Field(alias="woonplaats")
    min_age: int = Field(alias="leeftijdVan")
    max_age: int = Field(alias="leeftijdTotEnMet")
    gender: GenderPreference = Field(alias="voorkeurGeslacht")
    places: int = Field(alias="plaatsenTotaal")
    free: int = Field(alias="plaatsenVrij")
    available_from: date | None = Field(alias="beschikbaarVanaf")
    confirmed_on: date = Field(alias="laatstBevestigd")


class SettingList(Schema):
    """Care settings by provider and number."""

    settings: list[SettingOut] = Field(alias="zorgsettingen")


class SettingKeyIn(Schema):
    """Which care setting."""

    provider: Code = Field(alias="aanbieder")
    number: Number = Field(alias="nummer")


class WhyNotIn(Schema):
    """Why a rung that is more like home was not taken."""

    rung: Rung = Field(alias="trede")
    reason: Note = Field(alias="reden")


class StepTakenIn(Schema):
    """A step on the ladder that a person took for a child."""

    rung: Rung = Field(alias="trede")
    setting: SettingKeyIn | None = Field(
        None, alias="instelling", description="Nodig bij gezinshuis, leefhuis en residentieel."
    )
    day: Day | None = Field(None, alias="dag", description="Anders vandaag.")
    reason: LadderReason = Field(alias="reden")
    note: Note | None = Field(None, alias="toelichting", description="Nodig bij 'anders'.")
    why_not: Annotated[list[WhyNotIn], Field(max_length=5)] = Field(
        default_factory=list, alias="waaromNietHoger",
        description="Voor elke trede die meer thuis is dan deze.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _explain_another(self) -> "StepTakenIn":
        if self.reason is LadderReason.OTHER and self.note is None:
            raise InputRefused("toelichting: ontbreekt; licht 'anders' toe.")
        return self


class EndStayIn(Schema):
    """The last day of a stay, and why it ends."""

    until: Day | None = Field(None, alias="totEnMet", description="Anders vandaag.")
    reason: Note = Field(alias="reden")


class WhyNotOut(Schema):
    """Why a rung was not taken."""

    rung: str = Field(alias="trede")
    reason: str = Field(alias="reden")


class StepTakenOut(Schema):
    """A step that was taken."""

    id: UUID
    rung: Rung = Field(alias="trede")
    setting: str | None = Field(alias="instelling")
    day: date = Field(alias="dag")
    reason: LadderReason = Field(alias="reden")
    note: str | None = Field(alias="toelichting")
    why_not: list[WhyNotOut] = Field(alias="waaromNietHoger")
    actor: str = Field(alias="door")


class StayOut(Schema):
    """A stay in a care setting. search_goes_on: a family is looked for meanwhile."""

    id: UUID
    child: UUID = Field(alias="kind")
    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    name: str = Field(alias="naam")
    setting_kind: SettingKind = Field(alias="soort")
    since: date = Field(alias="vanaf")
    until: date | None = Field(alias="totEnMet")
    end_reason: str | None = Field(alias="redenEinde")
    search_goes_on: bool = Field(alias="zoekenLoopt")
    sentence: str = Field(alias="zin")


class FittingSetting(Schema):
    """A care setting with a free place for this child."""

    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    name: str = Field(alias="naam")
    place_name: str = Field(alias="woonplaats")
    free: int = Field(alias="plaatsenVrij")
    km: float | None = Field(alias="afstandKm", description="Vanaf huis.")
    confirmed_on: date = Field(alias="laatstBevestigd")


class RungOut(Schema):
    """One rung: whether it has a place, and what is known of it."""

    rung: Rung = Field(alias="trede")
    is_allowed: bool = Field(alias="magVolgensMachtiging")
    has_place: bool | None = Field(
        alias="heeftPlaats", description="null: dat weet de dienst niet."
    )
    sentences: list[str] = Field(alias="zinnen")
    settings: list[FittingSetting] = Field(alias="instellingen")


class LadderOut(Schema):
    """The ladder of a child, rung by rung, with the steps that were taken."""

    child: UUID = Field(alias="kind")
    number: str = Field(alias="aanmeldnummer")
    furthest: Rung = Field(alias="nietVerderDan")
    allowed: str = Field(alias="machtiging")
    next_rung: Rung | None = Field(
        alias="volgendeTrede",
        description=(
            "De eerste trede na pleeggezin met een plaats die mag; null zolang niet bekend is dat "
            "eigen netwerk en pleeggezin geen plaats hebben."
        ),
    )
    rungs: list[RungOut] = Field(alias="treden")
    steps: list[StepTakenOut] = Field(alias="gezet")
    stay: StayOut | None = Field(alias="verblijf")


class LadderCount(Schema):
    """How many steps; nothing where it is fewer than five."""

    name: str = Field(alias="naam")
    number: int | None = Field(alias="aantal")


class LadderFigures(Schema):
    """Steps on the ladder in a period, counted by one thing at a time."""

    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    steps: int | None = Field(alias="stappen")
    stays: int | None = Field(alias="lopendeVerblijven")
    by_rung: list[LadderCount] = Field(alias="perTrede")
    by_reason: list[LadderCount] = Field(alias="perReden")
    by_form: list[LadderCount] = Field(alias="perVorm")
    by_age: list[LadderCount] = Field(alias="perLeeftijd")
