"""The bed that goes with a placement: taken, exchanged for one that serves, and given back."""

from datetime import date

from sqlalchemy.orm import Session

from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict
from app.kernel.rhythms import slots_of
from app.kernel.words import CareForm, FamilyKind
from app.models import Family, Occupation, Placement
from app.placed.respite_queries import home_beds
from app.placements.act_queries import bed_in_use, free_beds, offers
from app.placements.shapes import Shape

NO_BED = (
    "Er is geen vrije plaats van dit gezin bezet: vraag de aanbieder of deze plaats in zijn opgave "
    "staat, zodat zij niet nog eens wordt gegeven."
)


def require_offer(session: Session, family: Family, form: CareForm) -> None:
    """Raise Conflict where a family does not offer a form; of a network family nobody asks it."""
    if family.kind is not FamilyKind.NETWORK and not offers(session, family.id, form):
        raise Conflict(
            f"vorm: dit gezin biedt '{form.value}' niet aan. Vraag de aanbieder of het gezin deze "
            "vorm aankan en hem aan het gezin toe te voegen, of kies een ander gezin."
        )


def take_bed(session: Session, placement: Placement) -> bool:
    """Occupy the free bed that has least else to offer; return whether there was one."""
    need = slots_of(placement.rhythm)
    free = free_beds(
        session, placement.family_id, placement.form, day=max(placement.since, today_in_amsterdam())
    )
    beds = {id_: slots for id_, slots in free.items() if need <= slots}
    if not beds:
        return False
    session.add(
        Occupation(
            place_id=min(beds, key=lambda id_: len(beds[id_])),
            registration_id=placement.registration_id,
            rhythm=placement.rhythm,
            since=now(),
        )
    )
    session.flush()
    return True


def release_beds(session: Session, placement: Placement) -> None:
    """Give back the beds that a child uses by this placement; what it uses for respite is beside
    it, and leaves by itself (app.placed.respite)."""
    for bed in home_beds(session, placement.registration_id):
        bed.release(now())
    session.flush()


def serve_with_bed(session: Session, placement: Placement, shape: Shape, *, day: date) -> None:
    """Let the bed of a placement serve another form or rhythm, or another bed of the family.

    Raises Conflict, that says what is needed, where no bed of the family can. A placement without
    a bed goes on without one.
    """
    used = bed_in_use(session, placement)
    if used is None:
        return
    occupation, place = used
    free = free_beds(session, placement.family_id, shape.form, day=day, besides=occupation.id)
    need = slots_of(shape.rhythm)
    beds = [id_ for id_, slots in free.items() if need <= slots]
    if place.id not in beds and not beds:
        raise Conflict(
            f"De plaats van dit kind is niet voor '{shape.form.value}' in het ritme "
            f"'{shape.rhythm.value}', en "
            "een andere vrije plaats heeft dit gezin daarvoor niet: vraag de aanbieder de plaats "
            "daarvoor open te stellen, en leg de wijziging daarna vast."
        )
    occupation.place_id = place.id if place.id in beds else beds[0]
    occupation.rhythm = shape.rhythm
    if shape.form is not CareForm.CRISIS:
        occupation.crisis_report_id = None  # the crisis desk gives it back no more
