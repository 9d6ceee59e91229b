"""The old version and the new one at once on one database, as in an upgrade without a pause.

The old one is the code before the newest change of the tables, as git has it (OLD_VERSION names
another commit), with the packages of today.
"""

import os
from pathlib import Path

import pytest

from tests.chaos.old_version import ROOT, head_of, lay_out, ref_before_newest_tables
from tests.chaos.upgrade import Upgraded, run_upgrade

SECONDS = float(os.environ.get("UPGRADE_SECONDS") or 40)
SEED = 8

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]  # real processes


def test_an_upgrade_loses_nothing_and_fails_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clients whose every second request goes to the other version are all answered, and right."""
    ref = ref_before_newest_tables()
    if ref is None:
        pytest.skip("git does not tell of the version before the newest migration")
    old = lay_out(ref, tmp_path / "oud")
    assert head_of(old) != head_of(ROOT)
    made = run_upgrade(tmp_path, old, seconds=SECONDS, seed=SEED)
    with capsys.disabled():
        print("", *_lines(ref, made), sep="\n")  # noqa: T201  (the figures of make kills)
    assert made.errors == []
    assert made.journal.faults == []
    assert made.verdict.is_clean, made.verdict
    assert made.failed == []
    assert not made.chain.startswith("KLOPT NIET"), made.chain
    assert min(made.writes.values()) > 0, made.writes


def _lines(ref: str, made: Upgraded) -> list[str]:
    told = ", ".join(f"{name} {times}" for name, times in made.writes.items())
    verdict = made.verdict
    return [
        f"upgrade from {ref[:8]}: acknowledged writes by {told}",
        f"missing: {len(verdict.missing)}; doubled: {len(verdict.doubled)}; half-written, twice "
        f"given, not done: {len(verdict.broken)}; failed jobs: {len(made.failed)}; "
        f"answers of 500: {made.journal.counts.get('500', 0)}",
        f"audit chain: {made.chain}",
    ]
