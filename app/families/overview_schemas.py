"""What a provider's families offer as a whole, in figures; aliases are Dutch."""

from pydantic import Field

from app.http.schema import Schema
from app.kernel.words import CareForm, Rhythm


class BedsOut(Schema):
    """Places in a form and a rhythm, of families that take part in the search."""

    form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    free: int = Field(alias="vrij")
    taken: int = Field(alias="bezet")


class AvailabilityOverview(Schema):
    """How many families there are that have not stopped, and what they offer."""

    families: int = Field(alias="gezinnen")
    searched: int = Field(alias="zoekenMee", description="Actief, en niet op navragen.")
    with_place: int = Field(alias="metPlaats", description="Daarvan met een vrije plaats.")
    paused: int = Field(alias="pauze")
    to_ask: int = Field(alias="navragen", description="Ontbraken in de laatste export.")
    stale: int = Field(
        alias="eerstBevestigen", description="Te lang niets van gehoord, ook van wie pauzeert."
    )
    places: list[BedsOut] = Field(
        alias="plaatsen",
        description="Een plaats van een gezin met twee vormen telt bij allebei.",
    )
