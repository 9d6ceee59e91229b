"""The yearly report over HTTP."""

from datetime import date

from pydantic import Field

from app.http.ready_answers import Counted
from app.http.schema import Schema
from app.insight.board_schemas import (
    CountryBoard,
    PlacementBoard,
    PlacesBoard,
    PreventionBoard,
    WaitingBoard,
)
from app.insight.month_schemas import PlacesMonth, YearEnd
from app.insight.schemas import RegionFigures
from app.insight.survey_schemas import SurveyProgress


class Definition(Schema):
    """What a figure means."""

    term: str = Field(alias="begrip")
    meaning: str = Field(alias="uitleg")


class YearlyReport(Counted):
    """One year of the region."""

    year: int = Field(alias="jaar")
    first: date = Field(alias="van")
    last: date = Field(alias="totEnMet")
    made_on: date = Field(alias="gemaaktOp")
    is_provisional: bool = Field(alias="voorlopig", description="Het jaar is nog niet om.")
    small: int = Field(alias="kleinsteAantal")
    definitions: list[Definition] = Field(alias="definities")
    figures: RegionFigures = Field(alias="cijfers")
    waiting: WaitingBoard = Field(alias="wachttijden")
    placements: PlacementBoard = Field(alias="plaatsingen")
    places: PlacesBoard = Field(alias="plekken")
    months: list[PlacesMonth] = Field(
        alias="plekkenPerMaand", description="Zoals bewaard aan het eind van elke maand die om is."
    )
    end: YearEnd | None = Field(
        alias="eindstand",
        description="Van een afgelopen jaar; null in het lopende jaar, of als er niets bewaard is.",
    )
    prevention: PreventionBoard = Field(alias="preventie")
    country: CountryBoard = Field(alias="vergelijking")
    survey: SurveyProgress = Field(alias="zelfevaluatie")
