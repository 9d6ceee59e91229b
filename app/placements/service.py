"""Telling of a placement that began outside the service, and correcting what is known of one."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.because import because
from app.events.catalogue import Occurrence
from app.http.etag import require_match
from app.http.going_on import FollowUps
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused
from app.kernel.holding import PlacementAct
from app.kernel.legal_frame import find_gaps, find_notices
from app.kernel.outside import BEGUN_ANEW, check_yeses
from app.kernel.rhythms import slots_of
from app.kernel.words import CareForm
from app.models import Family, Placement, PlacementOrigin, Registration, RegistrationState
from app.placed.beginning import record_beginning
from app.placed.legal_queries import frame_for_placement
from app.placed.queries import lock_child
from app.placed.together import lives_with_siblings, lock_siblings
from app.placements.act_queries import (
    family_named,
    has_running_step,
    lock_families,
    registration_for_act,
    stays_over,
)
from app.placements.acting import locked_any, note_act, tell_placement
from app.placements.beds import NO_BED, take_bed
from app.placements.outside import first_day_here, refuse_outside, search_on
from app.placements.schemas import OutsideIn, PlacementIn, PlacementPatch, WhereIn
from app.placements.shapes import Shape, first_shape

TAKEN_ELSEWHERE = (
    "gezin: er is geen vrije plaats; wat er is, is bezet of ligt vast bij een stap van een ander "
    "kind. Overleg met de aanbieder, of kies een ander gezin."
)
TAKEN = "De plaats is intussen bezet, of het kind is al geplaatst: lees het opnieuw."
_PATCHED = {
    "allocation_number": "toewijzingsnummer", "support_plan": "steunplan", "together": "samen",
    "split_reason": "redenSplitsing", "provider_yes_on": "akkoordAanbiederOp",
    "referrer_yes_on": "akkoordVerwijzerOp", "referrer": "akkoordVerwijzer",
}  # fmt: skip
_YESES = ("provider_yes_on", "referrer_yes_on", "referrer")
_AS_TOLD = ("split_reason", "support_plan", *_YESES, "choice_reason", "no_follow_up_reason")


def tell_of_placement(
    session: Session, *, actor: Actor, told: PlacementIn, follow_ups: FollowUps
) -> tuple[UUID, list[str]]:
    """Store a placement that began outside the service; return its id and what is to be settled.

    Raises InputRefused for who is not known and a day to come; Conflict for a child that is not
    searched for or lives in a family already; and as `refuse_outside`.
    """
    if told.following is not None:
        follow_ups.prepare(session)
    registration = registration_for_act(session, told.child)
    if registration is None:
        raise InputRefused("kind: dit kind is hier niet aangemeld; controleer het id.")
    if told.since > today_in_amsterdam():
        raise InputRefused("van: ligt in de toekomst; meld de plaatsing als zij begint.")
    _refuse_state(session, registration)
    lock_child(session, registration)
    refuse_double(session, registration, told.since, first_shape(registration, told))
    family = named_family(session, registration, told)
    refuse_outside(session, registration, family, told, since=told.since)
    placement = new_placement(session, registration, family, told=told, since=told.since)
    placement.origin, placement.allocation_number = PlacementOrigin.TOLD, told.allocation_number
    notices = begin(session, registration, placement)
    with because(session, told.reason, of=registration.id):
        registration.state = RegistrationState.PLACED
    search_on(session, registration, told, actor=actor, follow_ups=follow_ups)
    note_act(session, placement, PlacementAct.TOLD, actor=actor, day=told.since, reason=told.reason)
    tell_placement(session, Occurrence.PLACEMENT_TOLD, placement)
    remember_made(session, "plaatsing", placement.id)
    return placement.id, notices


def correct_placement(
    session: Session,
    *,
    actor: Actor,
    placement_id: UUID,
    told: PlacementPatch,
    if_match: str | None,
) -> None:
    """Correct a placement, also in a crisis bed: there the yeses are given afterwards.

    Raises NotFound, InputRefused, PreconditionMissing, VersionConflict.
    """
    placement, registration = locked_any(session, placement_id)
    require_match(if_match, placement.version)
    given = {name: getattr(told, name) for name in _PATCHED if name in told.model_fields_set}
    # A form sends back what stands there: only what becomes otherwise is judged.
    if any(given[name] != getattr(placement, name) for name in _YESES if name in given):
        after = {name: given.get(name, getattr(placement, name)) for name in _YESES}
        check_yeses(
            placement.outside_ground, placement.since, today=today_in_amsterdam(),
            registered_on=first_day_here(registration), **after,
        )  # fmt: skip
    changed = {
        _PATCHED[name]: (getattr(placement, name), value)
        for name, value in given.items()
        if getattr(placement, name) != value
    }
    if not changed:
        return
    for name, value in given.items():
        setattr(placement, name, value)
    session.flush()
    note_act(
        session, placement, PlacementAct.CORRECTED, actor=actor, day=today_in_amsterdam(),
        reason=told.reason, told=changed,
    )  # fmt: skip
    tell_placement(session, Occurrence.PLACEMENT_CHANGED, placement)


def named_family(session: Session, registration: Registration, told: WhereIn) -> Family:
    """Return a family for this transaction alone, with who lives there of a child's siblings.

    Raises InputRefused.
    """
    id_ = family_named(session, told.provider, told.family)
    if id_ is None:
        raise InputRefused("gezin: dit gezin is hier niet bekend; controleer aanbieder en nummer.")
    lock_siblings(session, registration, id_)
    return lock_families(session, {id_})[id_]


def new_placement(
    session: Session, registration: Registration, family: Family, *, told: OutsideIn, since: date
) -> Placement:
    """Return a placement with a family, not yet stored."""
    shape = first_shape(registration, told)
    return Placement(
        registration_id=registration.id,
        family_id=family.id,
        provider_id=family.provider_id,
        since=since,
        form=shape.form,
        rhythm=shape.rhythm,
        origin=PlacementOrigin.MOVED,
        together=lives_with_siblings(session, registration, family.id, since),
        outside_ground=told.ground,
        **{name: getattr(told, name) for name in _AS_TOLD},
    )


def begin(session: Session, registration: Registration, placement: Placement) -> list[str]:
    """Store a placement with its bed and what was known; return what is still to be settled.

    What was agreed on was asked before (`refuse_outside`); of what has begun already, or could not
    wait, a gap is told.
    """
    try:
        has_bed = take_bed(session, placement)
        record_beginning(session, registration, placement)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    # With a brother or sister there it is a request, as at a step: beside the beds on offer.
    if not has_bed and placement.outside_ground in BEGUN_ANEW and not placement.together:
        raise Conflict(TAKEN_ELSEWHERE)
    frame = frame_for_placement(session, registration, placement.family_id)
    gaps = [gap.sentence for gap in find_gaps(frame, placement.since)]
    no_bed = [] if has_bed else [NO_BED]
    return [*gaps, *no_bed, *(notice.sentence for notice in find_notices(frame))]


def refuse_double(
    session: Session,
    registration: Registration,
    since: date,
    shape: Shape,
    *,
    besides: UUID | None = None,
) -> None:
    """Raise Conflict where a child would live in two families at once; part-time may be beside."""
    for stay in stays_over(session, registration, since, besides=besides):
        both = {shape.form, stay.form} == {CareForm.PART_TIME}
        neither = CareForm.PART_TIME not in (shape.form, stay.form)
        if neither or (both and slots_of(shape.rhythm) & slots_of(stay.rhythm)):
            raise Conflict(
                "kind: dit kind woont dan al in een gezin; leg eerst het einde van die plaatsing "
                f"vast (/v1/plaatsingen/{stay.id})."
            )


def _refuse_state(session: Session, registration: Registration) -> None:
    if registration.state not in (RegistrationState.SEARCHING, RegistrationState.PLACED):
        raise Conflict(
            f"kind: deze aanmelding is '{registration.state.value}'; begin eerst een vervolg."
        )
    if has_running_step(session, registration.id):
        raise Conflict("kind: voor dit kind loopt een stap; leg eerst de uitkomst daarvan vast.")
