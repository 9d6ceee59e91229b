"""Every SELECT of who of the own network was asked, and of JIM cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import MentorCase, NetworkInquiry


def inquiries_of(session: Session, child_id: UUID) -> list[NetworkInquiry]:
    """Return who was asked for a child, the newest first."""
    return list(
        session.scalars(
            select(NetworkInquiry)
            .where(NetworkInquiry.registration_id == child_id)
            .order_by(NetworkInquiry.asked_on.desc(), NetworkInquiry.id.desc())
        )
    )


def mentor_cases_of(session: Session, child_id: UUID) -> list[MentorCase]:
    """Return the JIM cases of a child, the newest first."""
    return list(
        session.scalars(
            select(MentorCase)
            .where(MentorCase.registration_id == child_id)
            .order_by(MentorCase.since.desc(), MentorCase.id.desc())
        )
    )


def case_for_change(session: Session, child_id: UUID, case_id: UUID) -> MentorCase | None:
    """Return a JIM case of a child, locked, or None."""
    return session.scalar(
        select(MentorCase)
        .where(MentorCase.id == case_id, MentorCase.registration_id == child_id)
        .with_for_update()
    )


def mentor_results(session: Session, first: date, last: date) -> Sequence[Any]:
    """Return result and number of the JIM cases that began in a period."""
    return session.execute(
        select(MentorCase.result, func.count(MentorCase.id))
        .where(MentorCase.since.between(first, last))
        .group_by(MentorCase.result)
    ).all()


def asked_in(session: Session, first: date, last: date) -> Sequence[Any]:
    """Return purpose, answer and number of who was asked in a period."""
    return session.execute(
        select(NetworkInquiry.purpose, NetworkInquiry.answer, func.count(NetworkInquiry.id))
        .where(NetworkInquiry.asked_on.between(first, last))
        .group_by(NetworkInquiry.purpose, NetworkInquiry.answer)
    ).all()
