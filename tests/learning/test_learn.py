"""From a file to weights and back: the same numbers, the same bytes, in any order of the rows."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.learning.history import History, read_history
from app.learning.learn import Learned, learn
from app.learning.plot import draw_calibration
from app.learning.prior import prior_of
from app.learning.report import describe
from app.matching.risk.factors import CODES
from app.matching.risk.weights import Weights, load_weights
from tests.learning.rows import HISTORY

DAY = date(2026, 11, 1)
MOST = 500


def read_some(path: Path = HISTORY) -> History:
    """Return the first placements by number: enough to learn from, and quick."""
    whole = read_history(path, until=DAY)
    return replace(whole, placements=whole.placements[:MOST])


@pytest.fixture(scope="module")
def learned() -> Learned:
    """Return what is learnt from 500 placements of the example region."""
    return learn(read_some(), load_weights(), code_version="1.2.3")


def test_the_written_file_is_read_to_the_same_numbers(learned: Learned, tmp_path: Path) -> None:
    """Weights, errors, level, covariance and state come back from the file as they went in."""
    path = tmp_path / "weights.toml"
    path.write_text(learned.weights.text, encoding="utf-8")
    again, fitted = load_weights(str(path)), learned.fitted
    assert again.text == learned.weights.text
    assert again.value == pytest.approx(fitted.value, rel=1e-9, abs=1e-12)
    assert again.error == pytest.approx(fitted.error, rel=1e-9)
    assert again.typical == pytest.approx(fitted.centre, rel=1e-9, abs=1e-12)
    assert np.log(-np.log1p(-again.chance_in_year)) == pytest.approx(fitted.level, abs=1e-8)
    assert again.shape == pytest.approx(fitted.shape, rel=1e-9)
    assert again.estimate is not None
    assert again.estimate.covariance == pytest.approx(fitted.covariance, rel=1e-8, abs=1e-12)
    assert (again.estimate.placements, again.estimate.until) == (MOST, DAY)
    assert again.estimate.prior == load_weights().version
    assert again.estimate.code_version == "1.2.3"


def test_rows_in_another_order_give_the_same_file(learned: Learned, tmp_path: Path) -> None:
    """Byte for byte, as does the same history again."""
    header, *rows = HISTORY.read_text(encoding="utf-8").splitlines()
    random.Random(8).shuffle(rows)
    path = tmp_path / HISTORY.name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    again = learn(read_some(path), load_weights(), code_version="1.2.3")
    assert again.weights.text == learned.weights.text
    told = describe(learned, fitted_on=DAY)
    assert describe(again, fitted_on=DAY) == told


def test_every_weight_keeps_its_sign_label_unit_and_source(learned: Learned) -> None:
    """Fitted weights are disputed one by one as the published ones are."""
    before, after = load_weights(), learned.weights
    assert (after.value * before.sign >= 0).all()
    assert (after.labels, after.units) == (before.labels, before.units)
    for was, now in zip(before.sources, after.sources, strict=True):
        assert now.startswith(was)
        assert f"{MOST} plaatsingen" in now


def test_the_outcomes_make_weights_surer(learned: Learned) -> None:
    """What the history tells of can only narrow an error; what it never shows stays as it was."""
    before = load_weights()
    assert (learned.weights.error <= before.error + 1e-9).all()
    sdq = CODES.index("sdq")  # the history has no such column
    assert learned.weights.error[sdq] == pytest.approx(before.error[sdq], rel=0.2)
    assert (learned.weights.error < 0.95 * before.error).sum() > 15


def test_fitted_weights_can_be_the_prior_of_the_next_fit(learned: Learned) -> None:
    """Another year of outcomes starts where the last one ended."""
    prior = prior_of(learned.weights)
    assert prior.mean == pytest.approx(learned.fitted.value, abs=1e-9)
    assert prior.level == pytest.approx(learned.fitted.level, abs=1e-8)


def test_the_report_has_priors_beside_estimates_and_the_check(learned: Learned) -> None:
    """A row a factor, and what cross-validation found, in Dutch and rounded."""
    told = describe(learned, fitted_on=date(2026, 12, 1))
    assert [factor["code"] for factor in told["factoren"]] == list(CODES)
    assert (told["plaatsingen"], told["peildatum"], told["geschatOp"]) == (
        MOST, "2026-11-01", "2026-12-01",
    )  # fmt: skip
    checked = told["kruisvalidatie"]
    assert len(checked["vijfden"]) == 5
    assert checked["concordantie"]["laag"] < checked["concordantie"]["hoog"]
    assert {"brier", "brierLiteratuur", "brierBasiskans", "helling"} <= set(checked)
    assert told["gekalibreerd"] is learned.weights.is_calibrated


def test_too_few_outcomes_are_written_as_such() -> None:
    """Forty placements give weights, no check, and the words of the literature."""
    whole = read_some()
    few = learn(
        replace(whole, placements=whole.placements[:40]), load_weights(), code_version="1.2.3"
    )
    assert few.quality is None
    assert not few.weights.is_calibrated
    assert few.weights.estimate is not None
    assert few.weights.estimate.reason.startswith("Te weinig uitkomsten")
    moved, error = few.weights.value - load_weights().value, load_weights().error
    assert (np.abs(moved) < 1.5 * error).all()
    assert np.sqrt(((moved / error) ** 2).mean()) < 0.4


def test_the_plot_shows_each_fifth_with_its_interval(learned: Learned) -> None:
    """A well-formed drawing with five dots from left to right, inside its frame."""
    from xml.etree import ElementTree as ET

    assert learned.quality is not None
    root = ET.fromstring(draw_calibration(learned.quality, title="uitkomsten <2026>"))
    dots = [(float(d.get("cx", 0)), float(d.get("cy", 0))) for d in root if "circle" in d.tag]
    assert len(dots) == 5
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    assert all(0 < x < width and 0 < y < height for x, y in dots)
    words = " ".join(text.text or "" for text in root.iter() if "text" in text.tag)
    assert "voorspelde kans op afbreuk in een jaar" in words


def test_weights_typed_by_hand_with_an_estimate_are_checked(learned: Learned) -> None:
    """A covariance that is none, or of the wrong size, is refused with the place."""
    from app.kernel.errors import InputRefused
    from app.matching.risk.weights import parse_weights

    def read(old: str, new: str) -> Weights:
        assert old in learned.weights.text
        return parse_weights(learned.weights.text.replace(old, new, 1), source="eigen.toml")

    first = next(
        line for line in learned.weights.text.splitlines() if line.startswith("leeftijd_6_12 = [")
    )
    for old, new, said in (
        (first, "leeftijd_6_12 = [-9.0]", "geen covariantie"),
        (first, "leeftijd_6_12 = [0.1, 0.2]", "heeft 1 getallen nodig"),
        ("gekalibreerd = ", 'gekalibreerd = "misschien" #', "true of false"),
    ):
        with pytest.raises(InputRefused, match=said):
            read(old, new)
