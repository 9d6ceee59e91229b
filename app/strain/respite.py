"""Respite: asking for a round, accepting what it proposes, and ending what was accepted."""

from datetime import date, timedelta
from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.session import as_system
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.jobs import RESPITE_ROUND, queue_job
from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.strain import Helped, SupportKind, TakenUp, WeekendNeed
from app.kernel.words import Rhythm
from app.models import (
    Occupation,
    Placement,
    Registration,
    RespiteLine,
    RespitePlace,
    RespiteRound,
    RoundState,
    SupportOffer,
)
from app.placed.apart_queries import meets_in
from app.strain.queries import placement_for
from app.strain.respite_queries import (
    find_round,
    line_for_change,
    lock_family,
    places_of,
    respite_of,
    slots_of_place,
)
from app.strain.round_schemas import AcceptIn, RoundIn
from app.strain.rules import load_rules
from app.strain.watch import Strained, watch_list

_MONTH = 365.25 / 12
NOBODY = (
    "Niemand op de volglijst vraagt om respijt, of wie erom vraagt heeft het al: leg bij een "
    "plaatsing een signaal vast met 'vraagtRespijt', of noem de plaatsingen."
)
MEETS = (
    "In dit gezin woont of logeert een kind met wie dit kind apart moet blijven, ook in andere "
    "weekenden: vraag een nieuwe respijtronde aan."
)


def ask_round(session: Session, queue: App, *, actor: Actor, wish: RoundIn) -> RespiteRound:
    """Store a round and queue its job; raises InputRefused, Conflict without anybody."""
    today = today_in_amsterdam()
    strained = {s.watched.placement.id: s for s in watch_list(session, today)}
    wanted = _wanted(wish, strained)
    for placement_id in wanted:
        _refuse_unfit(session, placement_id)
    if not wanted:
        raise Conflict(NOBODY)
    found = _store(session, actor, wish, today=today)
    _add_lines(session, found, wanted, strained)
    queue_round(session, queue, found)
    remember_made(session, "respijtronde", found.id)
    return found


def ask_nightly(session: Session, queue: App, *, actor: Actor, today: date) -> UUID | None:
    """Ask a round for all who ask respite on the watch list, or None where nobody does."""
    strained = {s.watched.placement.id: s for s in watch_list(session, today)}
    wanted = _wanted(RoundIn.model_validate({}), strained)
    if not wanted:
        return None
    found = _store(session, actor, RoundIn.model_validate({}), today=today, is_nightly=True)
    _add_lines(session, found, wanted, strained)
    queue_round(session, queue, found)
    return found.id


def queue_round(session: Session, queue: App, found: RespiteRound) -> None:
    """Queue the job of a round by its name: only the room of proposals knows the engine."""
    queue_job(queue, session, RESPITE_ROUND, lock=RESPITE_ROUND, round_id=str(found.id))


def _wanted(wish: RoundIn, strained: dict[UUID, Strained]) -> dict[UUID, WeekendNeed]:
    if wish.placements is not None:
        return {asked.placement: asked.need for asked in wish.placements}
    return {
        id_: found.need.weekends
        for id_, found in strained.items()
        if found.need is not None and not found.has_respite
    }


def _refuse_unfit(session: Session, placement_id: UUID) -> None:
    placement = placement_for(session, placement_id)
    if placement is None:
        raise InputRefused("plaatsingen: een van deze plaatsingen is hier niet bekend.")
    if placement.until is not None or placement.is_bridging:
        raise InputRefused("plaatsingen: een van deze plaatsingen loopt niet (meer).")
    if respite_of(session, placement_id) is not None:
        raise Conflict(
            "plaatsingen: een van deze plaatsingen heeft al respijt; beëindig dat eerst."
        )


def _store(
    session: Session, actor: Actor, wish: RoundIn, *, today: date, is_nightly: bool = False
) -> RespiteRound:
    rules = load_rules()
    starts_on = wish.starts_on or today
    until = wish.until or starts_on + timedelta(days=round(rules.months * _MONTH))
    if starts_on < today:
        raise InputRefused("vanaf: ligt in het verleden; kies vandaag of een latere dag.")
    if until <= starts_on:
        raise InputRefused("totEnMet: ligt niet na vanaf; kies een latere dag.")
    found = RespiteRound(
        is_nightly=is_nightly,
        snapshot_day=today,
        starts_on=starts_on,
        until=until,
        radius_km=wish.radius_km or rules.radius_km,
        actor=actor.name,
        state=RoundState.WAITING,
        goals=[],
    )
    session.add(found)
    session.flush()
    return found


def _add_lines(
    session: Session,
    found: RespiteRound,
    wanted: dict[UUID, WeekendNeed],
    strained: dict[UUID, Strained],
) -> None:
    for placement_id, need in wanted.items():
        known = strained.get(placement_id)
        since = known.since if known else found.snapshot_day
        session.add(
            RespiteLine(
                round_id=found.id, placement_id=placement_id, need=need, asked_since=since,
                reasons=[],
            )
        )  # fmt: skip
    session.flush()


def accept_proposal(
    session: Session, *, actor: Actor, round_id: UUID, placement_id: UUID, told: AcceptIn
) -> SupportOffer:
    """Record the respite and take its place, both or neither; return the offer.

    Raises NotFound, InputRefused without the family's yes, Conflict where there is no proposal,
    the placement has respite or has ended, or the place has been given meanwhile.
    """
    placement = placement_for(session, placement_id, lock=True)
    found = find_round(session, round_id)
    line = line_for_change(session, round_id, placement_id)
    if placement is None or found is None or line is None:
        raise NotFound("Deze plaatsing is er niet in deze ronde: controleer de ids in het adres.")
    _refuse_acceptance(session, placement, line, told)
    since = told.since or max(found.starts_on, today_in_amsterdam())
    if not found.starts_on <= since < found.until:
        raise InputRefused("vanaf: ligt buiten de dagen waarvoor deze ronde zocht.")
    offer = SupportOffer(
        placement_id=placement.id,
        kind=SupportKind.RESPITE,
        offered_on=today_in_amsterdam(),
        taken_up=TakenUp.YES,
        since=since,
        helped=Helped.UNKNOWN,
        family_id=line.family_id,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(offer)
    session.flush()
    _take_place(session, placement, line, offer)
    line.offer_id = offer.id
    session.flush()
    return offer


def _refuse_acceptance(
    session: Session, placement: Placement, line: RespiteLine, told: AcceptIn
) -> None:
    if line.offer_id is not None:
        raise Conflict("Dit voorstel is al aangenomen.")
    if line.family_id is None:
        raise Conflict("Voor deze plaatsing is er in deze ronde geen gezin voorgesteld.")
    if not told.is_agreed:
        raise InputRefused("gezinAkkoord: vraag eerst het gezin en zijn aanbieder om een ja.")
    if placement.until is not None:
        raise Conflict("Deze plaatsing loopt niet meer: er is geen respijt meer nodig.")
    if respite_of(session, placement.id) is not None:
        raise Conflict("Deze plaatsing heeft al respijt: beëindig dat eerst.")


def _take_place(
    session: Session, placement: Placement, line: RespiteLine, offer: SupportOffer
) -> None:
    """Use the bed in the weekends of the proposal, if it still stands free in all of them."""
    if line.family_id is None or line.place_id is None:
        raise Conflict("Voor deze plaatsing is er in deze ronde geen gezin voorgesteld.")
    lock_family(session, line.family_id)
    _refuse_meeting(session, placement, line.family_id)
    rhythms = [Rhythm(word) for word in line.rhythms or ()]
    free = slots_of_place(session, line.place_id, today_in_amsterdam())
    if not frozenset(rhythms) <= free:
        raise Conflict(
            "Deze plaats is intussen voor iemand anders, of het gezin biedt haar niet meer: vraag "
            "een nieuwe respijtronde aan."
        )
    for rhythm in rhythms:
        use = Occupation(
            place_id=line.place_id,
            registration_id=placement.registration_id,
            rhythm=rhythm,
            since=now(),
        )
        session.add(use)
        session.flush()
        session.add(RespitePlace(offer_id=offer.id, occupation_id=use.id))
    tell_of_family(session, Occurrence.FAMILY_CHANGED, line.family_id)


def _refuse_meeting(session: Session, placement: Placement, family_id: UUID) -> None:
    """Refuse a family where one lives or comes by now whom the child may not meet.

    Under the family's lock: whoever accepts for the other one waits for it, and then hears this.
    """
    # The other one may be of another provider; of it is told only that there is one.
    with as_system(session):
        registration = session.get_one(Registration, placement.registration_id)
        is_met = meets_in(session, registration, family_id, today_in_amsterdam())
    if is_met:
        raise Conflict(MEETS)


def holds_place(session: Session, offer: SupportOffer) -> bool:
    """Return whether an offer uses a place now; also one of another provider than the asker."""
    with as_system(session):
        return bool(places_of(session, [offer.id]))


def end_respite(session: Session, offer: SupportOffer, *, until: date | None) -> None:
    """Free the places of a respite offer at once.

    until: its last day, today or earlier; None where it never began. Raises InputRefused.
    """
    if until is not None and offer.since is not None and until < offer.since:
        raise InputRefused("totEnMet: ligt voor de eerste dag van dit respijt.")
    # The family may be of another provider than who ends it; that it may do so was judged.
    with as_system(session):
        for use in places_of(session, [offer.id])[offer.id]:
            use.release(now())
        session.flush()
        if offer.family_id is not None:
            tell_of_family(session, Occurrence.FAMILY_CHANGED, offer.family_id)
