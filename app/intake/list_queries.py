"""The list of registrations, page by page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.intake.stage_columns import HAS_BSN, has_stage, is_proposed
from app.kernel.stages import Stage, stage_of
from app.kernel.words import CareForm, Urgency
from app.models import Child, Registration


@dataclass(frozen=True, slots=True)
class RegistrationFilter:
    """Which registrations a list shows; None means all."""

    stage: Stage | None = None
    urgency: Urgency | None = None
    care_form: CareForm | None = None
    number: str | None = None  # how it begins, in any case


@dataclass(frozen=True, slots=True)
class ListedRegistration:
    """A registration in a list, and what its line needs besides."""

    registration: Registration
    born_on: date
    has_bsn: bool
    stage: Stage


def list_registrations(
    session: Session, wanted: RegistrationFilter, *, today: date, after: UUID | None, size: int
) -> list[ListedRegistration]:
    """Return at most size registrations by number, those that follow `after`.

    The cursor is an id, not the number itself: what points at a child stays out of addresses.
    """
    statement = select(
        Registration, HAS_BSN.label("has_bsn"), is_proposed(today).label("is_proposed")
    ).where(~Registration.is_destroyed)
    if after is not None:
        last = select(Registration.number).where(Registration.id == after).scalar_subquery()
        statement = statement.where(Registration.number > last)
    if wanted.stage is not None:
        statement = statement.where(has_stage(wanted.stage, today))
    if wanted.number is not None:
        begins = func.lower(Registration.number).startswith(wanted.number.lower(), autoescape=True)
        statement = statement.where(begins)
    for column, value in (
        (Registration.urgency, wanted.urgency),
        (Registration.care_form, wanted.care_form),
    ):
        if value is not None:
            statement = statement.where(column == value)
    # The page first: row-level security looks at each child that is joined, of all that there are.
    page = statement.order_by(Registration.number).limit(size).subquery("page")
    listed = aliased(Registration, page)
    rows = session.execute(
        select(listed, Child.born_on, page.c.has_bsn, page.c.is_proposed)
        .join(Child, Child.id == listed.child_id)
        .order_by(listed.number)
    )
    return [
        ListedRegistration(row, born_on, has_bsn, stage_of(row.state, is_proposed=proposed))
        for row, born_on, has_bsn, proposed in rows
    ]
