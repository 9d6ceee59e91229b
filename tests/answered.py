"""Self-evaluations as rows, past the API: of any municipality and year."""

from sqlalchemy.orm import Session

from app.insight.questions import questionnaire
from app.kernel.clock import now
from app.models import SurveyForm, SurveyResponse, SurveyState


def answered(
    session: Session, code: str, year: int = 2026, *, note: str | None = None, by: str = "gemeente"
) -> str:
    """Insert half a form, with an answer to the first question; return the code."""
    _form(session, code, year, SurveyState.DRAFT)
    session.add(_given(code, year, 1, ["ja"], note=note, by=by))
    session.flush()
    return code


def handed_in(session: Session, code: str, year: int, word: str) -> None:
    """Insert a form that was handed in: one word everywhere, or the first where several may."""
    _form(session, code, year, SurveyState.SUBMITTED)
    for number, question in questionnaire().questions.items():
        said = next(iter(question.points)) if question.takes_several else word
        session.add(_given(code, year, number, [said]))
    session.flush()


def _form(session: Session, code: str, year: int, state: SurveyState) -> None:
    is_done = state is SurveyState.SUBMITTED
    form = SurveyForm(
        municipality_code=code,
        year=year,
        questionnaire=questionnaire().version,
        state=state,
        saved_by="x",
        saved_at=now(),
        submitted_by="x" if is_done else None,
        submitted_at=now() if is_done else None,
    )
    session.add(form)
    session.flush()


def _given(
    code: str,
    year: int,
    question: int,
    answers: list[str],
    *,
    note: str | None = None,
    by: str = "gemeente",
) -> SurveyResponse:
    return SurveyResponse(
        municipality_code=code,
        year=year,
        question=question,
        version=1,
        answers=answers,
        note=note,
        actor="x",
        role=by,
    )
