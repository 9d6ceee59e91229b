"""What Schemathesis is told to send: every operation for every role, most of what a role may do."""

import argparse
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.kernel.actor import SIGNED_IN_ROLES, ActorRole
from app.security.access import load_access
from tools import fuzz

ACCESS = load_access()
FOUND = "==== FAILURES ====\na server error\n"
CONTRACT = ACCESS.operations.keys() | ACCESS.open_to_all


class NoService:
    """Stands for a running service; nothing is sent."""

    address = "http://127.0.0.1:1"

    def token(self, *roles: ActorRole, organisation: str | None) -> str:
        return "+".join(roles)


Told = Callable[[], list[list[str]]]

# In the place of Schemathesis: keeps what it was told; the second of each pair finds something.
STANDS_IN = """#!{python} -SE
import pathlib, sys
at = pathlib.Path("told")
before = at.read_text().splitlines() if at.exists() else []
at.write_text("\\n".join([*before, "\\t".join(sys.argv[1:])]))
kept = pathlib.Path("schemathesis.toml")
if kept.exists():
    pathlib.Path(f"settings-{{len(before) // 2}}.toml").write_text(kept.read_text())
print("what it did")
if len(before) % 2:
    print("==== FAILURES ====", "a server error", sep="\\n")
sys.exit(len(before) % 2)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where Schemathesis would run."""
    script = tmp_path / "schemathesis"
    script.write_text(STANDS_IN.format(python=sys.executable), "utf-8")
    script.chmod(0o700)
    monkeypatch.setattr(fuzz, "SCHEMATHESIS", script)
    return str(tmp_path)


@pytest.fixture
def told(folder: str) -> Told:
    """The command lines so far, in their order."""
    return lambda: [
        line.split("\t") for line in Path(folder, "told").read_text("utf-8").split("\n")
    ]


def after(line: list[str], word: str) -> list[str]:
    return [line[n + 1] for n, found in enumerate(line) if found == word]


def test_each_role_asks_each_operation_once(folder: str, told: Told) -> None:
    """In the run of what it may, or in that of the rest; a failure in either counts."""
    asked = argparse.Namespace(cases="15", seconds=None, roles=[])
    askers = fuzz._askers()
    assert {role for who in askers for role in who.roles} == set(SIGNED_IN_ROLES)
    for who in askers:
        assert fuzz._fuzz(NoService(), who, asked, folder) == FOUND  # type: ignore[arg-type]
    for who, own, rest in zip(askers, told()[::2], told()[1::2], strict=True):
        may = {name for name in CONTRACT if ACCESS.roles_for(name) & set(who.roles)}
        assert set(after(own, "--include-operation-id")) == may | ACCESS.open_to_all
        assert after(rest, "--exclude-operation-id") == after(own, "--include-operation-id")
        assert (after(own, "--max-examples"), after(own, "--phases")) == (["15"], [])
        assert after(rest, "--max-examples") == [fuzz.FEW]
        assert f"Authorization: Bearer {'+'.join(who.roles)}" in own


@pytest.mark.parametrize("seconds", [None, 600])
def test_bounds_are_walked_once_by_whoever_may_first(folder: str, seconds: int | None) -> None:
    """Of each operation; but by everybody who is given seconds."""
    asked = argparse.Namespace(cases="15", seconds=seconds, roles=[])
    found = fuzz._in_turn(NoService(), fuzz._askers(), asked, folder)  # type: ignore[arg-type]
    before: set[str] = set()
    for at, (who, _) in enumerate(found):
        settings = tomllib.loads(Path(folder, f"settings-{at}.toml").read_text("utf-8"))
        walked = {
            name
            for part in settings.get("operations", [])
            for name in part["include-operation-id"]
            if not part["phases"]["coverage"]["enabled"]
        }
        assert walked == (before if seconds is None else set())
        before |= set(who.may())
    assert before == CONTRACT


def test_seconds_bound_what_a_role_may(folder: str, told: Told) -> None:
    """The rest is never more than a few cases."""
    fuzz._fuzz(
        NoService(),  # type: ignore[arg-type]
        fuzz._askers()[0],
        argparse.Namespace(cases="15", seconds=600, roles=[]),
        folder,
    )
    assert [after(line, "--max-time") for line in told()] == [["600"], []]
