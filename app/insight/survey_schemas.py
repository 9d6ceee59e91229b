"""The self-evaluation over HTTP: questions, what a municipality answers, and progress."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from app.http.schema import Schema
from app.models import SurveyState

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class QuestionOut(Schema):
    """One question and the answers that it takes."""

    number: int = Field(alias="nummer")
    text: str = Field(alias="vraag")
    answers: list[str] = Field(alias="antwoorden")
    takes_several: bool = Field(alias="meerAntwoorden")


class ThemeQuestions(Schema):
    """Questions that belong together."""

    key: str = Field(alias="sleutel")
    title: str = Field(alias="thema")
    questions: list[QuestionOut] = Field(alias="vragen")


class QuestionnaireOut(Schema):
    """All questions of the version that is asked now."""

    version: str = Field(alias="versie")
    as_of: date = Field(alias="bijgewerktOp")
    source: str = Field(alias="herkomst")
    themes: list[ThemeQuestions] = Field(alias="themas")


class SurveyAnswerIn(Schema):
    """What is answered to one question."""

    question: Annotated[StrictInt, Field(ge=1, le=28)] = Field(alias="vraag")
    answers: Annotated[list[Word], Field(max_length=10)] = Field(
        alias="antwoorden", description="Woorden uit de vraag zelf; leeg: nog niet beantwoord."
    )
    note: Note | None = Field(
        alias="toelichting", default=None, description="Over beleid; geen namen van mensen."
    )


class SurveyIn(Schema):
    """Every answer of a form so far; a question that is not named is not answered."""

    answers: Annotated[list[SurveyAnswerIn], Field(max_length=28)] = Field(alias="antwoorden")
    state: SurveyState = Field(alias="stand", default=SurveyState.DRAFT)


class SurveyAnswer(Schema):
    """The last answer to a question, by whom and since when."""

    question: int = Field(alias="vraag")
    answers: list[str] = Field(alias="antwoorden")
    note: str | None = Field(alias="toelichting")
    version: int = Field(alias="versie")
    by: str = Field(alias="door")
    role: str = Field(
        alias="rol", description="In welke rol: de gemeente zelf, of de regio namens haar."
    )
    at: datetime = Field(alias="op")


class ThemeProgress(Schema):
    """How far one theme is: 0 (nothing) to 1 (all is yes), over what was answered."""

    key: str = Field(alias="sleutel")
    title: str = Field(alias="thema")
    share: float | None = Field(
        alias="aandeel", ge=0, le=1, description="null zolang niets is beantwoord."
    )
    answered: int = Field(alias="beantwoord")
    questions: int = Field(alias="vragen")


class SurveyOut(Schema):
    """The form of one municipality in one year."""

    municipality_code: str = Field(alias="gemeente", examples=["0363"])
    municipality: str = Field(alias="naam")
    year: int = Field(alias="jaar")
    questionnaire: str = Field(alias="vragenlijst")
    state: SurveyState | None = Field(alias="stand", description="null: nog niet begonnen.")
    submitted_by: str | None = Field(alias="ingediendDoor")
    submitted_at: datetime | None = Field(alias="ingediendOp")
    answers: list[SurveyAnswer] = Field(alias="antwoorden")
    themes: list[ThemeProgress] = Field(alias="themas")


class YearProgress(Schema):
    """One year of a municipality."""

    year: int = Field(alias="jaar")
    state: SurveyState = Field(alias="stand")
    themes: list[ThemeProgress] = Field(alias="themas")


class MunicipalityProgress(Schema):
    """One municipality over the years."""

    code: str = Field(alias="gemeente")
    name: str = Field(alias="naam")
    years: list[YearProgress] = Field(alias="jaren")


class RegionProgress(Schema):
    """The region in one year: the mean over municipalities that handed their form in.

    A municipality is told it of years in which at least five did.
    """

    year: int = Field(alias="jaar")
    municipalities: int = Field(alias="gemeenten")
    themes: list[ThemeProgress] = Field(alias="themas")


class SurveyProgress(Schema):
    """Progress on prevention, per municipality and for the region."""

    municipalities: list[MunicipalityProgress] = Field(alias="gemeenten")
    region: list[RegionProgress] = Field(alias="regio")
