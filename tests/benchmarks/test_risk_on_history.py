"""The measurement of the weights on past placements: right on cases that can be done by hand."""

from pathlib import Path

import numpy as np
import pytest

from app.learning.history import read_history
from app.learning.sample import draw_up
from app.matching.risk.factors import CODES
from app.matching.risk.weights import load_weights
from benchmarks.risk_on_history import (
    FOLLOWED_UNTIL,
    HISTORY,
    broken_within,
    concordance,
    measure,
)

PAGE = Path(__file__).parents[2] / "docs" / "risicomodel.md"


def test_concordance_counts_pairs_in_the_right_order() -> None:
    """Of three pairs that can be compared two are right; a tie counts for half."""
    months, broken = np.array([1.0, 2.0, 3.0]), np.array([True, True, False])
    assert concordance(np.array([3.0, 1.0, 2.0]), months, broken) == pytest.approx(2 / 3)
    assert concordance(np.array([3.0, 2.0, 1.0]), months, broken) == 1.0
    assert concordance(np.array([1.0, 1.0, 1.0]), months, broken) == 0.5


def test_who_is_no_longer_followed_counts_until_then() -> None:
    """One of four breaks down in month 1; then one of the two that are left in month 3."""
    months = np.array([1.0, 2.0, 3.0, 4.0])
    broken = np.array([True, False, True, False])
    assert broken_within(2.0, months, broken) == pytest.approx(1 / 4)
    assert broken_within(12.0, months, broken) == pytest.approx(1 - 3 / 4 * 1 / 2)


def test_the_history_is_read_in_the_units_of_the_factors() -> None:
    """The first placement of the file, worked out by hand."""
    sample = draw_up(read_history(HISTORY, until=FOLLOWED_UNTIL))
    first = dict(zip(CODES, sample.features[0].tolist(), strict=True))
    assert (first["leeftijd_6_12"], first["leeftijd_13"], first["netwerk"]) == (1, 0, 0)
    assert (first["lvb"], first["nee_bij_licht"], first["training"]) == (0.5, 1, 0)
    assert first["eerdere_plaatsingen"] == pytest.approx(np.log(5))
    assert first["bereidheid"] == pytest.approx(-1 / 6)  # lvb ja; medisch nee counts elsewhere
    assert first["afstand_school"] == pytest.approx(10.1 - 8)
    assert first["afstand_ouders"] == pytest.approx(np.log(11.1 / 16) * 2 / 4)
    assert first["samenwerking_ouders"] == pytest.approx(0.25)
    assert sample.broke[0]
    assert sample.months[0] == pytest.approx(308 / 30.4375)


def test_the_figures_in_the_docs_are_what_is_measured() -> None:
    """Whoever changes the weights measures again and writes it down."""
    found = measure(draw_up(read_history(HISTORY, until=FOLLOWED_UNTIL)), load_weights())
    text = PAGE.read_text(encoding="utf-8")
    said = (
        f"{found.placements:,} placements, {found.broken} broken",
        f"{found.concordance:.3f} (bootstrap",
        f"{found.concordance_child:.3f} / {found.concordance_pair:.3f}",
        f"{found.auc:.3f}",
        f"{found.predicted:.1%} / {found.observed:.1%}",
        *(
            f"{predicted:.1%} / {seen:.1%}"
            for predicted, seen in found.fifths[:: len(found.fifths) - 1]
        ),
    )
    assert [figure for figure in said if figure not in text] == []
