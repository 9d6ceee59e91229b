"""Beds of a family as rows: making as many, and as many free, as its provider says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.families.canonical import ListedPlace
from app.kernel.ids import new_id
from app.kernel.words import Rhythm


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as it stands: by_child tells whether a registered child lives there.

    is_held: people are busy with this family for a registered child.
    """

    id: UUID
    ordinal: int
    is_offered: bool
    is_occupied: bool
    by_child: bool
    rhythm: Rhythm = Rhythm.FULL_TIME
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class PlaceChanges:
    """Rows to insert, and ids whose state changes."""

    new_places: list[dict[str, object]]
    new_occupations: list[dict[str, object]]
    offered: list[UUID]
    withdrawn: list[UUID]
    released: list[UUID]
    rhythms: dict[UUID, Rhythm] = field(default_factory=dict)


def settle_places(
    family_id: UUID, known: Iterable[KnownPlace], *, total: int, free: int, at: datetime
) -> PlaceChanges:
    """Return what must change so that the family has `total` places of which `free` are free.

    A place where a registered child lives is never released by an export: only a person ends a
    placement. Occupation by children whom only the provider knows follows the provider's count, and
    takes a place that is held for a child (*al in gang*) last. Rhythms stay: a count tells of none.
    """
    beds = {place.ordinal: place for place in known}
    wanted = max(total, free)
    fresh = [_new_place(family_id, n) for n in range(1, wanted + 1) if n not in beds]
    kept = [bed for n, bed in sorted(beds.items()) if n <= wanted]
    taken = max(wanted - free - sum(bed.by_child for bed in kept), 0)
    anonymous = [bed for bed in kept if bed.is_occupied and not bed.by_child]
    vacant = sorted((bed for bed in kept if not bed.is_occupied), key=lambda bed: not bed.is_held)
    empty = [bed.id for bed in vacant] + [row["id"] for row in fresh]
    to_fill = max(taken - len(anonymous), 0)
    return PlaceChanges(
        new_places=fresh,
        new_occupations=[_occupation(place, at) for place in list(reversed(empty))[:to_fill]],
        offered=[bed.id for bed in kept if not bed.is_offered],
        withdrawn=[bed.id for n, bed in beds.items() if n > wanted and bed.is_offered],
        released=[bed.id for bed in anonymous[taken:]],
    )


def settle_listed(
    family_id: UUID, known: Iterable[KnownPlace], *, listed: Sequence[ListedPlace], at: datetime
) -> PlaceChanges:
    """Return what must change so that bed by bed it is as the provider tells.

    Where a registered child lives nothing changes but whether the bed is offered.
    """
    beds = {place.ordinal: place for place in known}
    told = dict(enumerate(listed, start=1))
    fresh = {
        n: _new_place(family_id, n, place.rhythm) for n, place in told.items() if n not in beds
    }
    kept = {n: bed for n, bed in beds.items() if n in told and not bed.by_child}
    empty = [row["id"] for n, row in fresh.items() if not told[n].is_free]
    empty += [bed.id for n, bed in kept.items() if not told[n].is_free and not bed.is_occupied]
    return PlaceChanges(
        new_places=list(fresh.values()),
        new_occupations=[_occupation(place, at) for place in empty],
        offered=[bed.id for n, bed in beds.items() if n in told and not bed.is_offered],
        withdrawn=[bed.id for n, bed in beds.items() if n not in told and bed.is_offered],
        released=[bed.id for n, bed in kept.items() if told[n].is_free and bed.is_occupied],
        rhythms={b.id: told[n].rhythm for n, b in kept.items() if told[n].rhythm is not b.rhythm},
    )


def _new_place(
    family_id: UUID, ordinal: int, rhythm: Rhythm = Rhythm.FULL_TIME
) -> dict[str, object]:
    return {"id": new_id(), "family_id": family_id, "ordinal": ordinal, "rhythm": rhythm}


def _occupation(place_id: object, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "place_id": place_id, "since": at}
