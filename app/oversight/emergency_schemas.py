"""What the door of emergency access is asked and tells."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StrictStr

from app.http.schema import Schema
from app.kernel.reading import Unreadable, has_odd_sign
from app.kernel.words import Gender
from app.models import EmergencyJudgement, EmergencyOccasion

SHORTEST, LONGEST = 15, 1000  # characters of a reason
MOST_HOURS = 4


def _reason(text: str) -> str:
    told = text.strip()
    if not SHORTEST <= len(told) <= LONGEST:
        raise Unreadable(f"telt niet {SHORTEST} tot {LONGEST} tekens; zeg waarom dit nu nodig is")
    if has_odd_sign(told, allowed="\n\r\t"):
        raise Unreadable("bevat een onleesbaar teken; typ de tekst opnieuw")
    return told


Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
Reason = Annotated[StrictStr, AfterValidator(_reason)]


class EmergencyIn(Schema):
    """Ask to see a file that your role does not show, because it cannot wait."""

    number: StrictStr = Field(
        alias="aanmeldnummer", pattern="^[A-Za-z0-9._/-]{1,40}$", examples=["AM-2026-1000"]
    )
    occasion: EmergencyOccasion = Field(alias="aanleiding", examples=["acute onveiligheid"])
    reason: Reason = Field(
        alias="reden",
        repr=False,
        description="In eigen woorden; een coördinator leest het na. Komt niet in het logboek.",
        examples=["Het kind staat vannacht bij ons gezin voor de deur."],
    )
    hours: Annotated[StrictInt, Field(ge=1, le=MOST_HOURS)] = Field(
        2, alias="uren", description="Daarna sluit het vanzelf."
    )


class EmergencyJudgementIn(Schema):
    """What you say of it afterwards."""

    judgement: EmergencyJudgement = Field(alias="oordeel", examples=["terecht"])
    because: Reason | None = Field(
        None, alias="toelichting", repr=False, description="Verplicht bij onterecht."
    )


class EmergencyOut(Schema):
    """One time that somebody saw a file in need, and what was said of it."""

    id: UUID
    child: UUID = Field(alias="kind")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    provider: str | None = Field(alias="aanbieder")
    organisation: str | None = Field(alias="organisatie")
    occasion: EmergencyOccasion = Field(alias="aanleiding")
    reason: str = Field(alias="reden")
    opened_at: Instant = Field(alias="geopendOp")
    until: Instant = Field(alias="totEnMet")
    closed_at: Instant | None = Field(alias="geslotenOp")
    is_open: bool = Field(alias="isOpen")
    judgement: EmergencyJudgement | None = Field(alias="oordeel")
    judged_by: str | None = Field(alias="beoordeeldDoor")
    judged_at: Instant | None = Field(alias="beoordeeldOp")
    because: str | None = Field(alias="toelichting")


class EmergencyList(Schema):
    """The newest first; the header Link leads to the next page."""

    accesses: list[EmergencyOut] = Field(alias="noodtoegangen")


class HomeNow(Schema):
    """Where a child lives now, and how to call there."""

    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    phone: str | None = Field(alias="telefoon")


class EmergencyFile(Schema):
    """What somebody needs tonight of a child; no BSN and no story."""

    id: UUID
    number: str = Field(alias="aanmeldnummer")
    first_name: str | None = Field(alias="voornaam")
    born_on: date = Field(alias="geboortedatum")
    gender: Gender = Field(alias="geslacht")
    referrer: str = Field(alias="verwijzer")
    legal_frame: str = Field(alias="juridischKader")
    secret_placement: bool = Field(alias="geheimePlaatsing")
    allergies: list[str] = Field(alias="allergieen")
    languages: list[str] = Field(alias="talen")
    needs_wheelchair: bool = Field(alias="rolstoel")
    problems: dict[str, int] = Field(alias="problematiek", description="Ernst van 1 tot 3.")
    postcode: str
    staying_now: str = Field(alias="verblijftNu")
    home: HomeNow | None = Field(alias="woontBij")
    until: Instant = Field(alias="totEnMet", description="Dan sluit deze toegang.")
