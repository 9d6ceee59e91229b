"""Progress on prevention: what answers come to, per theme, municipality and year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.insight.plain import plain_name
from app.insight.questions import Theme, questionnaire
from app.insight.survey_queries import (
    all_answers,
    forms,
    municipalities_of_region,
    municipality_name,
)
from app.insight.survey_schemas import (
    MunicipalityProgress,
    RegionProgress,
    SurveyProgress,
    ThemeProgress,
    YearProgress,
)
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.small_cells import FEW
from app.models import SurveyForm, SurveyState

Answers = Mapping[int, Sequence[str]]


def themes_of(answers: Answers) -> list[ThemeProgress]:
    """Return how far each theme is; answers: words by number of the question."""
    return [_theme(theme, answers) for theme in questionnaire().themes]


def show_progress(session: Session) -> SurveyProgress:
    """Return every municipality of the region with its years, and the region's own."""
    with as_system(session):
        names = municipalities_of_region(session)
    years = _years(session)
    return SurveyProgress(
        municipalities=[
            MunicipalityProgress(code=code, name=plain_name(name), years=years.get(code, []))
            for code, name in sorted(names.items(), key=lambda one: plain_name(one[1]))
        ],
        region=_region([year for several in years.values() for year in several]),
    )


def show_own_progress(session: Session, *, actor: Actor) -> SurveyProgress:
    """Return the asker's own municipality with its years, and the region of years with enough.

    Raises NotFound where its code is of no municipality. A mean of four or fewer would tell one
    municipality what another answered.
    """
    code = actor.organisation or ""
    name = municipality_name(session, code)
    if name is None:
        raise NotFound("gemeente: de code in uw token is hier niet bekend; vraag de beheerder.")
    own = _years(session).get(code, [])
    # Of the others nothing but the mean leaves this block.
    with as_system(session):
        region = _region([year for several in _years(session).values() for year in several])
    return SurveyProgress(
        municipalities=[MunicipalityProgress(code=code, name=plain_name(name), years=own)],
        region=[year for year in region if year.municipalities >= FEW],
    )


def _years(session: Session) -> Mapping[str, list[YearProgress]]:
    """Return the years of each municipality that the asker may see, by its code."""
    given: dict[tuple[str, int], dict[int, Sequence[str]]] = defaultdict(dict)
    for code, year, question, answers in all_answers(session):
        given[code, year][question] = answers
    years: dict[str, list[YearProgress]] = defaultdict(list)
    for form in forms(session):
        years[form.municipality_code].append(_year(form, given[form.municipality_code, form.year]))
    return years


def _theme(theme: Theme, answers: Answers) -> ThemeProgress:
    given = [(one, answers[one.number]) for one in theme.questions if answers.get(one.number)]
    return ThemeProgress(
        key=theme.key,
        title=theme.title,
        share=round(mean(one.score(words) for one, words in given), 3) if given else None,
        answered=len(given),
        questions=len(theme.questions),
    )


def _year(form: SurveyForm, answers: Answers) -> YearProgress:
    return YearProgress(year=form.year, state=form.state, themes=themes_of(answers))


def _region(years: Sequence[YearProgress]) -> list[RegionProgress]:
    done: dict[int, list[YearProgress]] = defaultdict(list)
    for one in years:
        if one.state is SurveyState.SUBMITTED:
            done[one.year].append(one)
    return [
        RegionProgress(
            year=year, municipalities=len(several), themes=_means([one.themes for one in several])
        )
        for year, several in sorted(done.items())
    ]


def _means(forms_: Sequence[Sequence[ThemeProgress]]) -> list[ThemeProgress]:
    return [_mean_of(of_theme) for of_theme in zip(*forms_, strict=True)]


def _mean_of(of_theme: Sequence[ThemeProgress]) -> ThemeProgress:
    shares = [one.share for one in of_theme if one.share is not None]
    return of_theme[0].model_copy(
        update={
            "share": round(mean(shares), 3) if shares else None,
            "answered": sum(one.answered for one in of_theme),
            "questions": sum(one.questions for one in of_theme),
        }
    )
