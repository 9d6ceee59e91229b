"""What goes out of the desk about the region: numbers to call, and the list for on paper."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.crisis.words import Flag
from app.http.schema import Schema


class EscalationStep(Schema):
    """Whom to call when there is no bed, in order."""

    who: Annotated[str, Field(alias="wie")]
    phone: Annotated[str | None, Field(alias="telefoon")]
    when: Annotated[str, Field(alias="wanneer")]


class NumberOut(Schema):
    """A number to call at night."""

    provider: Annotated[str, Field(alias="aanbieder")]
    name: Annotated[str, Field(alias="naam")]
    phone: Annotated[str | None, Field(alias="telefoon")]
    remark: Annotated[str, Field(alias="opmerking")]
    updated_at: Annotated[datetime | None, Field(alias="gewijzigdOp")]


class FamilyNumberOut(Schema):
    """Since when the number of a family stands; the number itself is for who is on duty."""

    updated_at: Annotated[
        datetime | None,
        Field(alias="gewijzigdOp", description="null: er staat nog geen nummer."),
    ]


class NumberList(Schema):
    """The duty numbers of all providers."""

    numbers: Annotated[list[NumberOut], Field(alias="nummers")]


class ListedHome(Schema):
    """A family on the list that is printed for when the network is down."""

    provider: Annotated[str, Field(alias="aanbieder")]
    family: Annotated[str, Field(alias="gezin")]
    name: Annotated[str, Field(alias="naam")]
    place: Annotated[str, Field(alias="woonplaats")]
    phone: Annotated[str | None, Field(alias="telefoon")]
    duty_phone: Annotated[str | None, Field(alias="dienstAanbieder")]
    free: Annotated[int, Field(alias="bedden")]
    min_age: Annotated[int, Field(alias="leeftijdVan")]
    max_age: Annotated[int, Field(alias="leeftijdTotEnMet")]
    wanted: Annotated[str, Field(alias="voorkeurGeslacht")]
    together: Annotated[
        int, Field(alias="kinderenSamen", description="Zoveel kinderen kunnen er vannacht samen.")
    ]
    pets: Annotated[list[str], Field(alias="huisdieren")]
    smokes: Annotated[bool, Field(alias="rookt")]
    wheelchair: Annotated[
        bool, Field(alias="rolstoel", description="Is het huis toegankelijk voor een rolstoel?")
    ]
    refuses: Annotated[
        list[str], Field(alias="nietBij", description="Problematiek waarop het gezin nee zei.")
    ]
    not_with: Annotated[
        list[Flag],
        Field(
            alias="nietBijVeiligheid",
            description="Wat er bij veiligheid niet mag spelen: dan staat het gezin niet op de "
            "bellijst van een melding.",
        ),
    ]
    concerns: Annotated[list[str], Field(alias="letOp")]


class CrisisList(Schema):
    """All free crisis beds with their numbers, and whom to call when there is none."""

    made_at: Annotated[datetime, Field(alias="gemaaktOp")]
    homes: Annotated[list[ListedHome], Field(alias="gezinnen")]
    escalation: Annotated[list[EscalationStep], Field(alias="escalatie")]
