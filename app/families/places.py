"""Beds of a family as rows: making as many, and as many free, as its provider says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as it stands: by_child tells whether a registered child lives there."""

    id: UUID
    ordinal: int
    is_offered: bool
    is_occupied: bool
    by_child: bool


@dataclass(frozen=True, slots=True)
class PlaceChanges:
    """Rows to insert, and ids whose state changes."""

    new_places: list[dict[str, object]]
    new_occupations: list[dict[str, object]]
    offered: list[UUID]
    withdrawn: list[UUID]
    released: list[UUID]


def settle_places(
    family_id: UUID, known: Iterable[KnownPlace], *, total: int, free: int, at: datetime
) -> PlaceChanges:
    """Return what must change so that the family has `total` places of which `free` are free.

    A place where a registered child lives is never released by an export: only a person ends a
    placement. Occupation by children whom only the provider knows follows the provider's count.
    """
    beds = {place.ordinal: place for place in known}
    wanted = max(total, free)
    fresh = [_new_place(family_id, n) for n in range(1, wanted + 1) if n not in beds]
    kept = [bed for n, bed in sorted(beds.items()) if n <= wanted]
    taken = max(wanted - free - sum(bed.by_child for bed in kept), 0)
    anonymous = [bed for bed in kept if bed.is_occupied and not bed.by_child]
    empty = [bed.id for bed in kept if not bed.is_occupied] + [row["id"] for row in fresh]
    to_fill = max(taken - len(anonymous), 0)
    return PlaceChanges(
        new_places=fresh,
        new_occupations=[_occupation(place, at) for place in list(reversed(empty))[:to_fill]],
        offered=[bed.id for bed in kept if not bed.is_offered],
        withdrawn=[bed.id for n, bed in beds.items() if n > wanted and bed.is_offered],
        released=[bed.id for bed in anonymous[taken:]],
    )


def _new_place(family_id: UUID, ordinal: int) -> dict[str, object]:
    return {"id": new_id(), "family_id": family_id, "ordinal": ordinal}


def _occupation(place_id: object, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "place_id": place_id, "since": at}
