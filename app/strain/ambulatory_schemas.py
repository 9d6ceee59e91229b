"""What goes in and out about ambulatory support; Dutch names are aliases, only here."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StrictStr

from app.http.schema import Schema
from app.kernel.reading import text
from app.kernel.strain import SignalKind
from app.models import LookResult

Name = Annotated[StrictStr, AfterValidator(text), Field(min_length=1, max_length=200)]


class AmbulatoryIn(Schema):
    """Ambulatory support as its provider tells of it now."""

    name: Name = Field(alias="naam", examples=["Gezinsbegeleiding thuis"])
    signs: Annotated[list[SignalKind], Field(min_length=1, max_length=7)] = Field(
        alias="bijSignalen", description="Waarvoor deze hulp is."
    )
    municipalities: Annotated[list[Name], Field(max_length=100)] = Field(
        [], alias="gemeenten", description="Waar zij komt; leeg is de hele regio."
    )
    places: Annotated[StrictInt, Field(ge=0, le=500)] = Field(alias="plaatsenVrij")
    waiting_weeks: Annotated[StrictInt, Field(ge=0, le=104)] = Field(alias="wachtweken")


class AmbulatoryOut(Schema):
    """Ambulatory support that a provider has."""

    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    name: str = Field(alias="naam")
    signs: list[str] = Field(alias="bijSignalen")
    municipalities: list[str] = Field(alias="gemeenten")
    places: int = Field(alias="plaatsenVrij")
    waiting_weeks: int = Field(alias="wachtweken")
    confirmed_on: date = Field(alias="laatstBevestigd")


class AmbulatoryList(Schema):
    """Ambulatory support by provider and number."""

    found: list[AmbulatoryOut] = Field(alias="ambulanteHulp")


class AmbulatoryRef(Schema):
    """Which support was offered."""

    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    name: str = Field(alias="naam")


class LookOut(Schema):
    """The last time that the service looked for support, and what came of it."""

    at: datetime = Field(alias="op")
    result: LookResult = Field(alias="uitkomst")


class AmbulatoryLineOut(Schema):
    """Support that fits a placement, with why; advice until somebody offers it."""

    id: UUID
    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    name: str = Field(alias="naam")
    found_on: date = Field(alias="gevondenOp")
    reasons: list[str] = Field(alias="redenen")
