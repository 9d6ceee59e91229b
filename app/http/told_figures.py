"""Figures of one slice that the yearly report of another keeps: the watch list, and the brief."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.kernel.words import CareForm, Problem, Rhythm


class StrainCountOut(Schema):
    """How many placements have a reason; nothing where it is fewer than five."""

    reason: str = Field(alias="reden")
    number: int | None = Field(alias="aantal")


class StrainFigures(Schema):
    """The watch list in numbers; what is smaller than five is not told, nor what is without it."""

    running: int | None = Field(alias="lopendePlaatsingen")
    watched: int | None = Field(
        alias="opDeVolglijst",
        description="null bij 1 tot en met 4, ook als er zo weinig niet op staan.",
    )
    with_respite: int | None = Field(
        alias="metRespijt",
        description="Van wie erop staan; null bij 1 tot en met 4 met respijt of zonder.",
    )
    reasons: list[StrainCountOut] = Field(alias="redenen")


class FamilyWanted(Schema):
    """A family to recruit."""

    sentence: str = Field(alias="zin")
    area: str = Field(alias="gebied", description="Eerste twee cijfers van de postcode.")
    care_form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    youngest: int = Field(alias="leeftijdVan")
    oldest: int = Field(alias="leeftijdTotEnMet")
    places: int = Field(alias="plaatsen", description="Die het gezin tegelijk moet hebben.")
    families: int = Field(
        alias="gezinnen", description="Hoeveel ervan nodig zijn voor drie keuzes."
    )
    problems: list[Problem] = Field(alias="bereidVoor")
    pets: list[str] = Field(alias="zonderHuisdier")
    smoke_free: bool = Field(alias="rookvrij")
    wheelchair: bool = Field(alias="rolstoel")
    siblings: bool = Field(alias="broersZussen", description="Er zijn groepen die samen blijven.")


_NOT_TOLD = "null bij 1 tot en met 4, of als zo'n klein aantal eruit af te leiden is."


class RecruitmentFigures(Schema):
    """The recruitment brief of a run as a report tells it: nothing of a few children."""

    run_id: UUID = Field(alias="matchrun")
    on_day: date = Field(alias="peildatum")
    tested: int | None = Field(
        alias="getoetst", description=f"Kinderen voor wie nog werd gekozen; {_NOT_TOLD}"
    )
    short: int | None = Field(
        alias="teWeinig", description=f"Daarvan met minder dan drie echte keuzes; {_NOT_TOLD}"
    )
    profiles: list[FamilyWanted] = Field(alias="profielen")
    left_out: int = Field(
        alias="kleineProfielen",
        description="Profielen voor minder dan 5 kinderen: die staan er niet in.",
    )
