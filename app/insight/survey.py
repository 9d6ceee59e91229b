"""A municipality's self-evaluation: filled in over time, every version kept (ADR 0078)."""

from collections.abc import Mapping, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.http.etag import require_match
from app.insight.plain import plain_name
from app.insight.progress import themes_of
from app.insight.questions import Question, questionnaire
from app.insight.survey_queries import answers_of, form_of, municipality_name
from app.insight.survey_schemas import SurveyAnswer, SurveyAnswerIn, SurveyIn, SurveyOut
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import InputRefused, NotFound, VersionConflict
from app.models import SurveyForm, SurveyResponse, SurveyState

FIRST_YEAR = 2020
UNKNOWN = "gemeente: deze code is hier niet bekend; geef vier cijfers, zoals 0363."


def show_survey(session: Session, *, actor: Actor, code: str, year: int) -> tuple[SurveyOut, int]:
    """Return a form and its version, 0 where it was not begun; raises NotFound, InputRefused."""
    name = _name(session, actor, code)
    _require_year(year)
    form, given = form_of(session, code, year), answers_of(session, code, year)
    shown = SurveyOut(
        municipality_code=code,
        municipality=name,
        year=year,
        questionnaire=form.questionnaire if form else questionnaire().version,
        state=form.state if form else None,
        submitted_by=form.submitted_by if form else None,
        submitted_at=form.submitted_at if form else None,
        answers=[_answer(row) for row in given.values()],
        themes=themes_of({number: row.answers for number, row in given.items()}),
    )
    return shown, form.version if form else 0


def keep_survey(
    session: Session, *, actor: Actor, code: str, year: int, wish: SurveyIn, if_match: str | None
) -> None:
    """Keep what changed as new answers beside the old; raises as `require_match`, InputRefused.

    A form that was handed in may be opened again: what was handed in stays as a version.
    """
    _name(session, actor, code)
    _require_year(year)
    form = form_of(session, code, year, for_change=True)
    require_match(if_match, form.version if form else 0)
    _require_answers(wish)
    given = answers_of(session, code, year)
    if form is None:
        form = SurveyForm(municipality_code=code, year=year)
        session.add(form)
    _stamp(form, actor, wish.state)
    _flush_form(session)
    session.add_all(
        SurveyResponse(
            municipality_code=code,
            year=year,
            question=one.question,
            version=form.version,
            answers=one.answers,
            note=one.note,
            actor=actor.name,
            role=actor.role.value,
        )
        for one in _changed(wish, given)
    )
    session.flush()


def _stamp(form: SurveyForm, actor: Actor, state: SurveyState) -> None:
    """Say who saved it when, which also gives it a new version."""
    is_done = state is SurveyState.SUBMITTED
    form.questionnaire, form.state = questionnaire().version, state
    form.saved_by, form.saved_at = actor.name, now()
    form.submitted_by = actor.name if is_done else None
    form.submitted_at = now() if is_done else None


def _flush_form(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        # Somebody else began the same form at the same moment.
        raise VersionConflict(
            "If-Match: dit formulier is intussen door een ander begonnen; lees het opnieuw."
        ) from error


def _changed(wish: SurveyIn, given: Mapping[int, SurveyResponse]) -> list[SurveyAnswerIn]:
    """Return the answers that say something else than what is kept; taken back ones are empty."""
    named = {one.question: one for one in wish.answers}
    gone = [SurveyAnswerIn(question=number, answers=[]) for number in given if number not in named]
    return [one for one in [*named.values(), *gone] if _said(given.get(one.question)) != _said(one)]


def _said(given: SurveyAnswerIn | SurveyResponse | None) -> tuple[list[str], str]:
    return (list(given.answers), given.note or "") if given else ([], "")


def _name(session: Session, actor: Actor, code: str) -> str:
    """Return what a municipality is called; to a municipality another one is as unknown as none."""
    is_seen = actor.role is not ActorRole.MUNICIPALITY or code == actor.organisation
    name = municipality_name(session, code) if is_seen else None
    if name is None:
        raise NotFound(UNKNOWN)
    return plain_name(name)


def _require_year(year: int) -> None:
    latest = today_in_amsterdam().year
    if not FIRST_YEAR <= year <= latest:
        raise InputRefused(f"jaar: kies een jaar van {FIRST_YEAR} tot en met {latest}.")


def _require_answers(wish: SurveyIn) -> None:
    questions, numbers = questionnaire().questions, [one.question for one in wish.answers]
    if len(numbers) != len(set(numbers)):
        raise InputRefused("antwoorden: een vraag staat er twee keer in; geef elke vraag één keer.")
    for one in wish.answers:
        _require_answer(questions[one.question], one.answers)
    if wish.state is SurveyState.SUBMITTED:
        _require_complete(questions, wish)


def _require_answer(question: Question, answers: Sequence[str]) -> None:
    wrong = [answer for answer in answers if answer not in question.points]
    if wrong or len(answers) != len(set(answers)):
        allowed = ", ".join(question.points)
        raise InputRefused(f"antwoorden: vraag {question.number} kent alleen: {allowed}.")
    if len(answers) > 1 and not question.takes_several:
        raise InputRefused(f"antwoorden: vraag {question.number} vraagt één antwoord.")


def _require_complete(questions: Mapping[int, Question], wish: SurveyIn) -> None:
    """What takes several answers may stay empty: none of them is an answer too."""
    answered = {one.question for one in wish.answers if one.answers}
    missing = [n for n, one in questions.items() if n not in answered and not one.takes_several]
    if missing:
        named = ", ".join(map(str, missing))
        raise InputRefused(f"stand: indienen kan als alles is beantwoord; nog open: {named}.")


def _answer(row: SurveyResponse) -> SurveyAnswer:
    return SurveyAnswer(
        question=row.question,
        answers=list(row.answers),
        note=row.note,
        version=row.version,
        by=row.actor,
        role=row.role,
        at=row.created_at,
    )
