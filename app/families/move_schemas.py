"""A family that goes to another provider, and the history of that; aliases are Dutch."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic.types import StrictStr

from app.families.schemas import Day, Number
from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.reading import text


class FamilyMoveIn(Schema):
    """To whom a family goes; only a person may say so."""

    provider: Annotated[StrictStr, Field(pattern=PROVIDER_CODE)] = Field(
        alias="aanbieder", description="De nieuwe aanbieder.", examples=["youke"]
    )
    number: Number = Field(
        alias="nummer", description="Het nummer dat de nieuwe aanbieder eraan geeft.",
        examples=["YOU-20417"],
    )  # fmt: skip
    on_day: Day = Field(
        alias="per", description="Vanaf welke dag; niet later dan vandaag.", examples=["2026-11-01"]
    )
    reason: Annotated[StrictStr, Field(min_length=1, max_length=500), AfterValidator(text)] = Field(
        alias="reden", description="Waarom; zonder persoonsgegevens.", examples=["Verhuisd"]
    )


class FamilyMoveOut(Schema):
    """One line of the history of a family: from whom to whom."""

    from_provider: str = Field(alias="vanAanbieder")
    from_number: str = Field(alias="vanNummer")
    to_provider: str = Field(alias="naarAanbieder")
    to_number: str = Field(alias="naarNummer")
    on_day: date = Field(alias="per")
    is_merger: bool = Field(
        alias="samenvoeging", description="De hele aanbieder ging op in een andere."
    )
    clearance_until: date | None = Field(
        alias="vgbVervallen", description="De verklaring die daarmee verviel gold tot deze dag."
    )
    reason: str = Field(alias="reden")
    actor: str = Field(alias="door")


class FamilyMoveList(Schema):
    """The providers that a family has had, the oldest move first."""

    moves: list[FamilyMoveOut] = Field(alias="overgangen")
