"""A family as its provider tells it over HTTP, and as the service shows it; aliases are Dutch.

The bounds are those of the exports (`readers/numbers.py`), so that a family that comes by file and
one that comes by HTTP are the same family.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictFloat, StrictInt
from pydantic.types import StrictStr

from app.http.schema import Schema
from app.kernel.reading import lower_text, optional_text, postcode, reference_number, text
from app.kernel.reading_days import FIRST_YEAR, DayStyle, day, instant
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)
from app.models import Rhythm

MAX_ITEMS = 50
Text = Annotated[StrictStr, AfterValidator(text)]
Number = Annotated[StrictStr, AfterValidator(reference_number)]
Postcode = Annotated[StrictStr, AfterValidator(postcode)]
Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Instant = Annotated[datetime, BeforeValidator(instant(DayStyle.ISO))]
Year = Annotated[StrictInt, Field(ge=FIRST_YEAR, le=2100)]
Years = Annotated[list[Year], Field(max_length=MAX_ITEMS)]
Words = Annotated[list[Text], Field(max_length=MAX_ITEMS)]
Places = Annotated[StrictInt, Field(ge=0, le=20)]
Age = Annotated[StrictInt, Field(ge=0, le=23)]
Pet = Literal["hond", "kat", "overig"]  # PETS of the kernel; a test compares them


class FamilyFields(Schema):
    """What a provider tells of a family, by the names of the canonical record."""

    name: Text = Field(
        alias="naam", repr=False, description="Achternaam, voor wie belt.", examples=["Jansen"]
    )
    kind: FamilyKind = Field(
        alias="soort", description="Geworven, of uit het netwerk van één kind.",
        examples=["bestand"],
    )  # fmt: skip
    status: FamilyStatus = Field(
        description="Alleen een gezin dat actief is wordt voorgesteld.", examples=["actief"]
    )
    postcode: Postcode = Field(
        description="Zes tekens, of alleen de vier cijfers.", examples=["1011AB"]
    )
    place_name: Annotated[StrictStr, AfterValidator(optional_text)] = Field(
        alias="woonplaats", description="Mag leeg zijn.", examples=["Amsterdam"]
    )
    carers_born: Years = Field(
        alias="pleegoudersGeboren", description="Geboortejaar per pleegouder.",
        examples=[[1980, 1982]],
    )  # fmt: skip
    own_children_born: Years = Field(
        alias="eigenKinderenGeboren", description="Geboortejaar per eigen kind in huis.",
        examples=[[2015]],
    )  # fmt: skip
    foster_children_born: Years = Field(
        alias="pleegkinderenGeboren", description="Geboortejaar per pleegkind in huis.",
        examples=[[]],
    )  # fmt: skip
    forms: Annotated[list[CareForm], Field(max_length=MAX_ITEMS)] = Field(
        alias="vormen", description="Ten minste één bij een actief gezin.",
        examples=[["opvoeding", "deeltijd"]],
    )  # fmt: skip
    places_total: Places = Field(
        alias="plaatsenTotaal", description="Bedden voor pleegkinderen, bezet of vrij.",
        examples=[2],
    )  # fmt: skip
    places_free: Places = Field(
        alias="plaatsenVrij", description="Daarvan vrij; een plaats waar een kind woont dat hier "
        "is aangemeld komt alleen vrij door een besluit.", examples=[1],
    )  # fmt: skip
    available_from: Day | None = Field(
        None, alias="beschikbaarVanaf", description="Eerste dag; null is meteen.",
        examples=["2026-10-01"],
    )  # fmt: skip
    available_until: Day | None = Field(
        None, alias="beschikbaarTot", description="Laatste dag; null is onbepaald.", examples=[None]
    )
    min_age: Age = Field(alias="leeftijdVan", description="In jaren.", examples=[0])
    max_age: Age = Field(
        alias="leeftijdTotEnMet", description="In jaren, de genoemde leeftijd hoort erbij.",
        examples=[12],
    )  # fmt: skip
    gender_preference: GenderPreference = Field(
        alias="voorkeurGeslacht", description="Welke kinderen de pleegouders opnemen.",
        examples=["geen voorkeur"],
    )  # fmt: skip
    max_siblings: Annotated[StrictInt, Field(ge=1, le=20)] = Field(
        alias="maxBroersZussen", description="Hoeveel kinderen uit één gezin samen.", examples=[2]
    )
    willingness: dict[Problem, Willingness] = Field(
        alias="bereidheid", description="Antwoord per soort problematiek; wat ontbreekt is niet "
        "gevraagd, en dat is geen nee.",
        examples=[{"externaliserend": "met steun", "lvb": "ja", "middelen": "nee"}],
    )  # fmt: skip
    experience_years: Annotated[StrictFloat, Field(ge=0, le=80, allow_inf_nan=False)] = Field(
        alias="ervaringJaren", description="Jaren als pleeggezin.", examples=[2.5]
    )
    trainings: Words = Field(
        alias="trainingen", description="Afgeronde trainingen.", examples=[["kinder-ehbo"]]
    )
    cooperation: Annotated[StrictInt, Field(ge=1, le=5)] | None = Field(
        None, alias="samenwerkingOuders", description="1 moeizaam tot 5 goed; null is onbekend.",
        examples=[4],
    )  # fmt: skip
    pets: Annotated[list[Pet], Field(max_length=MAX_ITEMS)] = Field(
        alias="huisdieren", description="Wat er in huis leeft.", examples=[["kat"]]
    )
    smokes: StrictBool = Field(alias="rookt", description="Rookt iemand in huis?", examples=[False])
    wheelchair: StrictBool = Field(
        alias="rolstoel", description="Is het huis toegankelijk voor een rolstoel?",
        examples=[False],
    )  # fmt: skip
    languages: Words = Field(
        alias="talen", description="Talen die thuis gesproken worden.", examples=[["Nederlands"]]
    )
    faith: Annotated[StrictStr, AfterValidator(lower_text)] | None = Field(
        None, alias="geloof", description="'geen' waar er geen is; null is onbekend.",
        examples=["geen"],
    )  # fmt: skip
    clearance_until: Day | None = Field(
        None, alias="vgbGeldigTot", description="Laatste dag van de verklaring van geen bezwaar.",
        examples=["2028-01-01"],
    )  # fmt: skip
    prepared: StrictBool = Field(
        alias="voorbereid", description="Is de voorbereiding afgerond?", examples=[True]
    )
    respite: StrictBool = Field(
        alias="respijt", description="Kan het gezin een ander gezin ontlasten?", examples=[False]
    )
    network_for: Number | None = Field(
        None, alias="netwerkVoor", description="Bij een netwerkgezin: het aanmeldnummer van het "
        "kind; anders null.", examples=[None],
    )  # fmt: skip
    updated_at: Instant = Field(
        alias="gewijzigdOp", description="Wanneer de aanbieder dit vastlegde; zonder verschil met "
        "UTC is de klok van Amsterdam bedoeld.", examples=["2026-10-20T08:05:00+02:00"],
    )  # fmt: skip


class PlaceIn(Schema):
    """One bed as the provider tells it."""

    rhythm: Rhythm = Field(
        Rhythm.FULL_TIME, alias="ritme", description="Wanneer de plaats te gebruiken is."
    )
    is_free: StrictBool = Field(alias="isVrij", description="Of er nu geen kind woont.")
    forms: Annotated[list[CareForm], Field(max_length=4)] = Field(
        default=[], alias="vormen", examples=[["crisis"]],
        description="Voor welke vormen van het gezin dit bed er is; leeg: voor alle.",
    )  # fmt: skip
    available_from: Day | None = Field(
        None, alias="beschikbaarVanaf", description="Van dit bed alleen.", examples=["2026-12-01"]
    )
    available_until: Day | None = Field(
        None, alias="beschikbaarTot", examples=[None],
        description="Laatste dag van dit bed alleen; een kind krijgt het alleen als het naar "
        "verwachting niet langer blijft.",
    )  # fmt: skip
    from_outside: StrictBool = Field(
        default=False, alias="vanBuitenDeRegio",
        description="Er woont een kind dat van buiten de regio is geplaatst; het telt mee als "
        "bezet.",
    )  # fmt: skip


class FamilyIn(FamilyFields):
    """A family as its provider tells it now: always whole, under the number in the address."""

    places: Annotated[list[PlaceIn], Field(max_length=20)] | None = Field(
        None, alias="plaatsen", description="Per bed, waar bedden verschillen; het "
        "aantal is dan plaatsenTotaal, en het aantal dat vrij is plaatsenVrij.",
        examples=[[{"ritme": "oneven weekenden", "isVrij": True},
                   {"ritme": "voltijd", "isVrij": False}]],
    )  # fmt: skip


CONFIRM_FIRST = Field(
    alias="eerstBevestigen",
    description="Sinds deze dag is er te lang niets van het gezin gehoord: bel eerst. null: niet "
    "nodig.",
)


LAST_HEARD = Field(
    alias="laatstGehoordOp",
    description="Het laatste van: bevestigd, door de aanbieder gewijzigd, in een volledige opgave.",
)


class PlaceOut(Schema):
    """One bed that the family offers."""

    ordinal: int = Field(alias="volgnummer")
    rhythm: Rhythm = Field(alias="ritme")
    is_free: bool = Field(alias="isVrij")
    forms: list[CareForm] = Field(alias="vormen", description="Leeg: alle vormen van het gezin.")
    available_from: date | None = Field(alias="beschikbaarVanaf")
    available_until: date | None = Field(alias="beschikbaarTot")
    from_outside: bool = Field(alias="vanBuitenDeRegio")


class FamilyOut(FamilyFields):
    """A family as it stands: what its provider told, and what the service knows besides."""

    id: UUID
    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    needs_confirmation: bool = Field(
        alias="navragen",
        description="Ontbrak in de laatste export; wordt niet voorgesteld tot de aanbieder het "
        "bevestigt.",
    )
    confirmed_at: datetime | None = Field(
        alias="laatstBevestigdOp", description="Wanneer de beschikbaarheid is bevestigd."
    )
    confirm_first: date | None = CONFIRM_FIRST
    last_heard: datetime = LAST_HEARD
    pause_reason: str | None = Field(
        alias="pauzeReden", description="Van een gezin met pauze, als die is vastgelegd."
    )
    paused_until: date | None = Field(alias="pauzeTot", description="De laatste dag daarvan.")
    clearance_lapsed: date | None = Field(
        alias="vgbVervallen",
        description="De verklaring die tot deze dag gold is vervallen bij de overgang naar deze "
        "aanbieder; geef een nieuwe door.",
    )
    places: list[PlaceOut] = Field(alias="plaatsen")


class FamilySummary(Schema):
    """One line of the list: no name, no address."""

    id: UUID
    provider: str = Field(alias="aanbieder")
    number: str = Field(alias="nummer")
    kind: FamilyKind = Field(alias="soort")
    status: FamilyStatus
    forms: list[CareForm] = Field(alias="vormen")
    places_total: int = Field(alias="plaatsenTotaal")
    places_free: int = Field(alias="plaatsenVrij")
    places: list[PlaceOut] = Field(alias="plaatsen", description="Elk bed, met zijn ritme.")
    available_from: date | None = Field(alias="beschikbaarVanaf")
    available_until: date | None = Field(alias="beschikbaarTot")
    pause_reason: str | None = Field(
        alias="pauzeReden", description="Van een gezin met pauze, als die is vastgelegd."
    )
    paused_until: date | None = Field(alias="pauzeTot", description="De laatste dag daarvan.")
    needs_confirmation: bool = Field(alias="navragen")
    confirmed_at: datetime | None = Field(alias="laatstBevestigdOp")
    confirm_first: date | None = CONFIRM_FIRST
    last_heard: datetime = LAST_HEARD
    updated_at: datetime = Field(alias="gewijzigdOp")


class FamilyList(Schema):
    """One page, by provider and number; the header Link leads to the next one."""

    families: list[FamilySummary] = Field(alias="pleeggezinnen")


class NamedFamily(Schema):
    """A family under the name by which it was asked: its provider may have another code now."""

    asked_provider: str = Field(alias="gevraagdeAanbieder")
    asked_number: str = Field(alias="gevraagdNummer")
    family: FamilyOut = Field(alias="pleeggezin")


class NamedFamilies(Schema):
    """Families that were asked by name, in the order asked."""

    families: list[NamedFamily] = Field(alias="pleeggezinnen")
