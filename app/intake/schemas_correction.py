"""What goes in and out of the door about a disputed fact."""

from typing import Any
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.intake.field_types import ShortText
from app.intake.schemas_file import Instant
from app.models.field_change import DisputedBy


class CorrectionIn(Schema):
    """One fact, as it should be."""

    field: str = Field(
        alias="veld",
        pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}(\.[A-Za-z][A-Za-z0-9_]{0,59})?$",
        description="Zoals in de aanmelding; binnen een ander veld met een punt.",
        examples=["problematiek.lvb"],
    )
    value: Any = Field(
        alias="waarde", description="De goede waarde, zoals in de aanmelding.", examples=[1]
    )
    disputed_by: DisputedBy = Field(alias="betwistDoor", examples=["ouder"])
    reason: ShortText = Field(alias="reden", examples=["Het onderzoek van mei zegt iets anders."])


class CorrectionMade(Schema):
    """What was made; short, because the answer is kept a while for a repeated request."""

    id: UUID
    field: str = Field(alias="veld")


class CorrectionOut(Schema):
    """A fact that was amended, with what it was."""

    id: UUID
    field: str = Field(alias="veld")
    was: Any = Field(description="De waarde van voor de correctie.")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="Of dit bij een geheime plaatsing wegblijft voor een verwijzer: het veld zegt "
        "waar het kind is, of een ander schreef de reden. Die ziet dan `was` en `reden` niet.",
    )
    disputed_by: DisputedBy = Field(alias="betwistDoor")
    reason: str = Field(alias="reden")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    at: Instant = Field(alias="op")


class CorrectionList(Schema):
    """All corrections of a registration, the newest first."""

    corrections: list[CorrectionOut] = Field(alias="correcties")
