"""Postcode areas over HTTP: where they lie, with nothing about who lives there."""

from pydantic import Field

from app.http.schema import Schema
from app.kernel.words import AreaQuality


class AreaOut(Schema):
    """One four-digit area with its centroid in degrees (WGS 84)."""

    pc4: str = Field(examples=["1011"])
    place: str = Field(alias="plaats")
    municipality: str = Field(alias="gemeente")
    lat: float = Field(alias="breedtegraad", ge=50, le=54)
    lon: float = Field(alias="lengtegraad", ge=3, le=8)
    quality: AreaQuality = Field(
        alias="kwaliteit", description="Alleen 'exact' is zeker genoeg om een afstand op te nemen."
    )


class AreaList(Schema):
    """The areas that were asked for, and where it was asked what lies around them."""

    areas: list[AreaOut] = Field(
        alias="gebieden", description="Op volgorde van postcode; een onbekende staat er niet bij."
    )
    around: list[AreaOut] = Field(
        alias="omgeving", description="De andere gebieden op een kaart van deze; leeg als niet "
        "gevraagd.",
    )  # fmt: skip
