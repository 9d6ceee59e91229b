"""The end of a placement: what it counts as by the rule, the bed free, and what follows."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.because import because
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.kernel.actor import Actor
from app.kernel.endings import MEANING, EndCode, WentTo, label_of
from app.kernel.errors import Conflict, InputRefused
from app.kernel.holding import PlacementAct
from app.models import Placement, PlacementEnding, Registration, RegistrationState
from app.placed.queries import has_breakdown_record
from app.placed.respite import end_respite
from app.placements.acting import locked, note_act, refuse_day, tell_placement
from app.placements.beds import release_beds
from app.placements.queries import ending_of
from app.placements.schemas import EndedIn, EndingIn
from app.placements.schemas_out import NextStep

# Where nobody searches any more: these end the registration too.
_SETTLED = (WentTo.HOME, WentTo.NETWORK, WentTo.OWN_PLACE, WentTo.STAYS)
_SETTINGS = (WentTo.FAMILY_HOME, WentTo.SMALL_GROUP, WentTo.RESIDENTIAL)
_CLOSED = "De aanmelding is gesloten: het kind heeft een plek, en er wordt niet meer gezocht."
_WITH_SUPPORT = " Krijgt het daar steun, leg dat dan vast als trede op de ladder."
_IN_SETTING = " Leg als trede op de ladder vast in welke instelling het kind nu woont."
_RESPITE_OVER = " Het respijt naast deze plaatsing is ook beëindigd."
_DIED = "De aanmelding is gesloten."
_OPEN = (
    "De aanmelding blijft 'geplaatst' tot u verder gaat: begin een vervolg als voor het kind weer "
    "een gezin wordt gezocht, of sluit de aanmelding."
)


def end_placement(
    session: Session, *, actor: Actor, placement_id: UUID, told: EndingIn
) -> NextStep:
    """Record how a placement ended; return what becomes of the registration.

    Raises NotFound; Conflict for an end that is recorded already; InputRefused for the day.
    """
    placement, registration = locked(session, placement_id)
    if ending_of(session, placement.id) is not None:
        raise Conflict("Het einde van deze plaatsing is al vastgelegd; een coördinator beoordeelt.")
    day = _last_day(placement, told.day)
    refuse_odd(told)
    has_moved_on = placement.until is not None
    store_ending(
        session, placement, actor=actor, day=day, code=told.code, went_to=told.went_to,
        note=told.note,
    )  # fmt: skip
    has_respite = end_respite(session, placement, day)
    if not has_moved_on:
        release_beds(session, placement)
    note_act(
        session, placement, PlacementAct.ENDED, actor=actor, day=day, reason=told.note,
        told={"code": (None, told.code), "vervolgplek": (None, told.went_to)},
    )  # fmt: skip
    tell_placement(session, Occurrence.PLACEMENT_ENDED, placement)
    following = follow(session, registration, told)
    if has_respite:
        following.sentence += _RESPITE_OVER
    return following


def store_ending(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    day: date,
    code: EndCode,
    went_to: WentTo,
    note: str | None,
) -> None:
    """Write the end of a placement with the label that the rule gives it."""
    placement.until = day
    session.add(
        PlacementEnding(
            placement_id=placement.id,
            code=code,
            went_to=went_to,
            label=label_of(code, went_to, has_record=has_breakdown_record(session, placement.id)),
            note=note,
            actor=actor.name,
            role=actor.role.value,
        )
    )
    session.flush()


def _last_day(placement: Placement, told: date | None) -> date:
    if placement.until is not None:
        if told not in (None, placement.until):
            raise InputRefused(f"dag: de laatste dag staat al vast ({placement.until}).")
        return placement.until
    if told is None:
        raise InputRefused("dag: ontbreekt; noem de laatste dag van de plaatsing.")
    refuse_day("dag", told, placement.since)
    return told


def refuse_odd(told: EndedIn) -> None:
    """Raise InputRefused for a code and a next place that do not go together."""
    if told.code is EndCode.DEATH and told.went_to is not WentTo.UNKNOWN:
        raise InputRefused("vervolgplek: kies 'onbekend' als het kind is overleden.")
    if told.went_to is WentTo.STAYS and told.code in (EndCode.BY_CLIENT, EndCode.BY_PROVIDER):
        raise InputRefused(
            f"vervolgplek: '{WentTo.STAYS.value}' gaat niet samen met een einde "
            f"'{MEANING[told.code]}'; controleer een van beide."
        )


def follow(session: Session, registration: Registration, told: EndedIn) -> NextStep:
    """Close a registration whose child has a place of its own; return how it stands."""
    has_died = told.code is EndCode.DEATH
    if registration.state is RegistrationState.PLACED and (has_died or told.went_to in _SETTLED):
        with because(session, f"Plaatsing geëindigd: {told.went_to.value}.", of=registration.id):
            registration.state = RegistrationState.CLOSED
        emit(session, Occurrence.REGISTRATION_CLOSED, child=registration.id)
        closed = _CLOSED + (_WITH_SUPPORT if told.went_to is WentTo.HOME else "")
        return NextStep(
            state=registration.state.value, sentence=_DIED if has_died else closed, path=None
        )
    is_open = registration.state is RegistrationState.PLACED
    return NextStep(
        state=registration.state.value,
        sentence=(_OPEN if is_open else f"De aanmelding is '{registration.state.value}'.")
        + (_IN_SETTING if told.went_to in _SETTINGS else ""),
        path=f"/v1/kinderen/{registration.id}/_vervolg" if is_open else None,
    )
