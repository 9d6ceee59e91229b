"""What Schemathesis is told to send: every operation for every role, most of what a role may do."""

import argparse
import subprocess
from typing import Any

import pytest

from app.kernel.actor import SIGNED_IN_ROLES, ActorRole
from app.security.access import load_access
from tools import fuzz

ACCESS = load_access()
CONTRACT = ACCESS.operations.keys() | ACCESS.open_to_all


class NoService:
    """Stands for a running service; nothing is sent."""

    address = "http://127.0.0.1:1"

    def token(self, *roles: ActorRole, organisation: str | None) -> str:
        return "+".join(roles)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines, in their order; the second of each pair finds something."""
    lines: list[list[str]] = []

    def run(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        lines.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 1 - len(lines) % 2)

    monkeypatch.setattr(subprocess, "run", run)
    return lines


def after(line: list[str], word: str) -> list[str]:
    return [line[n + 1] for n, found in enumerate(line) if found == word]


def test_each_role_asks_each_operation_once(told: list[list[str]]) -> None:
    """In the run of what it may, or in that of the rest; a failure in either counts."""
    asked = argparse.Namespace(cases="15", seconds=None, roles=[])
    askers = fuzz._askers()
    assert {role for who in askers for role in who.roles} == set(SIGNED_IN_ROLES)
    for who in askers:
        assert fuzz._fuzz(NoService(), who, asked, "/") == 1  # type: ignore[arg-type]
    for who, own, rest in zip(askers, told[::2], told[1::2], strict=True):
        may = {name for name in CONTRACT if ACCESS.roles_for(name) & set(who.roles)}
        assert set(after(own, "--include-operation-id")) == may | ACCESS.open_to_all
        assert after(rest, "--exclude-operation-id") == after(own, "--include-operation-id")
        assert (after(own, "--max-examples"), after(own, "--phases")) == (["15"], [])
        assert after(rest, "--max-examples") == [fuzz.FEW]
        assert f"Authorization: Bearer {'+'.join(who.roles)}" in own


def test_seconds_bound_what_a_role_may(told: list[list[str]]) -> None:
    """The rest is never more than a few cases."""
    fuzz._fuzz(
        NoService(),  # type: ignore[arg-type]
        fuzz._askers()[0],
        argparse.Namespace(cases="15", seconds=600, roles=[]),
        "/",
    )
    assert [after(line, "--max-time") for line in told] == [["600"], []]
