"""The door of the self-evaluation on prevention (ADR 0078)."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.secured import SecuredRoute
from app.insight.progress import show_own_progress, show_progress
from app.insight.questions import Theme, questionnaire
from app.insight.survey import keep_survey, show_survey
from app.insight.survey_schemas import (
    QuestionnaireOut,
    QuestionOut,
    SurveyIn,
    SurveyOut,
    SurveyProgress,
    ThemeQuestions,
)
from app.kernel.actor import Actor, ActorRole

router = APIRouter(prefix="/zelfevaluaties", tags=["zelfevaluaties"], route_class=SecuredRoute)

Code = Annotated[
    str, Path(alias="gemeente", pattern="^[0-9]{4}$", description="De gemeentecode, vier cijfers.")
]
Year = Annotated[int, Path(alias="jaar", ge=2000, le=2100, description="Het jaar.")]


@router.get("", operation_id="lijstZelfevaluaties", summary="Bekijk de voortgang op preventie")
def list_all(session: DbSession, actor: CurrentActor) -> SurveyProgress:
    """Per gemeente en jaar hoe ver elk thema is; van de regio het gemiddelde van wat af is.

    Een gemeente krijgt alleen zichzelf, en van de regio alleen de jaren waarin ten minste vijf
    gemeenten indienden.
    """
    if actor.role is ActorRole.MUNICIPALITY:
        return show_own_progress(session, actor=actor)
    return show_progress(session)


@router.get("/vragen", operation_id="leesVragenlijst", summary="Lees de vragen over preventie")
def read_questions(_: DbSession) -> QuestionnaireOut:
    """Achtentwintig vragen in vijf thema's, met de antwoorden die elk kent."""
    # Nothing is read there, but who asked is noted in its transaction, as of every operation.
    asked = questionnaire()
    return QuestionnaireOut(
        version=asked.version,
        as_of=asked.as_of,
        source=asked.source,
        themes=[_theme(theme) for theme in asked.themes],
    )


@router.get(
    "/{gemeente}/{jaar}",
    operation_id="leesZelfevaluatie",
    summary="Lees wat een gemeente in een jaar antwoordde",
)
def read(
    *, code: Code, year: Year, session: DbSession, actor: CurrentActor, response: Response
) -> SurveyOut:
    """De ETag is de versie om op te wijzigen; "0" als er nog niets is.

    Voor een gemeente bestaat een andere gemeente niet: 404.
    """
    return _shown(session, actor, (code, year), response)


@router.put(
    "/{gemeente}/{jaar}",
    operation_id="bewaarZelfevaluatie",
    summary="Bewaar wat een gemeente in een jaar antwoordt",
)
def put(
    *,
    code: Code,
    year: Year,
    wish: Annotated[SurveyIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    if_match: IfMatch = None,
) -> SurveyOut:
    """Mag half: stuur alle antwoorden tot nu toe. Elk eerder antwoord blijft als versie bewaard."""
    keep_survey(session, actor=actor, code=code, year=year, wish=wish, if_match=if_match)
    return _shown(session, actor, (code, year), response)


def _shown(
    session: DbSession, actor: Actor, form: tuple[str, int], response: Response
) -> SurveyOut:
    code, year = form
    shown, version = show_survey(session, actor=actor, code=code, year=year)
    response.headers["ETag"] = etag_of(version)
    return shown


def _theme(theme: Theme) -> ThemeQuestions:
    return ThemeQuestions(
        key=theme.key,
        title=theme.title,
        questions=[
            QuestionOut(
                number=one.number,
                text=one.text,
                answers=list(one.points),
                takes_several=one.takes_several,
            )
            for one in theme.questions
        ],
    )
