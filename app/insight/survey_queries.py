"""What municipalities answered. Row-level security says who may read and write it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.models import PostcodeArea, Registration, SurveyForm, SurveyResponse


def municipality_name(session: Session, code: str) -> str | None:
    """Return what a municipality is called, by its four digits; None where there is none."""
    return session.scalar(
        select(func.min(PostcodeArea.municipality)).where(PostcodeArea.municipality_code == code)
    )


def municipalities_of_region(session: Session) -> dict[str, str]:
    """Return code and name of each municipality that children were registered from, or that
    answered; the caller acts as the system.
    """
    registered = select(func.left(Registration.postcode, 4)).distinct()
    answered = select(SurveyForm.municipality_code)
    rows = session.execute(
        select(PostcodeArea.municipality_code, func.min(PostcodeArea.municipality))
        .where(PostcodeArea.pc4.in_(registered) | PostcodeArea.municipality_code.in_(answered))
        .group_by(PostcodeArea.municipality_code)
    )
    return dict(rows.all())


def form_of(
    session: Session, code: str, year: int, *, for_change: bool = False
) -> SurveyForm | None:
    """Return a form; for_change: nobody else changes it meanwhile."""
    query = select(SurveyForm).where(SurveyForm.municipality_code == code, SurveyForm.year == year)
    return session.scalar(query.with_for_update() if for_change else query)


def forms(session: Session) -> Sequence[SurveyForm]:
    """Return every form, by municipality and year."""
    return session.scalars(
        select(SurveyForm).order_by(SurveyForm.municipality_code, SurveyForm.year)
    ).all()


def answers_of(session: Session, code: str, year: int) -> dict[int, SurveyResponse]:
    """Return the last answer to each question that has one."""
    rows = session.scalars(
        select(SurveyResponse)
        .where(SurveyResponse.municipality_code == code, SurveyResponse.year == year)
        .order_by(SurveyResponse.question, SurveyResponse.version.desc())
        .ext(distinct_on(SurveyResponse.question))
    )
    return {row.question: row for row in rows if row.answers or row.note}


def all_answers(session: Session) -> Sequence[Any]:
    """Return code, year, question and the last answers of every form."""
    return session.execute(
        select(
            SurveyResponse.municipality_code,
            SurveyResponse.year,
            SurveyResponse.question,
            SurveyResponse.answers,
        )
        .order_by(
            SurveyResponse.municipality_code,
            SurveyResponse.year,
            SurveyResponse.question,
            SurveyResponse.version.desc(),
        )
        .ext(
            distinct_on(
                SurveyResponse.municipality_code, SurveyResponse.year, SurveyResponse.question
            )
        )
    ).all()
