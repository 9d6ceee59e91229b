"""Leaving a crisis bed on the day of the move: that stay ends, and its bed is free again."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.kernel.clock import now
from app.kernel.errors import InputRefused
from app.placed.respite_queries import home_beds
from app.steps.crisis_queries import crisis_stay


def leave_crisis_bed(
    session: Session, *, registration_id: UUID, to_family: UUID, since: date
) -> None:
    """End the crisis placement of a child, if there is one; who stays in that family stays.

    Whatever registration of the child it was by: a child has one home.

    since: the first day of the next placement, and the last one of this. Raises InputRefused for a
    day before the child came to the bed.
    """
    stay = crisis_stay(session, registration_id)
    if stay is None:
        return
    if since < stay.since:
        raise InputRefused("vanaf: ligt voor de dag waarop het kind in het crisisbed kwam.")
    stay.until = since
    for bed in home_beds(session, stay.registration_id):
        bed.release(now())
    # Before the next placement is there: a child has one that runs, and a bed one child.
    session.flush()
    if stay.family_id != to_family:
        tell_of_family(session, Occurrence.BED_RELEASED, stay.family_id)
