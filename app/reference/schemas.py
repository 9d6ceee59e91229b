"""Providers over HTTP; Dutch names are aliases, here and nowhere else."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool
from pydantic.types import StrictStr

from app.http.schema import Schema
from app.kernel.reading_days import DayStyle, day
from app.models import ProviderChangeKind
from app.reference.providers import CODE

Code = Annotated[StrictStr, Field(pattern=CODE, examples=["levvel"])]
Name = Annotated[StrictStr, Field(min_length=1, max_length=100, examples=["Levvel"])]
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]


class Clearances(StrEnum):
    """What becomes of the clearances of the families at a merger (*vgb*)."""

    LAPSE = "vervalt"
    STAY = "blijft"


class OldSystem(StrEnum):
    """What becomes of the system of a provider that merges (*systeem*)."""

    GOES_ON = "blijft"
    STOPS = "stopt"


class RetiredCodeOut(Schema):
    """A code that the provider had."""

    code: str
    until: date = Field(alias="tot", description="Vanaf deze dag geldt de nieuwe code.")


class ProviderOut(Schema):
    """A provider as it is now called."""

    code: str = Field(description="Het woord in adressen, bestanden en tokens.")
    name: str = Field(alias="naam")
    dialect: str | None = Field(
        description="Hoe zijn eigen export eruitziet; null: alleen over de API."
    )
    merged_into: str | None = Field(
        alias="opgegaanIn", description="De aanbieder waar deze nu deel van is; anders null."
    )
    merged_on: date | None = Field(alias="opgegaanPer")
    retired: list[RetiredCodeOut] = Field(
        alias="eerdereCodes", description="Blijven werken; een antwoord noemt dan de nieuwe."
    )


class ProviderList(Schema):
    """All providers, also those that have merged into another, by code."""

    providers: list[ProviderOut] = Field(alias="aanbieders")


class ProviderChangeOut(Schema):
    """One line of the history of a provider."""

    kind: ProviderChangeKind = Field(alias="soort")
    on_day: date = Field(alias="per")
    code: str
    name: str = Field(alias="naam")
    into: str | None = Field(alias="in", description="Bij een samenvoeging: waarin.")
    clearances: Clearances | None = Field(alias="vgb")
    families: int = Field(alias="gezinnen", description="Hoeveel er meegingen.")


class ProviderHistory(Schema):
    """What happened to a provider, the oldest first."""

    changes: list[ProviderChangeOut] = Field(alias="wijzigingen")


class ProviderIn(Schema):
    """A provider to be added."""

    code: Code
    name: Name = Field(alias="naam")
    dialect: Annotated[StrictStr, Field(max_length=40)] | None = Field(
        None, description="Op welke van de vijf exports de eigen export lijkt; null: geen."
    )


class RenamingIn(Schema):
    """What a provider is called from a day on."""

    name: Name | None = Field(None, alias="naam")
    code: Code | None = None
    on_day: Day = Field(alias="per", description="Niet later dan vandaag.", examples=["2026-11-01"])


class MergerIn(Schema):
    """A provider that becomes part of another one."""

    into: Code = Field(alias="in", description="De aanbieder waarin deze opgaat.")
    on_day: Day = Field(alias="per", description="Niet later dan vandaag.", examples=["2026-11-01"])
    clearances: Clearances = Field(
        alias="vgb", description="Of de verklaringen van geen bezwaar vervallen: ja als een andere "
        "rechtspersoon de gezinnen gaat begeleiden, nee als de rechtspersoon zelf overgaat.",
    )  # fmt: skip
    system: OldSystem = Field(
        alias="systeem", description="Of het oude systeem zijn gezinnen blijft doorgeven."
    )
    is_trial: StrictBool = Field(
        alias="proef", description="true: zeg wat er zou gebeuren, en verander niets."
    )


class MergedOut(Schema):
    """What a merger did, or would do."""

    source: str = Field(alias="aanbieder")
    into: str = Field(alias="in")
    families: int = Field(alias="gezinnen")
    lapsed: int = Field(alias="vervallenVerklaringen")
    is_trial: bool = Field(alias="proef")


class StoppedOut(Schema):
    """Of how many families the successor's own system now tells."""

    families: int = Field(alias="gezinnen")
