"""`pleegzorg simulate`, as a user runs it."""

import json
from pathlib import Path

import pytest

from app.simulation.year.page import WARNING

SMALL = ("--replications", 2, "--weeks", 3, "--children", 12, "--families", 20, "--arrivals", 52)
FILES = ("index.html", "maten.svg", "simulatie.md", "uitkomsten.json", "wachtenden.svg")


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
