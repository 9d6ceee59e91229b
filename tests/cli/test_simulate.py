"""`pleegzorg simulate`, as a user runs it."""

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from app.cli.example import SNAPSHOT_DAY
from app.cli.learnt import count_placements, learn_weights
from app.matching.risk.weights import load_weights
from app.simulation.history import draw_history
from app.simulation.history_truth import Truth
from app.simulation.order import Order
from app.simulation.year.page import WARNING
from app.simulation.year.world import YearOrder

SMALL = ("--replications", 2, "--weeks", 3, "--children", 12, "--families", 20, "--arrivals", 52)
FILES = ("index.html", "maten.svg", "simulatie.md", "uitkomsten.json", "wachtenden.svg")


@pytest.mark.lang
def test_it_writes_a_page_that_says_what_it_is_and_again_the_same_bytes(pleegzorg, tmp_path: Path):
    runs = []
    for name in ("een", "twee"):
        outcome = pleegzorg("simulate", *SMALL, "--seed", 4, "--out", tmp_path / name)
        assert outcome.code == 0
        assert WARNING in outcome.out
        runs.append({file: (tmp_path / name / file).read_bytes() for file in FILES})
    assert runs[0] == runs[1]
    assert "Dit is een simulatie" in runs[0]["index.html"].decode()
    told = json.loads(runs[0]["uitkomsten.json"])
    assert [one["zaad"] for one in told["herhalingen"]] == [4, 5]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--replications", 0), ("--weeks", 0), ("--families", 4), ("--children", 0)],
)
def test_a_number_out_of_range_is_one_sentence(pleegzorg, tmp_path: Path, option, value):
    outcome = pleegzorg("simulate", option, value, "--out", tmp_path / "uit")
    assert outcome.code == 2
    assert f"{option} moet tussen" in outcome.err


def test_a_folder_that_cannot_be_made_is_refused_before_any_work(pleegzorg, tmp_path: Path):
    (tmp_path / "vol").write_text("een bestand")
    outcome = pleegzorg("simulate", *SMALL, "--out", tmp_path / "vol")
    assert outcome.code == 2
    assert "--out" in outcome.err


@pytest.mark.lang
def test_learnt_weights_are_those_of_each_region_and_stay_near_the_literature(
    pleegzorg, tmp_path: Path
) -> None:
    """Two regions teach two sets of weights, each the same again; the page says where from."""
    order = YearOrder(12, 20, 52, 3, seed=4, start=SNAPSHOT_DAY)
    prior = load_weights()
    first, again, other = (learn_weights(replace(order, seed=seed), prior) for seed in (4, 4, 5))
    assert first.text == again.text != other.text
    assert first.estimate is not None
    assert first.estimate.placements == count_placements(order) == 192
    moved = np.abs(first.value - prior.value)
    assert 0 < moved.max() < 4 * prior.error.max()
    outcome = pleegzorg("simulate", *SMALL, "--weights", "geleerd", "--out", tmp_path / "uit")
    assert outcome.code == 0, outcome.err
    page = (tmp_path / "uit" / "simulatie.md").read_text(encoding="utf-8")
    assert "geleerd, per herhaling uit 192 verzonnen plaatsingen, vanuit literatuur" in page
    told = json.loads((tmp_path / "uit" / "uitkomsten.json").read_text(encoding="utf-8"))
    assert len(told["herhalingen"]) == 2


def test_nobody_of_the_past_is_in_the_year() -> None:
    """A history is of other people, so a score cannot know how a placement of the year ends."""
    order = YearOrder(12, 20, 52, 3, seed=4, start=SNAPSHOT_DAY)
    past = Order(order.children, order.families, order.seed, order.start)
    drawn = draw_history(past, placements=60, truth=Truth.of(4)).decode()
    begun = [row["start"] for row in csv.DictReader(StringIO(drawn))]
    assert begun
    assert max(begun) < order.start.isoformat()
