"""Signals and support: recording them, settling, and what came of an offer."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.strain import Helped, SupportKind, TakenUp
from app.models import Placement, StrainSignal, SupportOffer
from app.strain.ambulatory_asking import mark_offered, take_line
from app.strain.queries import offer_for_change, placement_for, signal_for_change
from app.strain.respite import end_respite, holds_place
from app.strain.schemas import SettleIn, SignalIn, SupportIn, SupportResultIn

UNKNOWN = "Deze plaatsing is hier niet bekend: controleer het id."


def known_placement(session: Session, placement_id: UUID) -> Placement:
    """Return a placement that the asker may see; raises NotFound."""
    found = placement_for(session, placement_id)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def require_running(session: Session, placement_id: UUID) -> Placement:
    """Return a placement that goes on; raises NotFound, Conflict of one that has ended."""
    placement = known_placement(session, placement_id)
    if placement.until is not None and placement.until < today_in_amsterdam():
        raise Conflict("Deze plaatsing is beëindigd: dit hoort bij een lopende plaatsing.")
    return placement


def record_signal(
    session: Session, *, actor: Actor, placement_id: UUID, told: SignalIn
) -> StrainSignal:
    """Store a signal; raises NotFound, Conflict of a placement that has ended, InputRefused."""
    placement, today = require_running(session, placement_id), today_in_amsterdam()
    day = told.day or today
    _refuse_day("dag", day, since=placement.since, today=today)
    signal = StrainSignal(
        placement_id=placement.id,
        day=day,
        kind=told.kind,
        note=told.note,
        respite_need=told.respite_need,
        **who(actor),
    )
    session.add(signal)
    session.flush()
    return signal


def settle_signal(
    session: Session, *, actor: Actor, ids: tuple[UUID, UUID], told: SettleIn
) -> None:
    """Settle a signal of a placement; raises NotFound, Conflict where it is settled."""
    signal = signal_for_change(session, *ids)
    if signal is None:
        raise NotFound("Dit signaal is er niet bij deze plaatsing: controleer de ids in het adres.")
    if signal.settled_at is not None:
        raise Conflict("Dit signaal is al afgehandeld.")
    signal.settled_at, signal.settled_by = now(), actor.name
    signal.settled_reason = told.reason
    session.flush()


def offer_support(
    session: Session, *, actor: Actor, placement_id: UUID, told: SupportIn
) -> SupportOffer:
    """Store an offer that nobody has answered yet; raises NotFound, InputRefused."""
    placement, today = known_placement(session, placement_id), today_in_amsterdam()
    day = told.offered_on or today
    _refuse_day("aangebodenOp", day, since=placement.since, today=today)
    line = take_line(session, placement.id, told.line, told.kind) if told.line else None
    offer = SupportOffer(
        placement_id=placement.id,
        kind=told.kind,
        note=told.note,
        offered_on=day,
        taken_up=TakenUp.NOT_YET,
        helped=Helped.UNKNOWN,
        **who(actor),
    )
    session.add(offer)
    session.flush()
    if line is not None:
        mark_offered(line, offer)
        session.flush()
    return offer


def find_offer(session: Session, ids: tuple[UUID, UUID]) -> SupportOffer:
    """Return an offer of a placement, locked; raises NotFound."""
    offer = offer_for_change(session, *ids)
    if offer is None:
        raise NotFound("Dit aanbod is er niet bij deze plaatsing: controleer de ids in het adres.")
    return offer


def record_result(session: Session, offer: SupportOffer, told: SupportResultIn) -> None:
    """Record what came of an offer; a last day of respite frees its place. Raises InputRefused."""
    given = told.model_dump(exclude_unset=True, by_alias=False)
    taken = given.get("taken_up") or offer.taken_up
    reason = given.get("taken_reason", offer.taken_reason)
    if taken is TakenUp.NO and not reason:
        raise InputRefused("redenNietOpgepakt: ontbreekt; zeg waarom het aanbod niet is opgepakt.")
    since, until = given.get("since", offer.since), given.get("until", offer.until)
    _refuse_span(since, until)
    if offer.kind is SupportKind.RESPITE and holds_place(session, offer):
        _keep_respite_whole(offer, taken, given)
        if taken is TakenUp.NO or "until" in given:
            end_respite(session, offer, until=given.get("until"))
    for name, value in given.items():
        if value is not None or name not in ("taken_up", "helped"):
            setattr(offer, name, value)
    session.flush()


def who(actor: Actor) -> dict[str, str]:
    """Return the columns that say who recorded something, and in which role."""
    return {"actor": actor.name, "role": actor.role.value}


def _keep_respite_whole(offer: SupportOffer, taken: TakenUp, given: dict[str, Any]) -> None:
    """Let respite end by its last day, and only respite that has not begun by a no."""
    today, until = today_in_amsterdam(), given.get("until")
    is_begun = offer.since is None or offer.since <= today
    if taken is TakenUp.NOT_YET or (taken is TakenUp.NO and is_begun):
        raise InputRefused("opgepakt: dit respijt loopt; beëindig het met een laatste dag.")
    if "since" in given:
        raise InputRefused("vanaf: dit respijt loopt al; de eerste dag ligt vast.")
    if "until" in given and (until is None or until > today):
        raise InputRefused(
            "totEnMet: geef vandaag of een eerdere dag; de plaats komt meteen vrij voor anderen."
        )


def _refuse_day(name: str, day: date, *, since: date, today: date) -> None:
    if day > today:
        raise InputRefused(f"{name}: ligt in de toekomst; leg vast wat er is.")
    if day < since:
        raise InputRefused(f"{name}: ligt voor de eerste dag van de plaatsing.")


def _refuse_span(since: date | None, until: date | None) -> None:
    if until is not None and since is None:
        raise InputRefused("vanaf: ontbreekt; geef bij een laatste dag ook de eerste.")
    if since is not None and until is not None and until < since:
        raise InputRefused("totEnMet: ligt voor vanaf; geef een latere dag.")
