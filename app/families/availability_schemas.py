"""What of a family changes from day to day; aliases are Dutch."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic.types import StrictStr

from app.families.schemas import Day, PlaceIn
from app.http.schema import Schema
from app.kernel.reading import text


class PauseIn(Schema):
    """Why a family takes no part in the search now."""

    reason: Annotated[StrictStr, Field(min_length=1, max_length=300), AfterValidator(text)] = Field(
        alias="reden", description="In een paar woorden.", examples=["Vakantie"]
    )
    until: Day | None = Field(
        None, alias="tot", description="Laatste dag; daarna wordt eerst om bevestiging gevraagd.",
        examples=["2026-12-31"],
    )  # fmt: skip


class AvailabilityIn(Schema):
    """What a family offers now, always whole; it also confirms the family."""

    pause: PauseIn | None = Field(alias="pauze", description="null: het gezin doet mee.")
    available_from: Day | None = Field(alias="beschikbaarVanaf", examples=["2026-12-01"])
    available_until: Day | None = Field(alias="beschikbaarTot", examples=[None])
    places: Annotated[list[PlaceIn], Field(max_length=20)] = Field(
        alias="plaatsen",
        description="Elk bed, in volgorde. isVrij false: er woont een kind, ook een van buiten de "
        "regio. Waar een hier aangemeld kind woont blijft het bed bezet.",
    )
