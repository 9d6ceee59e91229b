"""`pleegzorg match --previous`: an earlier plan is looked back at, or refused in one sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.match import write_json
from app.matching.policy import SHIPPED
from tests.cli.conftest import Outcome
from tests.conftest import REGION

Matched = Callable[[str], dict[str, Any]]
PRICE = "prijs_per_veranderd_voorstel = 0.5"


@pytest.fixture
def steady(tmp_path: Path) -> Path:
    """Policy `maximaal` with a price of a move."""
    path = tmp_path / "vast.toml"
    text = (SHIPPED / "maximaal.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("[grenzen]", f"[grenzen]\n{PRICE}"), encoding="utf-8")
    return path


@pytest.mark.lang
def test_earlier_proposals_stay(
    pleegzorg: Callable[..., Outcome], tmp_path: Path, steady: Path, matched: Matched
) -> None:
    """All of the plan of `zorgvuldig` stays, where `maximaal` would move some; as many placed."""
    files = {name: tmp_path / f"{name}.json" for name in ("eerder", "los", "vast")}
    for name, policy in (("eerder", "zorgvuldig"), ("los", "maximaal")):
        write_json(files[name], matched(policy))
    outcome = pleegzorg(
        "match", "--data", REGION, "--no-learning",
        "--out", files["vast"], "--policy", steady, "--previous", files["eerder"],
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    homes = {name: _homes(path) for name, path in files.items()}
    kept = {
        name: sum(homes[name][child] == home for child, home in homes["eerder"].items() if home)
        for name in ("los", "vast")
    }
    assert kept["los"] < kept["vast"] == 111
    assert sum(map(bool, homes["vast"].values())) == sum(map(bool, homes["los"].values())) == 111


def _homes(path: Path) -> dict[str, str | None]:
    entries = json.loads(path.read_text(encoding="utf-8"))["voorstellen"]
    return {entry["aanmeldnummer"]: entry["gezin"] for entry in entries}


WRONG = ("", "{", "[]", '{"voorstellen": [{}]}', '{"voorstellen": [{"gezin": 3}]}', "[" * 10**5)


def test_a_wrong_file_gets_one_sentence(
    pleegzorg: Callable[..., Outcome], region: Path, tmp_path: Path, steady: Path
) -> None:
    """A file that is something else is refused before any work."""
    wrong, out = tmp_path / "fout.json", tmp_path / "uit.json"
    for text in WRONG:
        wrong.write_text(text, encoding="utf-8")
        outcome = pleegzorg(
            "match", "--data", region, "--out", out, "--policy", steady, "--previous", wrong
        )
        assert outcome.code == 2
        assert "heeft geen leesbare voorstellen" in outcome.err
        assert "Traceback" not in outcome.err
        assert not out.exists()


def test_a_missing_file_and_an_idle_one_are_refused(
    pleegzorg: Callable[..., Outcome], region: Path, tmp_path: Path, steady: Path
) -> None:
    """No such file; or a policy that would not look at it."""
    start = ("match", "--data", region, "--out", tmp_path / "uit.json")
    missing = pleegzorg(*start, "--policy", steady, "--previous", tmp_path / "weg.json")
    idle = pleegzorg(*start, "--policy", "maximaal", "--previous", steady)
    assert (missing.code, idle.code) == (2, 2)
    assert "is niet te lezen" in missing.err
    assert "telt alleen bij een beleid met 'prijs_per_veranderd_voorstel'" in idle.err
