"""What goes in and out of a "what if"; the Dutch names are aliases, only here."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from app.http.schema import Schema
from app.kernel.words import Rhythm
from app.proposals.question_schemas import Price

MOST_CHANGES = 50
Number = Annotated[StrictStr, Field(min_length=1, max_length=60)]
Child = Annotated[
    Number, Field(alias="kind", description="Het aanmeldnummer.", examples=["AM-2026-1000"])
]
Provider = Annotated[Number, Field(alias="aanbieder", examples=["spirit"])]
Family = Annotated[
    Number,
    Field(alias="gezin", description="Het eigen nummer van de aanbieder.", examples=["SPI-10013"]),
]
Places = Annotated[StrictInt, Field(ge=1, le=20, description="Hoeveel plaatsen.")]
Value = StrictBool | StrictInt | StrictFloat | StrictStr | list[StrictStr] | None


class PinIn(Schema):
    """Bring this child to this family."""

    # Not "kind": that is the Dutch name of the child beside it.
    what: Literal["vastzetten"] = Field(alias="soort")
    child: Child
    provider: Provider
    family: Family


class ForbidIn(Schema):
    """Never bring this child to this family."""

    what: Literal["uitsluiten"] = Field(alias="soort")
    child: Child
    provider: Provider
    family: Family


class PlacesIn(Schema):
    """Hold places of a family back, or add some."""

    what: Literal["plaats achterhouden", "plaats erbij"] = Field(alias="soort")
    provider: Provider
    family: Family
    number: Places = Field(1, alias="aantal")
    rhythm: Rhythm = Field(Rhythm.FULL_TIME, alias="ritme")


class ChildFactIn(Schema):
    """Another fact of a child."""

    what: Literal["feit van kind"] = Field(alias="soort")
    child: Child
    name: Number = Field(
        alias="veld",
        description="Bijvoorbeeld urgentie, vorm, nodigVanaf, rolstoel, allergieen of "
        "problematiek.hechting.",
        examples=["problematiek.hechting"],
    )
    value: Value = Field(alias="waarde", description="De nieuwe waarde.", examples=[1])


class FamilyFactIn(Schema):
    """Another fact of a family."""

    what: Literal["feit van gezin"] = Field(alias="soort")
    provider: Provider
    family: Family
    name: Number = Field(
        alias="veld",
        description="Bijvoorbeeld leeftijdVan, leeftijdTotEnMet, voorkeurGeslacht, "
        "beschikbaarVanaf of bereidheid.hechting.",
        examples=["leeftijdTotEnMet"],
    )
    value: Value = Field(alias="waarde", description="De nieuwe waarde.", examples=[14])


ChangeIn = Annotated[
    PinIn | ForbidIn | PlacesIn | ChildFactIn | FamilyFactIn, Field(discriminator="what")
]


class WhatIfIn(Schema):
    """Changes that all hold at once."""

    changes: list[ChangeIn] = Field(
        alias="wijzigingen",
        min_length=1,
        max_length=MOST_CHANGES,
        examples=[[{"soort": "plaats erbij", "aanbieder": "spirit", "gezin": "SPI-10013"}]],
    )


class Placed(Schema):
    """Where the new plan brings a child; null for nowhere."""

    number: str = Field(alias="aanmeldnummer")
    family: str | None = Field(alias="gezin")
    provider: str | None = Field(alias="aanbieder")


class WhatIfOut(Schema):
    """The new plan beside that of the run; nothing of it is stored."""

    run_id: UUID = Field(alias="matchrun")
    difference: Price = Field(alias="verschil")
    plan: list[Placed]
