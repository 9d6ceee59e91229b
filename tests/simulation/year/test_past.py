"""What a replayed region remembers: all who came in since the year began, also who was placed."""

import numpy as np
import pytest

from app.matching.arrivals import REGISTRATIONS, estimate_arrivals
from app.simulation.year.choosers import CHOOSERS, Week
from app.simulation.year.past import seen_arrivals
from app.simulation.year.replay import replay
from tests.simulation.year.plain import START, plain_child, plain_family, rules, tiny_world

NEVER = 1e9


def test_who_came_and_no_longer_waits_is_remembered_as_a_household() -> None:
    kids = [
        plain_child("A"),
        plain_child("B", on=10),
        plain_child("C", on=12, siblings=("BZ-1", "samen")),
        plain_child("D", on=12, siblings=("BZ-1", "samen")),
        plain_child("E", on=13),
        plain_child("F", on=30),
    ]
    world = tiny_world(kids, [plain_family("SPI-1")])
    past = seen_arrivals(world, 14, {"A", "E"})
    days = [np.datetime64(START, "D") + 10, np.datetime64(START, "D") + 12]
    assert past.came_on.tolist() == [day.item() for day in days]
    assert past.since.tolist() == [START]
    assert not past.is_placement.any()
    assert len(seen_arrivals(world, 14, {"C", "E"})) == 1


@pytest.mark.parametrize("name", ["dit systeem", "vooruitziend"])
def test_each_week_a_way_of_placing_sees_the_registrations_so_far(name: str) -> None:
    """Nothing that is still to come, and the children who were placed at once."""
    seen: list[tuple[int, int]] = []

    def look(week: Week) -> np.ndarray:
        found = estimate_arrivals(week.problem)
        seen.append((len(week.problem.past), found.days))
        assert found.days == 0 or week.problem.past.came_on.max(
            initial=week.problem.past.since[0]
        ) <= (week.problem.snapshot_day)
        assert (found.source == REGISTRATIONS) == (week.problem.snapshot_day > START)
        return CHOOSERS[name](week)

    kids = [plain_child("A"), *(plain_child(f"K{on}", on=on) for on in (6, 13, 20))]
    world = tiny_world(kids, [plain_family("SPI-1", places=5)], weeks=4)
    replay(world, rules(NEVER), look)
    assert [count for count, _ in seen] == [0, 0, 1, 2]
