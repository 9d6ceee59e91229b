"""The self-evaluation on prevention: what a municipality answers, year by year."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, closed_list
from app.db.sealed import SealedText


class SurveyState(StrEnum):
    """How far a municipality is with a year (*stand*)."""

    DRAFT = "concept"
    SUBMITTED = "ingediend"


class SurveyForm(Base):
    """One municipality in one year (*zelfevaluatie*).

    municipality_code: four digits (CBS). questionnaire: the version of the questions that were
    answered. version: goes up with every save; the answers of each are kept.
    """

    __tablename__ = "survey_form"
    __table_args__ = (
        CheckConstraint("municipality_code ~ '^[0-9]{4}$'", name="four_digits"),
        CheckConstraint("year BETWEEN 2020 AND 2100", name="year"),
        CheckConstraint(
            "(state = 'ingediend') = (submitted_by IS NOT NULL) "
            "AND (submitted_by IS NULL) = (submitted_at IS NULL)",
            name="submitted_by_someone",
        ),
    )

    municipality_code: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str]
    state: Mapped[SurveyState] = mapped_column(closed_list(SurveyState, "state"))
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]
    submitted_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SurveyResponse(Base):
    """What was answered to one question, from one version of the form on; rows are only added.

    answers: words of the question's own set, several where it allows that; empty: taken back.
    """

    __tablename__ = "survey_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_code", "year"], ["survey_form.municipality_code", "survey_form.year"]
        ),
        CheckConstraint("question BETWEEN 1 AND 28", name="question"),
    )

    municipality_code: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    note: Mapped[str | None] = mapped_column(
        SealedText("survey_response.note", owner="municipality_code")
    )
    actor: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
