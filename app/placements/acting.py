"""What every act on a placement does: find and lock it, refuse what cannot be, note who did it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.session import as_system
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.holding import PlacementAct
from app.models import Placement, PlacementChange, Registration
from app.placements.act_queries import placement_for_act, registration_for_act
from app.placements.queries import visible

UNKNOWN = "Deze plaatsing is hier niet bekend: controleer het id in het adres."
_BRIDGING = (
    "Dit is een crisisbed: er wordt verder gezocht. Het eindigt met een stap naar een ander gezin, "
    "of doordat de crisisdienst het bed vrijgeeft."
)


def own_placement(session: Session, id_: UUID) -> Placement:
    """Return a placement as the asker sees it; raises NotFound for any other."""
    placement = visible(session, id_)
    if placement is None:
        raise NotFound(UNKNOWN)
    return placement


@contextmanager
def allowed_on(session: Session, id_: UUID) -> Iterator[None]:
    """Let who may see a placement read what stands around it, and act on it; raises NotFound.

    A provider sees its own, a referrer those of the children that it registered; what they see of
    it is shortened by the access file. Noted as about the child too: whoever asks who did something
    about it must find this.
    """
    placement = own_placement(session, id_)
    remember_made(session, "kind", placement.registration_id)
    with as_system(session):
        yield


def locked(session: Session, id_: UUID) -> tuple[Placement, Registration]:
    """Return as `locked_any`; raises Conflict for a crisis bed, which has a road of its own."""
    placement, registration = locked_any(session, id_)
    if placement.is_bridging:
        raise Conflict(_BRIDGING)
    return placement, registration


def locked_any(session: Session, id_: UUID) -> tuple[Placement, Registration]:
    """Return a placement and its registration for this transaction alone; as the system.

    Always the child first, as the steps do: who takes locks in one order never waits in a circle.
    Raises NotFound.
    """
    found = own_placement(session, id_)
    registration = registration_for_act(session, found.registration_id)
    placement = placement_for_act(session, id_)
    if registration is None or placement is None:
        raise NotFound(UNKNOWN)
    return placement, registration


def running(session: Session, id_: UUID) -> tuple[Placement, Registration]:
    """Return as `locked` what still runs; raises Conflict for what has ended."""
    placement, registration = locked(session, id_)
    if placement.until is not None:
        raise Conflict("Deze plaatsing is al geëindigd: hier is niets meer te wijzigen.")
    return placement, registration


def refuse_day(name: str, day: date, since: date) -> None:
    """Raise InputRefused for a day that is still to come, or before the start of the placement."""
    if day > today_in_amsterdam():
        raise InputRefused(f"{name}: ligt in de toekomst; leg het vast als het zover is.")
    if day < since:
        raise InputRefused(f"{name}: ligt voor de eerste dag van de plaatsing; kies later.")


def note_act(
    session: Session,
    placement: Placement,
    act: PlacementAct,
    *,
    actor: Actor,
    day: date,
    reason: str | None,
    told: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Add who did what to a placement and why; told: by Dutch field what it was and became."""
    words = {name: [_said(was), _said(became)] for name, (was, became) in (told or {}).items()}
    session.add(
        PlacementChange(
            placement_id=placement.id,
            act=act,
            on_day=day,
            told=words,
            reason=reason,
            actor=actor.name,
            role=actor.role.value,
        )
    )


def tell_placement(session: Session, occurrence: Occurrence, placement: Placement) -> None:
    """Emit an event about a placement, to the family's provider and to staff."""
    tell_of_family(
        session,
        occurrence,
        placement.family_id,
        child=placement.registration_id,
        placement=placement.id,
    )


def _said(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)
