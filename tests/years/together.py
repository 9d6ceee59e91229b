"""What regions lived in several processes leave for one judgement of all of them."""

import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.years.held_out import HeldOut, judge_all, lines_of
from tests.years.lived import ORDER

# Those of test_selected.py, and the next three by the same step.
SEEDS = (ORDER.seed, 8, 11, 14, 17, 20)


@dataclass(frozen=True, slots=True)
class Together:
    """Half-years held out, the newest first, by the seed of their region; kept in a folder."""

    folder: Path

    def keep(self, seed: int, parts: Sequence[HeldOut]) -> None:
        """Leave those of one region where the process that judges finds them whole."""
        made = self.folder / f"{seed}.part"
        made.write_bytes(pickle.dumps(list(parts)))
        made.replace(made.with_suffix(".kept"))

    def missing(self, seeds: Sequence[int]) -> list[int]:
        """Return the regions that left nothing yet."""
        return [seed for seed in seeds if not self._at(seed).exists()]

    def of(self, seed: int) -> list[HeldOut]:
        """Return what one region left, in this same run."""
        parts: list[HeldOut] = pickle.loads(self._at(seed).read_bytes())
        return parts

    def _at(self, seed: int) -> Path:
        return self.folder / f"{seed}.kept"


def judge_when_whole(together: Together, capsys: pytest.CaptureFixture[str]) -> None:
    """Slope 0.8 to 1.2 on the last half-years of all regions, a better Brier score than priors.

    Called at the end of each region, so that the last one judges, whichever process lives it.
    """
    if together.missing(SEEDS):
        return
    learnt, prior = judge_all(together.of(seed)[0] for seed in SEEDS)
    every = judge_all(part for seed in SEEDS for part in together.of(seed))
    with capsys.disabled():
        print(  # noqa: T201
            "",
            *lines_of("six regions, last half-year", learnt, prior),
            *lines_of("six regions, all half-years", *every),
            sep="\n",
            file=sys.stderr,
        )
    assert 0.8 <= learnt.slope[0] <= 1.2, learnt
    assert learnt.brier < prior.brier, (learnt, prior)
