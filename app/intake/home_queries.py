"""The SELECT of where children live all week, and what that asks of a search in another form."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.words import CareForm
from app.models import Placement, Registration

BESIDE = (CareForm.CRISIS, CareForm.PART_TIME)
ASK_FIRST = (
    "dit kind woont nu in een pleeggezin van hier (aanmelding {number}), in een andere vorm. Begin "
    "een vervolg (POST /v1/kinderen/{id}/_vervolg): dan wordt dat gezin eerst gevraagd, of staat "
    "erbij waarom niet."
)


@dataclass(frozen=True, slots=True)
class Home:
    """The family where a child lives: by which registration it came there, and in which form."""

    registration_id: UUID
    number: str
    form: CareForm

    def is_asked_first(self, form: CareForm) -> bool:
        """Return whether a search for a form of care begins with the question to this family."""
        return form not in BESIDE and form is not self.form

    def was_asked_first(self, form: CareForm, follows: UUID | None) -> bool:
        """Return whether a registration for a form followed, and so asked it or said why not."""
        return follows is not None and form is not self.form

    def sentence(self) -> str:
        """Return why a registration is refused, and what to do instead."""
        return ASK_FIRST.format(number=self.number, id=self.registration_id)


def present_homes(session: Session, children: Collection[UUID], today: date) -> dict[UUID, Home]:
    """Return where children live all week, after today too; not in a bed of the crisis desk, from
    where the search goes on by itself."""
    if not children:
        return {}
    runs = or_(Placement.until.is_(None), Placement.until > today)
    rows = session.execute(
        select(Registration.child_id, Registration.id, Registration.number, Placement.form)
        .join(Placement, Placement.registration_id == Registration.id)
        .where(among(Registration.child_id, children), Placement.since <= today, runs)
        .where(Placement.form != CareForm.PART_TIME, ~Placement.is_bridging)
        .order_by(Placement.since, Placement.id)
    )
    return {child: Home(by, number, form) for child, by, number, form in rows}
