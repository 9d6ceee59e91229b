import sys
from dataclasses import dataclass

import pytest

from app.cli.main import run as run_command_line
from app.simulation.folder import MISTAKES, README


@dataclass
class Result:
    exit_code: int
    output: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a way to type `pleegzorg example ...`, through the real entry point."""

    def type_command(*words: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["pleegzorg", "example", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            run_command_line()
        written = capsys.readouterr()
        return Result(stopped.value.code or 0, written.out + written.err)

    return type_command


def draw(run, folder, *more):
    return run(folder, "--children", 6, "--families", 12, *more)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_command_says_what_to_type_next(run, tmp_path):
    """One line says how much of what stands where, and gives the next command."""
    result = draw(run, tmp_path / "regio")
    assert result.exit_code == 0
    assert "6 aanmeldingen en 12 pleeggezinnen" in result.output
    assert f"pleegzorg match --data {tmp_path / 'regio'} --out voorstellen.json" in result.output
    assert result.output.count("\n") == 1


def test_a_second_run_gives_the_same_files(run, tmp_path):
    """Two folders by the same command hold the same bytes under the same names."""
    draw(run, tmp_path / "a")
    draw(run, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert len(contents(tmp_path / "a")) == 7


def test_the_note_says_that_nobody_exists(run, tmp_path):
    """The folder carries a note: made up, nobody exists, and the seed to draw it again."""
    draw(run, tmp_path / "regio", "--seed", 42)
    note = (tmp_path / "regio" / README).read_text(encoding="utf-8")
    assert "verzonnen" in note
    assert "Niemand hierin bestaat" in note
    assert "--seed 42" in note


def test_an_earlier_example_is_overwritten(run, tmp_path):
    """Another draw in the same folder replaces all files, and an old list of mistakes goes."""
    folder = tmp_path / "regio"
    draw(run, folder, "--fouten", 3)
    assert (folder / MISTAKES).exists()
    assert draw(run, folder, "--seed", 2).exit_code == 0
    draw(run, tmp_path / "fresh", "--seed", 2)
    assert contents(folder) == contents(tmp_path / "fresh")


def test_other_peoples_files_are_left_alone(run, tmp_path):
    """A folder with something else in it is refused with exit code 2 and stays as it was."""
    (tmp_path / "brief.txt").write_text("van iemand anders", encoding="utf-8")
    result = draw(run, tmp_path)
    assert result.exit_code == 2
    assert "kies een nieuwe map" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_a_file_is_no_folder(run, tmp_path):
    """A name that is a file already is refused and the file stays."""
    target = tmp_path / "regio"
    target.write_text("x", encoding="utf-8")
    assert draw(run, target).exit_code == 2
    assert target.read_text(encoding="utf-8") == "x"


def test_a_folder_that_cannot_be_made_is_refused(run, tmp_path):
    """When the folder cannot be made there is one sentence and no traceback."""
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    result = draw(run, tmp_path / "bestand" / "regio")
    assert result.exit_code == 2
    assert "niet te schrijven" in result.output


def test_numbers_out_of_range_are_refused(run, tmp_path):
    """Too few or too many of anything, or no day, gives exit code 2, the option, and no folder."""
    for words in (
        ("--children", 0),
        ("--children", 50_001),
        ("--families", 4),
        ("--families", 50_001),
        ("--families", 12, "--fouten", 4),
        ("--peildatum", "31-02-2026"),
        ("--peildatum", "1800-01-01"),
    ):
        result = run(tmp_path / "regio", *words)
        assert result.exit_code == 2
        assert words[-2] in result.output
        assert not (tmp_path / "regio").exists()


def test_another_day_moves_all_days(run, tmp_path):
    """The snapshot day stands in the Vitree export and in the registration numbers."""
    draw(run, tmp_path / "regio", "--peildatum", "2027-03-15")
    assert b'peildatum="2027-03-15"' in (tmp_path / "regio/pleeggezinnen-vitree.xml").read_bytes()
    assert b"AM-2027-1000" in (tmp_path / "regio/aanmeldingen.jsonl").read_bytes()
