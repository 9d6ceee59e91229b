"""What of a family changes from day to day: a pause, its beds, from when until when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.families.queries import family_for_change, forms_of
from app.families.readers.fields import FieldWrong
from app.families.schemas import PlaceIn
from app.families.told import read_places
from app.families.upsert import UNKNOWN_FAMILY, open_provider
from app.families.write import write_listed_places
from app.http.etag import require_match
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.words import CareForm, FamilyStatus
from app.models import Family


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a family pauses, and the last day of it; None: nobody knows yet."""

    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Availability:
    """What a family offers now; pause: None when it takes part in the search."""

    pause: Pause | None
    available_from: date | None
    available_until: date | None
    places: tuple[PlaceIn, ...]


def set_availability(
    session: Session,
    *,
    actor: Actor,
    provider_code: str,
    reference: str,
    told: Availability,
    if_match: str | None,
) -> None:
    """Note what a family offers now; that also confirms it.

    A bed where a registered child lives stays occupied: only a person ends a placement. What the
    provider's system tells anew later counts from then on; the same as before changes nothing.
    Raises NotFound, PreconditionMissing, VersionConflict, InputRefused, or Conflict for a family
    that has stopped.
    """
    named = open_provider(session, actor, provider_code)
    stored = family_for_change(session, named.provider.id, reference)
    if stored is None:
        raise NotFound(UNKNOWN_FAMILY)
    require_match(if_match, stored.version)
    forms = forms_of(session, stored.id)
    _check(stored, told, forms)
    try:
        listed = read_places(told.places, forms)
    except FieldWrong as error:
        raise InputRefused(f"{error.field}: {error.clause}.") from error
    pause = told.pause
    stored.status = FamilyStatus.PAUSED if pause else FamilyStatus.ACTIVE
    stored.pause_reason, stored.paused_until = (
        (pause.reason, pause.until) if pause else (None, None)
    )
    stored.available_from, stored.available_until = told.available_from, told.available_until
    stored.needs_confirmation, stored.confirmed_at = False, now()
    stored.confirmed_by = None  # a change is taken back by another change
    session.flush()
    write_listed_places(session, stored.id, listed)


def _check(stored: Family, told: Availability, forms: list[CareForm]) -> None:
    if stored.status is FamilyStatus.STOPPED:
        raise Conflict("Dit gezin is gestopt: stuur het hele gezin om het weer te laten meedoen.")
    if told.pause is None and not forms:
        raise InputRefused("pauze: een gezin zonder vorm van pleegzorg kan niet meedoen.")
    first, last = told.available_from, told.available_until
    if first is not None and last is not None and last < first:
        raise InputRefused("beschikbaarTot: ligt voor beschikbaarVanaf; verbeter een van beide.")
