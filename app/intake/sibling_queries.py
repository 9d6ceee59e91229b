"""The SELECTs on the brothers and sisters of a registration."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.stage_columns import is_proposed
from app.kernel.stages import DRAFTS, Stage, stage_of
from app.kernel.words import CareForm, SiblingWish
from app.models import Child, Draft, Registration, SiblingGroup


@dataclass(frozen=True, slots=True)
class Sibling:
    """A registration or a draft of a brother or sister."""

    id: UUID
    number: str | None
    stage: Stage
    born_on: date | None
    care_form: CareForm | None
    wish: SiblingWish | None


def siblings_of(session: Session, registration: Registration, today: date) -> list[Sibling]:
    """Return the others of its group that the asker may see, registrations before drafts."""
    if registration.sibling_group_id is None:
        return []
    rows = session.execute(
        select(Registration, Child.born_on, is_proposed(today))
        .join(Child, Child.id == Registration.child_id)
        .where(
            Registration.sibling_group_id == registration.sibling_group_id,
            Registration.child_id != registration.child_id,
        )
        .order_by(Registration.id)
    )
    registered = [
        Sibling(
            row.id,
            row.number,
            stage_of(row.state, is_proposed=proposed),
            born,
            row.care_form,
            row.sibling_wish,
        )
        for row, born, proposed in rows
    ]
    return [*registered, *_written(session, registration.sibling_group_id)]


def _written(session: Session, group_id: UUID) -> list[Sibling]:
    code = select(SiblingGroup.code).where(SiblingGroup.id == group_id).scalar_subquery()
    drafts = session.scalars(
        select(Draft).where(Draft.sibling_group == code, Draft.state.in_(DRAFTS)).order_by(Draft.id)
    )
    return [
        Sibling(row.id, row.number, row.state, row.born_on, row.care_form, None) for row in drafts
    ]
