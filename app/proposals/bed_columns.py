"""Beds as columns of the engine's input: those of families that tell of beds by themselves."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS
from app.matching.beds import Beds
from app.proposals.columns import days, ints
from app.proposals.rows import MatchRows
from app.proposals.settled_rows import ALIKE, FreePlace


def bed_columns(rows: MatchRows) -> Beds:
    """Return a row for each free bed of a family of which a free bed has forms or days of its own.

    In the order of families and of their beds, as `own_beds` gives them.
    """
    found = list(_rows(rows))
    forms = [[form in offered for form in CARE_FORMS] for _, offered, _ in found]
    slots = [[slot in place.slots for slot in RHYTHMS[1:]] for _, _, place in found]
    return Beds(
        family=ints(at for at, _, _ in found),
        forms=np.array(forms, dtype=np.bool_).reshape(len(found), len(CARE_FORMS)),
        slots=np.array(slots, dtype=np.bool_).reshape(len(found), len(RHYTHMS) - 1),
        since=days([place.offer.since for _, _, place in found]),
        until=days([place.offer.until for _, _, place in found]),
    )


def own_beds(places: Sequence[FreePlace]) -> Sequence[FreePlace]:
    """Return the free beds of a family that has rows in Beds, none of any other family."""
    return places if any(place.offer != ALIKE for place in places) else ()


def _rows(rows: MatchRows) -> Iterator[tuple[int, set[str], FreePlace]]:
    for at, (family, _) in enumerate(rows.families):
        offered = rows.forms[family.id]
        for place in own_beds(_free(rows, family.id)):
            own = place.offer.forms
            yield at, offered if own is None else offered & set(own), place


def _free(rows: MatchRows, family_id: UUID) -> Sequence[FreePlace]:
    return rows.free_places.get(family_id, ())
