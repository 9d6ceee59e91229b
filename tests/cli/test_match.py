"""`pleegzorg match`: the whole road, in one go, on a throw-away database."""

import csv
import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.match import match_folder
from tests.cli.conftest import Outcome

PROPOSAL_FIELDS = {"gezin", "aanbieder", "breakdownKans", "interval", "redenen"}
REASON_FIELDS = {"code", "soort", "bijdrage", "zin", "bron"}


@pytest.fixture(scope="module")
def report(matched: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The report on the example region, made once; with the weights that ship, for speed."""
    return matched("zorgvuldig")


def _match(folder: Path) -> dict[str, Any]:
    return match_folder(folder, policy="zorgvuldig", peildatum=None, seed=0, database_url=None)


def test_one_entry_a_waiting_child_sorted_by_number(report: dict[str, Any]) -> None:
    """Every child stands in the report exactly once, also the ones without a proposal."""
    numbers = [entry["aanmeldnummer"] for entry in report["voorstellen"]]
    assert len(numbers) == len(set(numbers)) == 120
    assert numbers == sorted(numbers)


def test_every_proposal_is_explained(report: dict[str, Any]) -> None:
    """A proposal and each of its alternatives have a chance, an interval around it and reasons."""
    for entry in report["voorstellen"]:
        for shown in [*([entry] if entry["gezin"] else []), *entry["alternatieven"]]:
            assert set(shown) >= PROPOSAL_FIELDS
            low, high = shown["interval"]
            assert low <= shown["breakdownKans"] <= high
            assert shown["redenen"]
            assert all(set(reason) == REASON_FIELDS for reason in shown["redenen"])
            assert all(reason["zin"] and reason["bron"] for reason in shown["redenen"])


def test_chances_have_six_decimals(report: dict[str, Any]) -> None:
    """Chances and intervals are rounded, so that they print the same everywhere."""
    for entry in report["voorstellen"]:
        for shown in [*([entry] if entry["gezin"] else []), *entry["alternatieven"]]:
            for value in (shown["breakdownKans"], *shown["interval"]):
                assert value == round(value, 6)


def test_who_is_not_placed_hears_why(report: dict[str, Any]) -> None:
    """An unplaced child has the count per rule and the smallest change; a placed one has not."""
    for entry in report["voorstellen"]:
        why = entry["waaromNiet"]
        assert (why is None) == (entry["gezin"] is not None)
        if why is not None:
            assert why["zin"]
            assert why["geweigerdPerRegel"]
            assert why["kleinsteWijziging"]["zin"]


def test_refusals_have_exactly_four_fields(report: dict[str, Any]) -> None:
    """bestand, rij, veld, melding; the message names the family's number where it has one."""
    assert len(report["geweigerd"]) == 8
    for refusal in report["geweigerd"]:
        assert set(refusal) == {"bestand", "rij", "veld", "melding"}


def test_the_run_names_policy_weights_seed_goals_and_proof(report: dict[str, Any]) -> None:
    """Everything that is needed to judge the ranking stands in `run`."""
    run = report["run"]
    assert run["beleid"]["naam"] == "zorgvuldig"
    assert run["gewichten"]
    assert run["seed"] == 0
    assert run["peildatum"] == "2026-11-01"
    assert run["oplosser"]["bewijs"] == "bewezen optimaal"
    assert run["doelen"][0]["code"] == "netwerk_eerst"
    assert all(goal["waarde"] == goal["grens"] for goal in run["doelen"])


@pytest.mark.lang
def test_the_order_of_rows_changes_nothing(region: Path, tmp_path: Path) -> None:
    """The same region with all rows shuffled gives byte-identical proposals, learnt weights too."""
    shuffled = tmp_path / "regio"
    shutil.copytree(region, shuffled)
    _shuffle_rows(shuffled)
    first, second = (
        json.dumps(r["voorstellen"], ensure_ascii=False) for r in (_match(region), _match(shuffled))
    )
    assert first == second


def _shuffle_rows(folder: Path) -> None:
    dice = random.Random(7)
    lines = (folder / "aanmeldingen.jsonl").read_text().splitlines()
    dice.shuffle(lines)
    (folder / "aanmeldingen.jsonl").write_text("\n".join(lines) + "\n")
    for name, encoding, mark in (
        ("pleeggezinnen-spirit.csv", "utf-8-sig", ";"),
        ("pleeggezinnen-leger-des-heils.csv", "cp1252", ","),
    ):
        header, *rows = csv.reader(
            io.StringIO((folder / name).read_text(encoding=encoding)), delimiter=mark
        )
        dice.shuffle(rows)
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=mark).writerows([header, *rows])
        (folder / name).write_text(text.getvalue(), encoding=encoding)
    families = json.loads((folder / "pleeggezinnen-youke.json").read_text())
    dice.shuffle(families)
    (folder / "pleeggezinnen-youke.json").write_text(json.dumps(families))


def test_the_file_is_written_and_the_table_printed(
    pleegzorg: Callable[..., Outcome], region: Path, tmp_path: Path
) -> None:
    """Exit code 0, a JSON file with the three parts, and a table a person can read."""
    out = tmp_path / "voorstellen.json"
    outcome = pleegzorg("match", "--data", region, "--out", out, "--policy", "maximaal")
    assert outcome.code == 0, outcome.err
    assert list(json.loads(out.read_text())) == ["run", "voorstellen", "geweigerd"]
    assert "111 van 120 wachtende kinderen" in outcome.out
    assert "Geen voorstel voor 9 kinderen" in outcome.out
    assert "Dit plan: 111 geplaatst" in outcome.out
    assert "eerst groepen broers en zussen bij elkaar: 11" in outcome.out
    assert list(tmp_path.iterdir()) == [out]
