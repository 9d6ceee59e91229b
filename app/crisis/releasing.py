"""Beds that are given back: all of a report, of one child, or of who did not come."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.crisis.queries import family_of_bed, locked_beds, registration_of, stay_of
from app.crisis.schemas import ReleaseIn
from app.crisis.service import free_beds, report_for_change
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused
from app.models import CrisisReport, CrisisState, Occupation
from app.placed.together import lives_with_siblings, write_together


def release_beds(session: Session, *, report_id: UUID, told: ReleaseIn) -> None:
    """Give locked beds back; the stay of a child that was linked to one ends today.

    How that ended is asked of the placement, where the registration was for crisis care. A report
    with no child linked and no bed left looks for one again. Raises NotFound; Conflict without such
    a bed; InputRefused for a child and a number at once.
    """
    report = report_for_change(session, report_id)
    beds = _which(session, report, told)
    for bed in beds:
        stay = stay_of(session, bed.registration_id) if bed.registration_id else None
        if stay is not None:
            stay.until = today_in_amsterdam()
    free_beds(session, beds)
    said = (report.released_because, told.reason)
    report.released_because = "; ".join(reason for reason in said if reason)
    session.flush()
    _settle(session, report, has_fewer=told.beds is not None)


def _which(session: Session, report: CrisisReport, told: ReleaseIn) -> list[Occupation]:
    if told.child is not None and told.beds is not None:
        raise InputRefused("bedden: noem een kind of een aantal bedden, niet allebei.")
    held = locked_beds(session, report.id)
    if not held:
        raise Conflict(f"Deze melding is '{report.state.value}': zij houdt geen bed vast.")
    if told.child is not None:
        return _of_child(held, told.child)
    return held if told.beds is None else _of_nobody(held, told.beds)


def _of_child(held: list[Occupation], child: UUID) -> list[Occupation]:
    found = [bed for bed in held if bed.registration_id == child]
    if not found:
        raise Conflict("kind: deze melding houdt voor dit kind geen bed vast. Controleer het id.")
    return found


def _of_nobody(held: list[Occupation], wanted: int) -> list[Occupation]:
    free = sorted(
        (bed for bed in held if bed.registration_id is None), key=lambda bed: bed.id, reverse=True
    )
    if wanted > len(free):
        raise Conflict(
            f"bedden: deze melding houdt {len(free)} bedden vast waaraan geen kind is gekoppeld. "
            "Noem er niet meer."
        )
    return free[:wanted]


def _settle(session: Session, report: CrisisReport, *, has_fewer: bool) -> None:
    left = locked_beds(session, report.id)
    if report.registration_id is not None:
        waits = any(bed.registration_id is None for bed in left)
        report.state = CrisisState.FOUND if waits else CrisisState.LINKED
    elif not left:
        report.state, report.file_due, report.reunite_by = CrisisState.SEARCHING, None, None
    if has_fewer:
        _look_again(session, left)
    session.flush()


def _look_again(session: Session, left: list[Occupation]) -> None:
    """Let who is there without the brother or sister that was awaited, be there without."""
    for bed in left:
        stay = stay_of(session, bed.registration_id) if bed.registration_id else None
        row = registration_of(session, stay.registration_id) if stay is not None else None
        if stay is None or row is None or not stay.together:
            continue
        family = family_of_bed(session, bed.place_id)
        together = lives_with_siblings(session, row, family.id, today_in_amsterdam())
        write_together(session, stay, together=together)
