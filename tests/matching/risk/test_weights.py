"""The weights file: complete, of the stated direction, shrunk from what was published."""

from math import log, pi, sqrt
from pathlib import Path

import numpy as np
import pytest

from app.kernel.errors import InputRefused
from app.matching.risk.factors import CODES
from app.matching.risk.weights import SHIPPED, load_weights, parse_weights

TEXT = (SHIPPED / "literatuur-2026-11.toml").read_text(encoding="utf-8")


def half_log_odds(r: float) -> float:
    """Half of the log-odds that a correlation stands for."""
    return 2 * r / sqrt(1 - r * r) * pi / sqrt(3) / 2


def weight(code: str) -> float:
    return float(load_weights().value[CODES.index(code)])


def test_the_shipped_weights_have_a_version_and_a_source_each() -> None:
    """Nothing weighs without a label, a unit and a source."""
    weights = load_weights()
    assert weights.version == "literatuur-2026-11"
    assert all(weights.labels)
    assert all(weights.units)
    assert all(weights.sources)
    assert (weights.error > 0).all()


def test_published_effects_are_kept_for_half_at_most() -> None:
    """Correlations and hazard ratios are shrunk, since they overlap."""
    assert weight("gedrag") + weight("sdq") <= half_log_odds(0.35)
    assert -weight("netwerk") <= half_log_odds(0.31)
    assert weight("broers_zussen_gesplitst") <= half_log_odds(0.16)
    assert weight("lvb") <= log(1.35) / 2 + 1e-3
    assert weight("vol_huis") <= log(1.92) / 2 + 0.005
    assert weight("leeftijd_13") <= log(7.23) / 2


def test_a_guess_is_small_and_unsure() -> None:
    """Where no size was found the weight is at most 0.25 and the error at least half of it."""
    weights = load_weights()
    guessed = np.array(["geen grootte gevonden" in source for source in weights.sources])
    assert guessed.sum() > 5
    assert (np.abs(weights.value) <= 0.25)[guessed].all()
    assert (weights.error >= np.abs(weights.value) / 2)[guessed].all()


def test_the_age_bands_share_half_of_one_effect() -> None:
    """Their mean is half of the published correlation, the older band weighs more."""
    school, adolescent = weight("leeftijd_6_12"), weight("leeftijd_13")
    assert school < adolescent
    assert (school + adolescent) / 2 == pytest.approx(half_log_odds(0.25), abs=0.01)


def test_the_level_lies_between_the_two_published_base_rates() -> None:
    """The geometric mean of 12% in a year and of 40% in three years, with the shape of the file."""
    weights = load_weights()
    flemish, guideline = -log(1 - 0.12), -log(1 - 0.40) * (1 / 3) ** weights.shape
    assert -log(1 - weights.chance_in_year) == pytest.approx(sqrt(flemish * guideline), abs=0.01)
    six_years = log(-log(1 - 0.29) / flemish) / log(6)
    assert weights.shape == pytest.approx(six_years, abs=0.01)


def test_the_baseline_is_front_loaded() -> None:
    """A shape below one: the first months carry most."""
    assert load_weights().shape < 1


def test_the_feature_list_holds_nothing_that_stands_in_for_origin() -> None:
    """No factor on ethnicity, nationality, a language as such, or use of services."""
    forbidden = ("etnic", "nationa", "herkomst", "afkomst", "taal_", "uitkering", "wijk")
    assert not [code for code in CODES if any(part in code for part in forbidden)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("waarde = -0.30", "waarde = 0.30", "netwerk"),
        ("[factor.sdq]", "[factor.kleur]", "sdq"),
        ("vorm = 0.55", "vorm = 1.55", "vorm"),
        ("fout = 0.30", "fout = 0.0", "fout"),
        ('versie = "literatuur-2026-11"', "versie = ", "literatuur-2026-11.toml"),
        ('richting = "verlaagt"', 'richting = "omlaag"', "omlaag"),
        ("waarde = 0.38", "waarde = nan", "leeftijd_6_12"),
        ("gemiddeld = 0.40", "gemiddeld = inf", "gewone getallen"),
    ],
)
def test_wrong_weights_are_refused_with_the_place(old: str, new: str, said: str) -> None:
    """A sign against its direction, an unknown factor or a broken file is one clear sentence."""
    assert old in TEXT
    with pytest.raises(InputRefused, match=r"Gewichtenbestand eigen\.toml") as caught:
        parse_weights(TEXT.replace(old, new, 1), source="eigen.toml")
    assert said in str(caught.value)


def test_weights_are_read_from_a_file_and_a_missing_one_is_named(tmp_path: Path) -> None:
    """A region brings its own file; a name that does not exist says which do."""
    path = tmp_path / "regio.toml"
    path.write_text(TEXT.replace("literatuur-2026-11", "regio-2027-01", 1), encoding="utf-8")
    assert load_weights(str(path)).version == "regio-2027-01"
    assert np.array_equal(load_weights(str(path)).value, load_weights().value)
    path.write_bytes(TEXT.encode("utf-16"))
    with pytest.raises(InputRefused, match="geen UTF-8-tekst"):
        load_weights(str(path))
    with pytest.raises(InputRefused, match="kies literatuur-2026-11"):
        load_weights("bestaat-niet")
