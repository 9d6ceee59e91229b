"""Calling the command line as a user does, inside the test's process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.cli.main import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit code, and what was printed where."""

    code: int
    out: str
    err: str


@pytest.fixture
def pleegzorg(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Return a function that runs `pleegzorg` with words as on the command line."""

    def call(*words: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["pleegzorg", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            run()
            sys.exit(0)
        printed = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), printed.out, printed.err)

    return call
