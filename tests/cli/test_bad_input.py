"""Bad input: one clear sentence, exit code 2, nothing half-written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome

Command = Callable[..., Outcome]


@pytest.fixture
def folder(region: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "regio"
    shutil.copytree(region, copied)
    return copied


def refuses(pleegzorg: Command, folder: Path, *more: object) -> str:
    """Run a match that must be refused; return the sentence, as one line."""
    out = folder.parent / "uit.json"
    outcome = pleegzorg("match", "--data", folder, "--out", out, *more)
    assert outcome.code == 2
    assert not out.exists()
    message = outcome.err.split("Niet gelukt:")[1]
    return " ".join(message.split())


def first_rows(folder: Path) -> list[dict[str, Any]]:
    """A part of the waiting list, which is matched in a part of the time; groups are whole."""
    lines = (folder / "aanmeldingen.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    groups = {row["broersZussen"]["groep"] for row in rows[:25] if row["broersZussen"]}
    return [
        row
        for at, row in enumerate(rows)
        if at < 25 or (row["broersZussen"] and row["broersZussen"]["groep"] in groups)
    ]


def test_an_empty_folder(pleegzorg: Command, tmp_path: Path) -> None:
    """The sentence names the folder and what should be in it."""
    (tmp_path / "leeg").mkdir()
    assert "geen enkel bestand" in refuses(pleegzorg, tmp_path / "leeg")


def test_no_folder(pleegzorg: Command, tmp_path: Path) -> None:
    """A path that is no folder is named."""
    assert "is geen map" in refuses(pleegzorg, tmp_path / "bestaat-niet")


def test_a_missing_file(pleegzorg: Command, folder: Path) -> None:
    """The missing file is named."""
    (folder / "pleeggezinnen-youke.json").unlink()
    assert "ontbreekt pleeggezinnen-youke.json" in refuses(pleegzorg, folder)


def test_a_file_of_the_wrong_provider(pleegzorg: Command, folder: Path) -> None:
    """Vitree's export under Youké's name is recognised."""
    shutil.copy(folder / "pleeggezinnen-vitree.xml", folder / "pleeggezinnen-youke.json")
    assert "Vitree" in refuses(pleegzorg, folder)


def test_broken_xml(pleegzorg: Command, folder: Path) -> None:
    """The file and the line are named."""
    path = folder / "pleeggezinnen-vitree.xml"
    path.write_bytes(path.read_bytes()[:-200])
    sentence = refuses(pleegzorg, folder)
    assert "pleeggezinnen-vitree.xml" in sentence
    assert "regel" in sentence


def test_a_line_of_100_mb(pleegzorg: Command, folder: Path) -> None:
    """A line that no export could hold is refused by its number, without reading it whole."""
    path = folder / "pleeggezinnen-spirit.csv"
    with path.open("ab") as stream:
        for _ in range(100):
            stream.write(b"x" * 1_048_576)
    sentence = refuses(pleegzorg, folder)
    assert "pleeggezinnen-spirit.csv" in sentence
    assert "regel 66" in sentence


def test_an_unknown_policy(pleegzorg: Command, folder: Path) -> None:
    """The sentence says which policies there are."""
    assert "maximaal, zorgvuldig" in refuses(pleegzorg, folder, "--policy", "snel")


def test_a_wrong_day(pleegzorg: Command, folder: Path) -> None:
    """A date in another style is refused with the right style."""
    assert "2026-11-01" in refuses(pleegzorg, folder, "--peildatum", "1-11-2026")


def test_an_output_that_cannot_be_written(pleegzorg: Command, folder: Path, tmp_path: Path) -> None:
    """Refused before any work is done."""
    outcome = pleegzorg("match", "--data", folder, "--out", tmp_path / "nergens" / "uit.json")
    assert outcome.code == 2
    assert "--out" in outcome.err


@pytest.mark.parametrize("out", ["/proc/uit.json", "/dev/full"])
def test_an_output_that_no_one_may_write(pleegzorg: Command, folder: Path, out: str) -> None:
    """A folder that refuses files, or something that is no file, is refused before any work."""
    outcome = pleegzorg("match", "--data", folder, "--out", out)
    assert outcome.code == 2
    assert "--out" in outcome.err
    assert Path("/dev/full").is_char_device()


@pytest.mark.lang
def test_a_brother_whose_registration_is_refused(pleegzorg: Command, folder: Path) -> None:
    """Of a group `samen` all are placed or nobody: with one refused, nobody is proposed."""
    path = folder / "aanmeldingen.jsonl"
    rows = first_rows(folder)
    group = next(
        row["broersZussen"]["groep"]
        for row in rows
        if row["broersZussen"] and row["broersZussen"]["wens"] == "samen"
    )
    members = [r for r in rows if r["broersZussen"] and r["broersZussen"]["groep"] == group]
    members[0]["bsn"] = "123456789"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = folder.parent / "uit.json"
    assert pleegzorg("match", "--data", folder, "--out", out).code == 0
    report = json.loads(out.read_text())
    kept = {row["aanmeldnummer"] for row in members[1:]}
    entries = [e for e in report["voorstellen"] if e["aanmeldnummer"] in kept]
    assert entries
    assert [entry["gezin"] for entry in entries] == [None] * len(entries)


@pytest.mark.lang
def test_a_child_that_names_an_unknown_network_family(pleegzorg: Command, folder: Path) -> None:
    """The network goes first, so a network family that nobody knows is asked about."""
    path, rows = folder / "aanmeldingen.jsonl", first_rows(folder)
    lonely = next(row for row in rows if row["netwerkgezin"] is None)
    lonely["netwerkgezin"] = "SPI-99999"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = folder.parent / "uit.json"
    pleegzorg("match", "--data", folder, "--out", out)
    warnings = json.loads(out.read_text())["run"]["waarschuwingen"]
    assert any("SPI-99999" in warning["melding"] for warning in warnings)


def test_a_database_that_does_not_answer(pleegzorg: Command, folder: Path) -> None:
    """The sentence says what to check, without a password in it."""
    url = "postgresql://iemand:geheim@127.0.0.1:1/niets"
    sentence = refuses(pleegzorg, folder, "--database-url", url)
    assert "antwoordt niet" in sentence
    assert "geheim" not in sentence
