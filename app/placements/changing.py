"""Another form or rhythm in the same family, and a move to another family."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.events.catalogue import Occurrence
from app.http.going_on import FollowUps
from app.kernel.actor import Actor
from app.kernel.endings import EndCode, WentTo
from app.kernel.errors import Conflict, InputRefused
from app.kernel.holding import PlacementAct
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm
from app.models import Placement, Registration
from app.placed.queries import lock_child
from app.placed.respite import carry_respite, leave_respite
from app.placements.act_queries import lock_families
from app.placements.acting import note_act, refuse_day, running, tell_placement
from app.placements.beds import release_beds, require_offer, serve_with_bed
from app.placements.ending import store_ending
from app.placements.outside import refuse_outside, refuse_staying, search_on
from app.placements.schemas import FormIn, PlacementMoveIn
from app.placements.service import TAKEN, begin, named_family, new_placement, refuse_double
from app.placements.shapes import first_shape, next_shape


def change_form(session: Session, *, actor: Actor, placement_id: UUID, told: FormIn) -> None:
    """Let a placement go on in another form or rhythm, in the same family and if it can the bed.

    Raises NotFound; InputRefused; Conflict where the family does not offer it or has no bed for it.
    """
    placement, registration = running(session, placement_id)
    refuse_day("dag", told.day, placement.since)
    family = lock_families(session, {placement.family_id})[placement.family_id]
    shape = next_shape(placement, told)
    if placement.form is CareForm.CRISIS:
        refuse_staying(session, registration, placement, told.day)
    lock_child(session, registration)
    require_offer(session, family, shape.form)
    refuse_double(session, registration, told.day, shape, besides=placement.id)
    changed: dict[str, tuple[object, object]] = {
        "vorm": (placement.form, shape.form),
        "ritme": (placement.rhythm, shape.rhythm),
    }
    if told.allocation_number is not None:
        changed["toewijzingsnummer"] = (placement.allocation_number, told.allocation_number)
        placement.allocation_number = told.allocation_number
    try:
        serve_with_bed(session, placement, shape, day=told.day)
        placement.form, placement.rhythm = shape
        session.flush()
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    note_act(
        session, placement, PlacementAct.FORM, actor=actor, day=told.day, reason=told.reason,
        told={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )  # fmt: skip
    tell_placement(session, Occurrence.PLACEMENT_CHANGED, placement)


def move_child(
    session: Session,
    *,
    actor: Actor,
    placement_id: UUID,
    told: PlacementMoveIn,
    follow_ups: FollowUps,
) -> tuple[UUID, list[str]]:
    """End a placement and begin the next with another family; return its id and what is to settle.

    The bed here is free and the one there taken in the same transaction. Raises NotFound;
    InputRefused; Conflict where that family said no to this child; and as `refuse_outside`.
    """
    if told.following is not None:
        follow_ups.prepare(session)
    placement, registration = running(session, placement_id)
    lock_child(session, registration)
    _refuse_move(session, placement, registration, told)
    target = named_family(session, registration, told)
    if target.id == placement.family_id:
        raise InputRefused("gezin: het kind woont al in dit gezin; wijzig dan de vorm.")
    refuse_outside(session, registration, target, told, since=told.day)
    store_ending(
        session, placement, actor=actor, day=told.day, code=told.code, went_to=WentTo.FAMILY,
        note=told.reason,
    )  # fmt: skip
    following = new_placement(session, registration, target, told=told, since=told.day)
    respite, notices = leave_respite(
        session, placement, to=target, form=following.form, day=told.day
    )
    release_beds(session, placement)
    following.follows_id, following.allocation_number = placement.id, placement.allocation_number
    notices += begin(session, registration, following)
    notices += carry_respite(session, respite, following, actor=actor.name, role=actor.role.value)
    search_on(session, registration, told, actor=actor, follow_ups=follow_ups)
    for row in (placement, following):
        note_act(
            session, row, PlacementAct.MOVED, actor=actor, day=told.day, reason=told.reason,
            told={"grond": (None, told.ground)},
        )  # fmt: skip
    tell_placement(session, Occurrence.PLACEMENT_ENDED, placement)
    tell_placement(session, Occurrence.PLACEMENT_MOVED, following)
    remember_made(session, "plaatsing", following.id)
    return following.id, notices


def _refuse_move(
    session: Session, placement: Placement, registration: Registration, told: PlacementMoveIn
) -> None:
    refuse_day("dag", told.day, placement.since)
    if told.ground not in (OutsideGround.AGREED, OutsideGround.ACUTE):
        raise InputRefused("grond: een verhuizing is afgesproken of acuut; kies een van beide.")
    if told.code in (EndCode.DEATH, EndCode.OTHER_DOMAIN):
        raise InputRefused("code: deze past niet bij een verhuizing naar een ander gezin.")
    refuse_double(
        session, registration, told.day, first_shape(registration, told), besides=placement.id
    )
