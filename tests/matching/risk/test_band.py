"""A chance in words, for as long as no outcomes bear out the number."""

import pytest

from app.kernel.chance_band import HIGH_FROM, LOW_BELOW, band_of, basis_words
from app.matching.risk.weights import load_weights


@pytest.mark.parametrize(
    ("chance", "band"),
    [(0.0, "laag"), (LOW_BELOW - 1e-6, "laag"), (LOW_BELOW, "midden"), (0.2, "midden"),
     (HIGH_FROM, "hoog"), (1.0, "hoog")],
)  # fmt: skip
def test_a_chance_is_low_middle_or_high(chance: float, band: str) -> None:
    """Three bands, without a gap between them."""
    assert band_of(chance) == band


def test_the_bands_lie_around_the_published_level() -> None:
    """From two thirds to one and a half times the base rate: an ordinary pair is in the middle."""
    base = load_weights().chance_in_year
    assert (base * 2 / 3, base * 3 / 2) == pytest.approx((LOW_BELOW, HIGH_FROM), abs=0.01)
    assert band_of(base) == "midden"


def test_published_weights_are_an_estimate_from_literature() -> None:
    """Weights that no outcomes bear out say so, in these very words."""
    assert not load_weights().is_calibrated
    assert basis_words(is_calibrated=False) == "inschatting uit literatuur"
    assert "uitkomsten" in basis_words(is_calibrated=True)
