"""Beds of a family as rows: making as many, and as many free, as its provider says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.families.canonical import ListedPlace
from app.kernel.ids import new_id
from app.kernel.words import Rhythm

Offer = tuple[tuple[str, ...], date | None, date | None]  # forms (none: all), first and last day
ALIKE: Offer = ((), None, None)


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
    offer: Offer = ALIKE


@dataclass(frozen=True, slots=True)
class PlaceChanges:
    """Rows to insert, and ids whose state changes."""

    new_places: list[dict[str, object]]
    new_occupations: list[dict[str, object]]
    offered: list[UUID]
    withdrawn: list[UUID]
    released: list[UUID]
    rhythms: dict[UUID, Rhythm] = field(default_factory=dict)
    offers: dict[UUID, Offer] = field(default_factory=dict)
    from_outside: dict[UUID, bool] = field(default_factory=dict)


def settle_places(
    family_id: UUID, known: Iterable[KnownPlace], *, total: int, free: int, at: datetime
) -> PlaceChanges:
    """Return what must change so that the family has `total` places of which `free` are free.

    A place where a registered child lives is never released by an export: only a person ends a
    placement. Occupation by children whom only the provider knows follows the provider's count, and
    takes a place that is held for a child (*al in gang*) last. Rhythms, and forms and days of a
    bed, stay: a count tells of none.
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
        n: _new_place(family_id, n, place.rhythm) | offer_columns(offer_of(place))
        for n, place in told.items()
        if n not in beds
    }
    kept = {n: bed for n, bed in beds.items() if n in told and not bed.by_child}
    ids = {n: row["id"] for n, row in fresh.items()} | {n: bed.id for n, bed in kept.items()}
    empty = [
        (ids[n], told[n].from_outside)
        for n in ids
        if not told[n].is_free and not (n in kept and kept[n].is_occupied)
    ]
    return PlaceChanges(
        new_places=list(fresh.values()),
        new_occupations=[
            _occupation(place, at) | {"from_outside": outside} for place, outside in empty
        ],
        offered=[bed.id for n, bed in beds.items() if n in told and not bed.is_offered],
        withdrawn=[bed.id for n, bed in beds.items() if n not in told and bed.is_offered],
        released=[bed.id for n, bed in kept.items() if told[n].is_free and bed.is_occupied],
        rhythms={b.id: told[n].rhythm for n, b in kept.items() if told[n].rhythm is not b.rhythm},
        offers={
            b.id: offer_of(told[n])
            for n, b in beds.items()
            if n in told and offer_of(told[n]) != b.offer
        },
        from_outside={
            b.id: told[n].from_outside
            for n, b in kept.items()
            if b.is_occupied and not told[n].is_free
        },
    )


def offer_of(place: ListedPlace) -> Offer:
    """Return what a bed is for by itself."""
    forms = tuple(str(form.value) for form in place.forms)
    return (forms, place.available_from, place.available_until)


def offer_columns(offer: Offer) -> dict[str, object]:
    """Return the same as columns of a place."""
    forms, first, last = offer
    return {"forms": list(forms) or None, "available_from": first, "available_until": last}


def _new_place(
    family_id: UUID, ordinal: int, rhythm: Rhythm = Rhythm.FULL_TIME
) -> dict[str, object]:
    row = {"id": new_id(), "family_id": family_id, "ordinal": ordinal, "rhythm": rhythm}
    return row | offer_columns(ALIKE)


def _occupation(place_id: object, at: datetime) -> dict[str, object]:
    return {"id": new_id(), "place_id": place_id, "since": at, "from_outside": False}
