"""`make fuzz-readers`: skips aloud without atheris, tries inputs with it, and names what broke."""

import importlib.util
import resource
import sys
from pathlib import Path

import pytest

from tools import fuzz_readers


def test_without_atheris_it_says_that_it_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One visible line, and no failure."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["fuzz_readers", "1", "cursor"])
    assert fuzz_readers.main() == 0
    assert capsys.readouterr().out.startswith("SKIPPED")


def test_the_memory_of_who_starts_a_target_is_not_counted_against_it() -> None:
    """Started by a process that held much, a target would be stopped before its first input."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert fuzz_readers.most_memory() >= fuzz_readers.MEMORY + held > fuzz_readers.MEMORY


def test_a_second_of_a_target(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Inputs are tried and branches reached; what was found is kept where it was asked."""
    pytest.importorskip("atheris", reason="atheris is not there for this machine or this Python")
    monkeypatch.setattr(fuzz_readers, "FOUND", tmp_path)
    monkeypatch.setattr(sys, "argv", ["fuzz_readers", "1", "cursor"])
    assert fuzz_readers.main() == 0
    *_, row = capsys.readouterr().out.splitlines()
    _, target, _, tried, branches, _, broke, _ = (cell.strip() for cell in row.split("|"))
    assert (target, broke) == ("cursor", "nothing")
    assert int(tried) > 10
    assert int(branches) > 5
    assert list((tmp_path / "cursor").iterdir())
