"""What changed since a cursor; aliases are Dutch."""

from enum import StrEnum

from pydantic import Field

from app.families.schemas import FamilySummary
from app.http.schema import Schema


class FeedKind(StrEnum):
    """What happened to a family."""

    CHANGED = "gewijzigd"
    GONE = "overgedragen"


class FamilyChange(Schema):
    """A family that is not as it was: as it now stands, not what was done to it."""

    kind: FeedKind = Field(alias="soort")
    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    family: FamilySummary | None = Field(
        alias="pleeggezin", description="null waar het is overgedragen."
    )
    etag: str | None = Field(description="De versie om met If-Match op te wijzigen.")
    to_provider: str | None = Field(
        alias="naarAanbieder", description="Waar het is overgedragen: aan wie."
    )


class FamilyFeed(Schema):
    """A page of changes, the oldest first."""

    changes: list[FamilyChange] = Field(alias="wijzigingen")
    cursor: str = Field(
        description="Bewaar deze, ook van een lege pagina, en begin er de volgende keer mee."
    )
    has_more: bool = Field(alias="meer", description="Er is nu al een volgende pagina.")
