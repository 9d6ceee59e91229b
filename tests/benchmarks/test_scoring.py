"""The other ways of the scoring benchmark do the same work: same pairs, same chances."""

import numpy as np
import pytest

from app.matching.pairs import find_pairs
from app.matching.policy import load_policy
from app.matching.risk.score import score_pairs
from app.matching.risk.weights import load_weights
from benchmarks.balltree import score_by_balltree
from benchmarks.country import draw_country
from benchmarks.pydantic_loop import score_by_loop
from benchmarks.pydantic_models import read_children, read_families
from benchmarks.scoring import QUICK, Row, measure_one

POLICY, WEIGHTS = load_policy("maximaal"), load_weights()
COUNTRY = draw_country(300, 250, seed=4)


def service(within_km: float | None):
    pairs = find_pairs(COUNTRY, POLICY, within_km=within_km)
    return score_pairs(COUNTRY, pairs.child, pairs.family, WEIGHTS)


def test_balltree_and_numpy_find_the_same_pairs_and_chances() -> None:
    """Otherwise their times could not be compared."""
    ours, theirs = service(60.0), score_by_balltree(COUNTRY, POLICY, WEIGHTS, 60.0)
    assert len(ours) > 500
    for name in ("child", "family", "km"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))
    assert np.abs(ours.chance - theirs.chance).max() <= 1.5e-6


def test_the_loop_finds_the_same_pairs_and_chances() -> None:
    """Otherwise its time could not be compared."""
    ours, children = service(None), list(range(0, 300, 4))
    kids = read_children(COUNTRY, POLICY, WEIGHTS, children)
    found = score_by_loop(kids, read_families(COUNTRY, WEIGHTS), WEIGHTS)
    chosen = np.isin(ours.child, children)
    assert [(pair.child, pair.family) for pair in found] == list(
        zip(ours.child[chosen].tolist(), ours.family[chosen].tolist(), strict=True)
    )
    assert [pair.chance for pair in found] == pytest.approx(ours.chance[chosen], abs=1.5e-6)


def test_a_row_of_the_table_is_measured() -> None:
    """A way is timed on a country of the size asked for."""
    row = measure_one("near", QUICK)
    assert isinstance(row, Row)
    assert (row.children, row.families) == QUICK
    assert row.pairs > 10_000
    assert row.cpu > 0
    assert not row.sampled
