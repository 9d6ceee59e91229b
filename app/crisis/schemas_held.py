"""What the provider of a family is told of the child for whom a bed there is locked."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.crisis.schemas import SiblingOut
from app.crisis.words import Flag
from app.http.schema import Schema
from app.kernel.words import Gender


class HeldBed(Schema):
    """The beds that a family keeps for a report of the night: who comes, without a name."""

    id: UUID = Field(description="De crisismelding, om te noemen als u de crisisdienst belt.")
    family: str = Field(alias="gezin", description="Uw eigen nummer van het gezin.")
    beds: int = Field(alias="bedden", description="Hoeveel bedden er vaststaan.")
    since: datetime = Field(alias="sinds")
    age: int = Field(alias="leeftijd")
    gender: Gender = Field(alias="geslacht")
    flags: list[Flag] = Field(alias="veiligheid")
    siblings: list[SiblingOut] = Field(
        alias="broersZussen", description="Van de melding; niet allen hoeven in dit gezin te komen."
    )
    area: str = Field(
        alias="gebiedNu", description="Waar het kind nu is: de eerste twee cijfers, geen postcode."
    )
    call_back: str = Field(alias="terugbelnummer")
    file_due: date | None = Field(
        alias="dossierUiterlijk", description="Daarna staat het kind bij uw plaatsingen."
    )


class HeldBedList(Schema):
    """All locked beds of the asker's own families, the longest first."""

    beds: list[HeldBed] = Field(alias="crisisbedden")
