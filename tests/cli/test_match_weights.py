"""Which weights a match uses: the folder's own history, those named, or those that ship."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from app.cli.steps import Steps
from app.cli.weights import WeightsWish, choose_weights
from app.kernel.errors import InputRefused
from app.learning.history import FILE
from app.matching.risk.weights import DEFAULT, SHIPPED, Weights
from tests.cli.conftest import Outcome
from tests.learning.rows import HISTORY
from tests.proposals.running import DAY


def choose(folder: Path, wish: WeightsWish) -> Weights:
    with Steps(Console(quiet=True)) as steps:
        return choose_weights(wish, folder, until=DAY, steps=steps)


@pytest.fixture
def own_weights(tmp_path: Path) -> Path:
    """A weights file of the user's own."""
    path = tmp_path / "eigen.toml"
    text = (SHIPPED / f"{DEFAULT}.toml").read_text(encoding="utf-8")
    path.write_text(text.replace(DEFAULT, "eigen-2026", 1), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a history of 300 placements."""
    made = tmp_path / "regio"
    made.mkdir()
    lines = HISTORY.read_text(encoding="utf-8").splitlines(keepends=True)
    (made / FILE).write_text("".join(lines[:301]), encoding="utf-8")
    return made


def test_the_history_in_the_folder_is_learnt_from(folder: Path) -> None:
    """Without a word the region's own outcomes count, and say how many there were."""
    weights = choose(folder, WeightsWish())
    assert weights.version.startswith("uitkomsten-2026-11-01-")
    assert weights.estimate is not None
    assert weights.estimate.placements == 300
    assert weights.estimate.prior == DEFAULT


def test_no_learning_keeps_the_published_weights(folder: Path) -> None:
    """--no-learning leaves the history unread."""
    assert choose(folder, WeightsWish(learns=False)).version == DEFAULT


def test_named_weights_go_before_the_history(folder: Path, own_weights: Path) -> None:
    """--weights overrides whatever lies in the folder."""
    assert choose(folder, WeightsWish(str(own_weights))).version == "eigen-2026"


def test_without_a_history_the_published_weights_hold(tmp_path: Path) -> None:
    """Most folders have none, and that is no fault."""
    assert choose(tmp_path, WeightsWish()).version == DEFAULT


def test_a_history_that_cannot_be_used_is_told_and_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The match goes on with the literature, and the reason stands on the screen."""
    (tmp_path / FILE).write_text("iets;anders\n1;2\n", encoding="utf-8")
    assert choose(tmp_path, WeightsWish()).version == DEFAULT
    assert "Er is niet geleerd van uitkomsten" in capsys.readouterr().err


def test_weights_that_are_not_there_are_refused_before_any_work() -> None:
    """A typing mistake costs no minute of loading."""
    with pytest.raises(InputRefused, match="kies literatuur"):
        WeightsWish("litteratuur").check()


@pytest.mark.parametrize("words", [(), ("--no-learning",)], ids=["learns", "no learning"])
@pytest.mark.lang
def test_a_match_says_on_what_its_chances_rest(  # noqa: PLR0917
    words: tuple[str, ...], region: Path, folder: Path, tmp_path: Path,
    pleegzorg: Callable[..., Outcome],
) -> None:  # fmt: skip
    """Too few outcomes: learnt weights, yet "inschatting uit literatuur"; the number stays."""
    whole = tmp_path / "geheel"
    shutil.copytree(region, whole)
    shutil.copy(folder / FILE, whole / FILE)
    out = tmp_path / "voorstellen.json"
    done = pleegzorg("match", "--data", whole, "--out", out, "--policy", "maximaal", *words)
    assert done.code == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["run"]["gewichten"] == DEFAULT) is bool(words)
    assert report["run"]["grondslag"] == "inschatting uit literatuur"
    assert "inschatting uit literatuur" in done.out
    proposed = [entry for entry in report["voorstellen"] if entry["gezin"]]
    assert len(proposed) > 100
    for entry in proposed:
        assert entry["klasse"] in {"laag", "midden", "hoog"}
        assert entry["grondslag"] == "inschatting uit literatuur"
        assert 0 < entry["interval"][0] < entry["breakdownKans"] < entry["interval"][1] < 1
        assert 0 < entry["horizonMaanden"] <= 12
    unknown = [told for entry in proposed for told in entry["onbekend"]]
    assert {told["verandertRangorde"] for told in unknown} == {True, False}
    assert all(told["zin"].endswith(".") for told in unknown)
