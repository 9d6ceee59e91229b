"""What people have settled, in small problems for tests."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS, SiblingWish
from app.matching.beds import Beds
from app.matching.problem import BegunPairs, PlacedSiblings
from tests.matching.rows import SNAPSHOT, Row, column, days


def part_places(homes: Sequence[Row]) -> Any:
    table = [[home["part_places"].get(str(r), 0) for r in RHYTHMS[1:]] for home in homes]
    return np.array(table, dtype=np.int64).reshape(len(homes), len(RHYTHMS) - 1)


def unlike_beds(homes: Sequence[Row]) -> Beds:
    default = {"forms": CARE_FORMS, "rhythm": "voltijd", "since": None, "until": None}
    rows = [{"home": at, **default, **bed} for at, home in enumerate(homes) for bed in home["beds"]]
    forms = [[form in row["forms"] for form in CARE_FORMS] for row in rows]
    slots = [[row["rhythm"] in ("voltijd", slot) for slot in RHYTHMS[1:]] for row in rows]
    return Beds(
        column(rows, "home"),
        np.array(forms, dtype=np.bool_).reshape(len(rows), len(CARE_FORMS)),
        np.array(slots, dtype=np.bool_).reshape(len(rows), len(RHYTHMS) - 1),
        days(rows, "since"),
        days(rows, "until"),
    )


def begun_pairs(rows: Sequence[Row]) -> BegunPairs:
    full = [{"since": SNAPSHOT, "takes_place": True, "in_network": False, **row} for row in rows]
    return BegunPairs(
        child=column(full, "child"),
        family=column(full, "family"),
        since=days(full, "since"),
        takes_place=column(full, "takes_place", np.bool_),
        is_request=~column(full, "takes_place", np.bool_) & ~column(full, "in_network", np.bool_),
        in_network=column(full, "in_network", np.bool_),
    )


def siblings_placed(rows: Sequence[tuple[int, int, str]]) -> PlacedSiblings:
    wishes = list(SiblingWish)
    return PlacedSiblings(
        child=np.array([child for child, _, _ in rows], dtype=np.int64),
        family=np.array([family for _, family, _ in rows], dtype=np.int64),
        wish=np.array([wishes.index(SiblingWish(w)) for _, _, w in rows], dtype=np.int64),
    )
