"""Placements that the engine chose itself: does choosing squeeze what is learnt from them?

A plan places where the chance of breakdown is small, so that outcomes are seen of chosen pairs
only. Three regions of three years each are replayed with the engine and the hidden truth, without
the API, so that there are placements enough to tell a slope.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from app.learning.columns import read_placement
from app.learning.placement import Ending, PastPlacement
from app.matching.policy import load_policy
from app.matching.risk.weights import load_weights
from app.simulation.child import Child
from app.simulation.family import Family
from app.simulation.history import Points, draw_history, start_cells
from app.simulation.history_truth import Facts, Truth
from app.simulation.order import Order
from app.simulation.year.choosers import CHOOSERS
from app.simulation.year.replay import Rules, Stay, replay
from app.simulation.year.world import YearOrder, draw_world
from tests.years.held_out import HALF_A_YEAR, HeldOut, half_years, hold_out, judge_all

pytestmark = [
    pytest.mark.soak,
    pytest.mark.jaren,
    pytest.mark.timeout(3600),
    pytest.mark.xdist_group("selected"),
]
START = date(2023, 11, 6)
LAST = START + timedelta(weeks=157)
SEEDS = (5, 8, 11)
BEFORE = 3000  # placements of before the service, as a region imports them


@dataclass(frozen=True)
class Watched(Truth):
    """A truth that remembers of which pairs it was asked, in the order in which they began."""

    asked: list[tuple[Child, Family, Facts]] = field(default_factory=list)

    def log_ratio(self, child: Child, family: Family, facts: Facts) -> float:
        """Return the log hazard of a pair against an ordinary one."""
        self.asked.append((child, family, facts))
        return Truth.log_ratio(self, child, family, facts)


@pytest.fixture(scope="module")
def regions() -> list[tuple[list[PastPlacement], list[PastPlacement]]]:
    """Of each region what was imported, and what the engine placed."""
    return [(_before(seed), _lived(seed)) for seed in SEEDS]


def test_chosen_placements_give_calibrated_weights(
    regions: list[tuple[list[PastPlacement], list[PastPlacement]]],
) -> None:
    """Each half-year by the weights of its first day: slope 0.8 to 1.2, its interval too."""
    learnt, prior = judge_all(_parts(regions, list(half_years(START, LAST))))
    assert learnt.slope[1] >= 0.8 and learnt.slope[2] <= 1.2, learnt
    assert learnt.brier < prior.brier, (learnt, prior)


def test_they_hold_on_the_last_half_year(
    regions: list[tuple[list[PastPlacement], list[PastPlacement]]],
) -> None:
    """Slope between 0.8 and 1.2 on all that began in it, and a better Brier score than priors."""
    learnt, prior = judge_all(_parts(regions, [LAST - HALF_A_YEAR]))
    assert 0.8 <= learnt.slope[0] <= 1.2, learnt
    assert learnt.brier < prior.brier, (learnt, prior)


def _parts(
    regions: Sequence[tuple[list[PastPlacement], list[PastPlacement]]], cuts: Sequence[date]
) -> list[HeldOut]:
    return [hold_out(before, lived, cut=cut) for before, lived in regions for cut in cuts]


def _before(seed: int) -> list[PastPlacement]:
    """Past placements as the service takes them: what ran was followed until the last day told."""
    order = Order(30, 60, seed=seed, snapshot_day=START)
    text = draw_history(order, placements=BEFORE, truth=Truth.of(seed)).decode()
    told = [read_placement(row, latest=START) for row in csv.DictReader(io.StringIO(text))]
    last = max(placement.course.last_day for placement in told)
    return [
        placement
        if placement.course.ended_on
        else replace(
            placement, course=replace(placement.course, ended_on=last, ending=Ending.PLANNED)
        )
        for placement in told
    ]


def _lived(seed: int) -> list[PastPlacement]:
    order = YearOrder(children=30, families=350, arrivals=700, weeks=157, seed=seed, start=START)
    truth = Watched(Truth.of(seed).strength)
    rules = Rules(load_policy("zorgvuldig"), load_weights(), truth, Points.load())
    year = replay(draw_world(order), rules, CHOOSERS["dit systeem"])
    begun = zip(year.stays, truth.asked, strict=True)  # both in the order in which they began
    return [
        _placement(number, stay, pair)
        for number, (stay, pair) in enumerate(begun)
        if START + timedelta(days=stay.begins) <= LAST
    ]


def _placement(number: int, stay: Stay, pair: tuple[Child, Family, Facts]) -> PastPlacement:
    began, ends = (START + timedelta(days=days) for days in (stay.begins, stay.ends))
    is_over = ends <= LAST
    ending = (Ending.BROKEN if stay.breaks else Ending.PLANNED) if is_over else Ending.RUNNING
    cells = start_cells(*pair, today=began) | {
        "plaatsing_id": f"L-{number:05d}",
        "start": began.isoformat(),
        "einde": ends.isoformat() if is_over else "",
        "reden_einde": ending.value,
    }
    return read_placement({name: str(cell) for name, cell in cells.items()}, latest=LAST)
