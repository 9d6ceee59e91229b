"""kill -9 of api, workers and PostgreSQL at random moments: nothing acknowledged is lost."""

import os
from pathlib import Path

import pytest

from tests.chaos.chaos import run_chaos
from tests.chaos.figures import lines_of

KILLS = int(os.environ.get("KILLS") or 20)
# So that a slow machine does not make it last for ever: it says how many it came to.
WITHIN = 60 * float(os.environ.get("CHAOS_MINUTES") or 25)
SEED = int(os.environ.get("CHAOS_SEED") or 8)

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]  # real processes, killed


def test_nothing_acknowledged_is_lost_or_done_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many kills as KILLS says, while clients take in, sync, match, place and call by night."""
    outcome = run_chaos(tmp_path, kills=KILLS, seed=SEED, within=WITHIN)
    with capsys.disabled():
        print("", *lines_of(outcome), sep="\n")  # noqa: T201  (the figures of make soak)
    verdict = outcome.verdict
    assert outcome.errors == []
    assert outcome.journal.faults == []
    assert verdict.missing == []
    assert verdict.doubled == []
    assert verdict.broken == []
    assert not outcome.chain.startswith("KLOPT NIET"), outcome.chain
    assert sum(outcome.killer.kills.values()) == KILLS or outcome.seconds > WITHIN
