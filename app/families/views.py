"""From stored rows to what the door of the families shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.families.move_schemas import FamilyMoveOut
from app.families.queries import ListedFamily, StoredFamily
from app.families.schemas import FamilyOut, FamilySummary, PlaceOut
from app.freshness import first_of, heard_of
from app.kernel.words import CARE_FORMS, PROBLEMS, CareForm, HousemateRole
from app.models import FamilyMove, Place
from app.settings import load_settings

_COPIED = (
    "id", "name", "kind", "status", "postcode", "place_name", "available_from", "available_until",
    "min_age", "max_age", "gender_preference", "max_siblings", "experience_years", "trainings",
    "cooperation", "pets", "smokes", "wheelchair", "languages", "faith", "clearance_until",
    "prepared", "respite", "network_for", "needs_confirmation",
    "pause_reason", "paused_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """When a family was last heard of, and since when it must first be confirmed, if so."""

    heard: datetime
    confirm_first: date | None


def words_of(session: Session, family_ids: Collection[UUID]) -> dict[UUID, Word]:
    """Return what is known of how fresh each family is."""
    told = heard_of(session, family_ids)
    stale = first_of(told, days=load_settings().confirm_after_days)
    return {id_: Word(heard, stale.get(id_)) for id_, heard, _ in told}


def show_family(stored: StoredFamily, word: Word) -> FamilyOut:
    """Return a family with all that hangs on it."""
    row = stored.family
    return FamilyOut(
        **{name: getattr(row, name) for name in _COPIED},
        confirm_first=word.confirm_first,
        last_heard=word.heard.astimezone(UTC),
        clearance_lapsed=None if row.clearance_until else row.clearance_lapsed,
        provider=stored.provider,
        number=row.reference,
        carers_born=stored.born[HousemateRole.CARER],
        own_children_born=stored.born[HousemateRole.OWN_CHILD],
        foster_children_born=stored.born[HousemateRole.FOSTER_CHILD],
        forms=_in_order(stored.forms),
        places_total=len(stored.places),
        places_free=sum(is_free for _, is_free in stored.places),
        places=_show_places(stored.places, stored.from_outside),
        willingness={p: stored.willingness[p] for p in PROBLEMS if p in stored.willingness},
        updated_at=row.source_updated_at.astimezone(UTC),
        confirmed_at=_in_utc(row.confirmed_at),
    )


def _show_place(place: Place, *, is_free: bool, from_outside: bool) -> PlaceOut:
    return PlaceOut(
        ordinal=place.ordinal,
        rhythm=place.rhythm,
        is_free=is_free,
        forms=[CareForm(form) for form in place.forms or ()],
        available_from=place.available_from,
        available_until=place.available_until,
        from_outside=from_outside,
    )


def show_move(move: FamilyMove, codes: Mapping[UUID, str]) -> FamilyMoveOut:
    """Return a line of the history of a family; codes: of all providers, by id."""
    return FamilyMoveOut(
        from_provider=codes[move.from_provider_id],
        from_number=move.from_number,
        to_provider=codes[move.to_provider_id],
        to_number=move.to_number,
        on_day=move.on_day,
        is_merger=move.is_merger,
        clearance_until=move.clearance_until,
        reason=move.reason,
        actor=move.actor,
    )


def show_summary(listed: ListedFamily, word: Word) -> FamilySummary:
    """Return the line of a list for a family."""
    row = listed.family
    return FamilySummary(
        id=row.id,
        provider=listed.provider,
        number=row.reference,
        kind=row.kind,
        status=row.status,
        forms=_in_order(listed.forms),
        places_total=len(listed.places),
        places_free=sum(is_free for _, is_free in listed.places),
        places=_show_places(listed.places, listed.from_outside),
        available_from=row.available_from,
        available_until=row.available_until,
        pause_reason=row.pause_reason,
        paused_until=row.paused_until,
        needs_confirmation=row.needs_confirmation,
        confirmed_at=_in_utc(row.confirmed_at),
        confirm_first=word.confirm_first,
        last_heard=word.heard.astimezone(UTC),
        updated_at=row.source_updated_at.astimezone(UTC),
    )


def _show_places(
    places: Sequence[tuple[Place, bool]], from_outside: Collection[UUID]
) -> list[PlaceOut]:
    return [
        _show_place(place, is_free=is_free, from_outside=place.id in from_outside)
        for place, is_free in places
    ]


def _in_order(forms: list[CareForm]) -> list[CareForm]:
    return [form for form in CARE_FORMS if form in forms]


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
