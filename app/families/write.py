"""Writing families and what hangs on them, in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.orm import Session

from app.db.bulk import among, insert_rows, update_rows
from app.families.canonical import FamilyRecord, ListedPlace
from app.families.fields import field_digests
from app.families.places import (
    KnownPlace,
    PlaceChanges,
    offer_columns,
    settle_listed,
    settle_places,
)
from app.families.queries import heard_until, known_places
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.words import HousemateRole
from app.models import (
    Family,
    FamilyForm,
    FamilyWillingness,
    Housemate,
    Occupation,
    Place,
)

_COPIED = (
    "reference", "name", "kind", "status", "postcode", "place_name", "available_from",
    "available_until", "min_age", "max_age", "gender_preference", "max_siblings",
    "experience_years", "cooperation", "smokes", "wheelchair", "faith", "clearance_until",
    "prepared", "respite", "network_for",
)  # fmt: skip
_LISTS = ("trainings", "pets", "languages")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose families they are: of a provider, and whose system tells of them."""

    provider_id: UUID
    source_id: UUID


def add_families(session: Session, owner: Owner, records: list[tuple[FamilyRecord, str]]) -> None:
    """Insert new families with all that hangs on them; each record with its content hash."""
    families = [(new_id(), record, content) for record, content in records]
    insert_rows(
        session,
        Family,
        [
            {**_columns(record, content), "id": id_, "version": 1, "needs_confirmation": False,
             **asdict(owner)}
            for id_, record, content in families
        ],
    )  # fmt: skip
    _write_details(session, [(id_, record) for id_, record, _ in families])


def change_families(session: Session, changes: list[tuple[UUID, FamilyRecord, str]]) -> None:
    """Overwrite known families; appearing in an export is also the provider's confirmation."""
    if not changes:
        return
    rows = [
        {**_columns(record, content), "id": id_, "needs_confirmation": False}
        for id_, record, content in changes
    ]
    update_rows(session, Family, rows)
    ids = [id_ for id_, _, _ in changes]
    for table in (FamilyForm, FamilyWillingness, Housemate):
        session.execute(delete(table).where(among(table.family_id, ids)))
    _write_details(session, [(id_, record) for id_, record, _ in changes])


def refresh_families(session: Session, moments: list[tuple[UUID, datetime]]) -> None:
    """Note a newer moment of change for families whose content stayed the same."""
    rows = [{"id": id_, "source_updated_at": at} for id_, at in moments]
    update_rows(session, Family, rows, raise_version=False)


def ask_to_confirm(
    session: Session, ids: list[UUID], *, until: datetime | None = None
) -> list[str]:
    """Mark families as `navragen`; they stay, but are not proposed.

    until: leave out those of whom was heard after this instant. Return the numbers of those that
    were not asked about already, sorted.
    """
    is_old = [] if until is None else [heard_until(until)]
    marked = session.scalars(
        update(Family)
        .where(among(Family.id, ids), ~Family.needs_confirmation, *is_old)
        .values(needs_confirmation=True, version=Family.version + 1)
        .returning(Family.reference)
        .execution_options(synchronize_session=False)
    )
    return sorted(marked)


def _columns(record: FamilyRecord, content: str) -> dict[str, Any]:
    columns = {name: getattr(record, name) for name in _COPIED}
    columns |= {name: list(getattr(record, name)) for name in _LISTS}
    return columns | {
        "source_updated_at": record.updated_at,
        "content_hash": content,
        "field_digests": field_digests(record),
    }


def _write_details(session: Session, families: list[tuple[UUID, FamilyRecord]]) -> None:
    insert_rows(
        session, FamilyForm, [{"family_id": i, "form": f} for i, r in families for f in r.forms]
    )
    insert_rows(
        session,
        FamilyWillingness,
        [
            {"family_id": i, "problem": problem, "answer": answer}
            for i, r in families
            for problem, answer in r.willingness.items()
        ],
    )
    insert_rows(session, Housemate, [row for i, r in families for row in _housemates(i, r)])
    places = known_places(session, [id_ for id_, _ in families])
    at = now()
    _write_places(
        session, [_settle(id_, record, places.get(id_, []), at) for id_, record in families]
    )


def write_listed_places(session: Session, family_id: UUID, listed: Sequence[ListedPlace]) -> None:
    """Let the beds of a family be as they are listed, one by one."""
    known = known_places(session, [family_id]).get(family_id, [])
    _write_places(session, [settle_listed(family_id, known, listed=listed, at=now())])


def _settle(id_: UUID, record: FamilyRecord, known: list[KnownPlace], at: datetime) -> PlaceChanges:
    if record.places:
        return settle_listed(id_, known, listed=record.places, at=at)
    return settle_places(id_, known, total=record.places_total, free=record.places_free, at=at)


def _housemates(family_id: UUID, record: FamilyRecord) -> Iterable[dict[str, object]]:
    for role, years in (
        (HousemateRole.CARER, record.carers_born),
        (HousemateRole.OWN_CHILD, record.own_children_born),
        (HousemateRole.FOSTER_CHILD, record.foster_children_born),
    ):
        for year in years:
            yield {"id": new_id(), "family_id": family_id, "role": role, "birth_year": year}


def _write_places(session: Session, changes: list[PlaceChanges]) -> None:
    insert_rows(session, Place, [row for change in changes for row in change.new_places])
    for offered in (True, False):
        ids = [i for c in changes for i in (c.offered if offered else c.withdrawn)]
        if ids:
            session.execute(update(Place).where(among(Place.id, ids)).values(is_offered=offered))
    rhythms = [
        {"id": id_, "rhythm": rhythm}
        for change in changes
        for id_, rhythm in change.rhythms.items()
    ]
    if rhythms:
        session.execute(update(Place), rhythms)
    offers = [
        {"id": id_, **offer_columns(offer)}
        for change in changes
        for id_, offer in change.offers.items()
    ]
    if offers:
        session.execute(update(Place), offers)
    _note_from_outside(session, changes)
    released = [id_ for change in changes for id_ in change.released]
    if released:
        session.execute(
            update(Occupation)
            .where(among(Occupation.place_id, released), Occupation.released_at.is_(None))
            .values(released_at=func.greatest(Occupation.since, now()))
        )
    insert_rows(session, Occupation, [row for change in changes for row in change.new_occupations])


def _note_from_outside(session: Session, changes: list[PlaceChanges]) -> None:
    """Note of whom only the provider knows whether they came from outside the region."""
    for outside in (True, False):
        ids = [i for c in changes for i, told in c.from_outside.items() if told is outside]
        if ids:
            is_running = (Occupation.released_at.is_(None), Occupation.registration_id.is_(None))
            session.execute(
                update(Occupation)
                .where(among(Occupation.place_id, ids), *is_running)
                .where(Occupation.from_outside.is_not(outside))
                .values(from_outside=outside)
            )
