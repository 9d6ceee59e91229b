"""What people have settled, in small problems for tests."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.kernel.words import RHYTHMS, SiblingWish
from app.matching.problem import BegunPairs, PlacedSiblings
from tests.matching.rows import SNAPSHOT, Row, column, days


def part_places(homes: Sequence[Row]) -> Any:
    table = [[home["part_places"].get(str(r), 0) for r in RHYTHMS[1:]] for home in homes]
    return np.array(table, dtype=np.int64).reshape(len(homes), len(RHYTHMS) - 1)


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
