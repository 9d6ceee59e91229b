"""Whether brothers and sisters began together in a family, of whichever was written first.

Two children are placed one after the other, also where they come on one day: the first of them is
alone there when it is written. So whoever comes settles what was written of those before.
"""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.models import Placement, PlacementBasis, Registration
from app.placed.facts import TOGETHER, yes_no

# A judgement: of children who go to one family the last one is there within two weeks. Who comes
# later joins one who began alone.
AT_ONCE = timedelta(days=14)


def lives_with_siblings(
    session: Session, registration: Registration, family_id: UUID, day: date
) -> bool | None:
    """Return whether a brother or sister lives with a child that comes to a family on a day.

    It lives there already, or came within two weeks (of a day that is told afterwards). None
    without any brother or sister.
    """
    if registration.sibling_group_id is None:
        return None
    found = _of_siblings(registration, family_id).where(
        Placement.since <= day + AT_ONCE, _runs_on(day)
    )
    return bool(session.scalar(select(found.exists())))


def lock_siblings(session: Session, registration: Registration, family_id: UUID) -> None:
    """Let nobody else change where siblings live in a family until the transaction ends.

    Before the family itself, as every act on a placement does: `settle_siblings` writes there.
    """
    if registration.sibling_group_id is None:
        return
    with as_system(session):
        running = Placement.until.is_(None)
        session.scalars(_locked(_of_siblings(registration, family_id).where(running))).all()


def settle_siblings(session: Session, registration: Registration, placement: Placement) -> None:
    """Let who came to a family at most two weeks before its brother or sister, have begun together.

    By the service: who places a child need not be one who may see where its siblings live.
    """
    if registration.sibling_group_id is None:
        return
    came = _of_siblings(registration, placement.family_id).where(
        Placement.since >= placement.since - AT_ONCE, _runs_on(placement.since)
    )
    with as_system(session):
        for there in session.scalars(_locked(came)):
            write_together(session, there, together=True)
        session.flush()


def write_together(session: Session, placement: Placement, *, together: bool | None) -> None:
    """Write whether a child began with a brother or sister, also where board and learning read it.

    What was erased of its first day stays erased.
    """
    placement.together = together
    basis = session.get(PlacementBasis, placement.id)
    if basis is not None and TOGETHER in basis.facts:
        basis.facts = basis.facts | {TOGETHER: yes_no(together)}


def _of_siblings(registration: Registration, family_id: UUID) -> Select[UUID]:
    """Select the placements in a family of the other children of a group."""
    return (
        select(Placement.id)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            Placement.family_id == family_id,
            Registration.sibling_group_id == registration.sibling_group_id,
            # By the child: its own registration of before may be of the group too.
            Registration.child_id != registration.child_id,
        )
    )


def _runs_on(day: date) -> ColumnElement[bool]:
    """Whether a placement runs after a day, or from a later one: who leaves on it is not met."""
    return or_(Placement.until.is_(None), Placement.until > day)


def _locked(which: Select[UUID]) -> Select[Placement]:
    """Select such placements themselves, for this transaction alone; always in one order."""
    return (
        select(Placement)
        .where(Placement.id.in_(which))
        .order_by(Placement.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
