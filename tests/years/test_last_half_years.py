"""The last half-year of six regions that lived three years through the API, taken together.

One such half-year is some 150 placements, too few for a slope of its own. The seeds were
chosen before a region was lived (`together.py`). The first is the twin's, which leaves its own; the
region that comes last judges all six.
"""

import sys

import pytest
from sqlalchemy import URL

from app.settings import Settings
from tests.years.driver import Planted
from tests.years.held_out import half_years, hold_out, judge_all, lines_of
from tests.years.lived import START, lived
from tests.years.together import SEEDS, Together, judge_when_whole

pytestmark = [pytest.mark.soak, pytest.mark.jaren, pytest.mark.timeout(3 * 3600)]


@pytest.mark.parametrize(
    "seed", [pytest.param(s, marks=pytest.mark.xdist_group(f"region {s}")) for s in SEEDS[1:]]
)
def test_a_region_lives_its_years(
    *,
    seed: int,
    settings: Settings,
    reference: URL,
    together: Together,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Weights learnt half a year before the end; the last region tells what all say together."""
    with lived(settings, reference, Planted(), seed=seed) as years:
        before, here = years.placements()
        cuts = half_years(START, years.region.today)
        together.keep(seed, [hold_out(before, here, cut=cut) for cut in cuts])
    told = lines_of(f"region {seed}, last half-year", *judge_all(together.of(seed)[:1]))
    with capsys.disabled():
        print("", *told, sep="\n", file=sys.stderr)  # noqa: T201
    judge_when_whole(together, capsys)
