"""What is kept of each month, and how a yearly report tells it."""

from datetime import date

from pydantic import Field

from app.http.schema import Schema
from app.http.told_figures import RecruitmentFigures, StrainFigures
from app.insight.board_schemas import HIDDEN, PlacesOut

_FIVES = f"Afgerond op vijf. {HIDDEN}"


class PlacesThen(Schema):
    """Places of one day, by form, by the ages that their family takes and by municipality."""

    total: PlacesOut = Field(alias="totaal")
    by_form: list[PlacesOut] = Field(alias="naarVorm")
    by_age: list[PlacesOut] = Field(
        alias="naarLeeftijd", description="Een plek staat bij elke leeftijd die het gezin opvangt."
    )
    by_area: list[PlacesOut] = Field(alias="naarGemeente")


class MonthState(Schema):
    """The region on one day. Kept for years: a new field needs a default, and none may go, nor a
    word of the lists that the recruitment brief uses.

    watched, recruitment: None where they could not be made, or there was no run that year.
    """

    places: PlacesThen = Field(alias="plekken")
    families: int | None = Field(alias="pleeggezinnen")
    respite_families: int | None = Field(alias="respijtgezinnen")
    drafts: int | None = Field(alias="concepten")
    watched: StrainFigures | None = Field(None, alias="volglijst")
    recruitment: RecruitmentFigures | None = Field(None, alias="wervingsopdracht")


class PlacesMonth(Schema):
    """Places and families at the end of a month, as kept then, rounded to fives."""

    month: str = Field(alias="maand", examples=["2026-03"])
    on_day: date = Field(alias="peildatum")
    count: int | None = Field(alias="plekken", description=_FIVES)
    in_use: int | None = Field(alias="inGebruik", description=_FIVES)
    held: int | None = Field(alias="vastgehouden", description=_FIVES)
    free: int | None = Field(alias="vrij", description=_FIVES)
    not_now: int | None = Field(alias="nuNiet", description=_FIVES)
    families: int | None = Field(
        alias="pleeggezinnen", description=f"Die meedoen in het zoeken. {_FIVES}"
    )


class YearEnd(Schema):
    """What was kept of the end of a year, beside its places: who was watched, who was missing."""

    on_day: date = Field(alias="peildatum")
    watched: StrainFigures | None = Field(alias="volglijst")
    recruitment: RecruitmentFigures | None = Field(
        alias="wervingsopdracht", description="Van de laatste matchrun die toen klaar was."
    )
