"""A year, against years worked out by hand, and against itself."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from app.matching.policy import load_policy
from app.matching.risk.weights import load_weights
from app.simulation.family import Provider
from app.simulation.year.choosers import CHOOSERS, Week
from app.simulation.year.measures import measure
from app.simulation.year.replay import PlanBroken, Stay, Year, replay
from app.simulation.year.run import Task, run_replication
from app.simulation.year.world import YearOrder, draw_world
from tests.simulation.year.plain import plain_child, plain_family, rules, tiny_world

NEVER = 1e9
ALL = tuple(CHOOSERS)


def spells(year: Year) -> list[tuple[str, int, int]]:
    return sorted(year.waits)


def courses(year: Year) -> list[tuple[str, int, int, bool]]:
    return [(stay.child, stay.begins, stay.ends, stay.breaks) for stay in year.stays]


@pytest.mark.parametrize("name", ALL)
def test_the_second_child_gets_the_place_in_the_week_after_the_first_has_gone(name: str) -> None:
    world = tiny_world([plain_child("A"), plain_child("B")], [plain_family("SPI-1")])
    year = replay(world, rules(NEVER), CHOOSERS[name])
    assert courses(year) == [("A", 0, 30, False), ("B", 35, 65, False)]
    assert spells(year) == [("A", 0, 0), ("B", 0, 35)]
    assert year.waiting == (1,) * 5 + (0,) * 7


@pytest.mark.parametrize("name", ALL)
def test_a_child_whose_placement_breaks_down_waits_again_and_never_for_that_family(
    name: str,
) -> None:
    world = tiny_world([plain_child("A")], [plain_family("SPI-1")])
    year = replay(world, rules(0.5), CHOOSERS[name])
    assert courses(year) == [("A", 0, 15, True)]
    assert spells(year) == [("A", 0, 0), ("A", 15, 84)]
    assert measure(world, year).value["breakdowns"] == 1


def test_after_a_breakdown_another_family_may_take_the_child() -> None:
    world = tiny_world([plain_child("A")], [plain_family("SPI-1"), plain_family("SPI-2")])
    year = replay(world, rules(0.5), CHOOSERS["één lijst"])
    assert [(stay.family, stay.begins, stay.ends) for stay in year.stays] == [
        ("SPI-1", 0, 15),
        ("SPI-2", 21, 36),
    ]
    assert [stay.is_first for stay in year.stays] == [True, False]


def test_a_family_takes_children_from_when_it_joins_until_it_leaves() -> None:
    kids = [plain_child("A"), plain_child("B", on=40), plain_child("C", on=63)]
    world = tiny_world(
        kids, [plain_family("SPI-1")], joins_on={"SPI-1": 10}, leaves_on={"SPI-1": 63}
    )
    year = replay(world, rules(NEVER), CHOOSERS["één lijst"])
    assert courses(year) == [("A", 14, 44, False), ("B", 49, 79, False)]
    assert spells(year)[-1] == ("C", 63, 84)


def test_a_place_comes_free_when_the_child_of_the_start_goes_on() -> None:
    home = plain_family("SPI-1", places=0, fostered=(2015,))
    world = tiny_world([plain_child("A")], [home], moves_on={"SPI-1": (20,)})
    assert courses(replay(world, rules(NEVER), CHOOSERS["dit systeem"])) == [("A", 21, 51, False)]


def test_with_five_lists_a_place_at_another_provider_stays_empty() -> None:
    world = tiny_world(
        [plain_child("A"), plain_child("B")],
        [plain_family("SPI-1"), plain_family("VIT-1", provider=Provider.VITREE)],
        lists={"B": Provider.YOUKE},
    )
    five = replay(world, rules(NEVER), CHOOSERS["vijf lijsten"])
    assert [(stay.child, stay.family) for stay in five.stays] == [("A", "SPI-1")]
    joint = replay(world, rules(NEVER), CHOOSERS["één lijst"])
    assert {stay.child for stay in joint.stays} == {"A", "B"}


def test_siblings_that_begin_apart_are_counted() -> None:
    group = ("BZ-1", "samen, tenzij")
    kids = [plain_child("A", siblings=group), plain_child("B", siblings=group)]
    world = tiny_world(kids, [plain_family("SPI-1"), plain_family("SPI-2")])
    year = replay(world, rules(NEVER), CHOOSERS["dit systeem"])
    assert [stay.is_apart for stay in year.stays] == [True, True]
    assert measure(world, year).value["gesplitst"] == 2
    roomy = tiny_world(kids, [plain_family("SPI-1", places=2), plain_family("SPI-2")])
    whole = replay(roomy, rules(NEVER), CHOOSERS["dit systeem"])
    assert measure(roomy, whole).value["gesplitst"] == 0


def test_a_plan_against_a_rule_is_never_carried_out() -> None:
    world = tiny_world([plain_child("A")], [plain_family("SPI-1", places=0)])
    with pytest.raises(PlanBroken):
        replay(world, rules(NEVER), lambda _: np.zeros(1, dtype=np.int64))


def test_no_policy_is_shown_the_truth() -> None:
    """The chances that a policy sees are the same whatever the truth is."""
    shown: list[list[float]] = []

    def look(week: Week):
        shown.append(week.pairs.chance.tolist())
        return CHOOSERS["één lijst"](week)

    world = tiny_world([plain_child("A")], [plain_family("SPI-1")], weeks=1)
    replay(world, rules(NEVER), look)
    replay(world, rules(0.1), look)
    assert shown[0] == shown[1]


def task(seed: int = 5) -> Task:
    order = YearOrder(30, 50, 60, 10, seed, date(2026, 11, 1))
    return Task(order, load_policy("maximaal").text, load_weights().text, ALL)


def test_the_same_seed_gives_the_same_year_and_another_seed_another() -> None:
    first = run_replication(task())
    assert first == run_replication(task())
    assert first.figures != run_replication(task(seed=6)).figures


def test_every_way_keeps_to_the_limit_of_the_policy() -> None:
    """With a limit in the policy each week's plan is checked against it, for every way."""
    text = load_policy("zorgvuldig").text.replace("kans = 0.45", "kans = 0.15")
    careful = replace(task(), policy=text)
    figures = run_replication(careful).figures
    assert set(figures) == set(ALL)
    free = run_replication(task()).figures
    assert figures["één lijst"].value["geplaatst"] < free["één lijst"].value["geplaatst"]


def test_all_policies_meet_the_same_chance() -> None:
    """Where two policies begin with the same placements, these last as long and break alike."""
    world = draw_world(task().order)
    begins = [_first_week(replay(world, _real_rules(), CHOOSERS[name])) for name in ALL]
    shared = 0
    for one, other in combinations(begins, 2):
        for child in one.keys() & other.keys():
            if (one[child].family, one[child].is_apart) == (
                other[child].family,
                other[child].is_apart,
            ):
                assert one[child] == other[child]
                shared += 1
    assert shared >= 10


def _first_week(year: Year) -> dict[str, Stay]:
    at_once = {number for number, _, until in year.waits if until == 0}
    return {stay.child: stay for stay in year.stays if stay.is_first and stay.child in at_once}


def _real_rules():
    from app.simulation.history import Points
    from app.simulation.history_truth import Truth
    from app.simulation.year.replay import Rules

    return Rules(load_policy("maximaal"), load_weights(), Truth.of(5), Points.load())
