"""Rules on what people have settled, and on the rhythm of a place."""

from tests.matching.build import build_problem
from tests.matching.judge import refusing

KIN = [{"siblings": ("BZ-1", "samen")}, {"siblings": ("BZ-1", "samen")}]


def test_a_place_in_another_rhythm_is_no_place() -> None:
    """A full-time child needs a whole bed; an odd weekend is served by a whole bed as well."""
    odd = {"rhythm": "oneven weekenden"}
    part = {"free_places": 0, "part_places": {"oneven weekenden": 1}}
    problem = build_problem(children=[{}, odd, {"rhythm": "vakanties"}], families=[part, {}])
    assert [refusing(problem, child, 0) for child in range(3)] == [{"ritme"}, set(), {"ritme"}]
    assert [refusing(problem, child, 1) for child in range(3)] == [set()] * 3


def test_a_begun_pair_takes_its_part_of_a_bed() -> None:
    """Beside a child that comes in odd weekends an even weekend is free, full time is not."""
    kids = [{"rhythm": "oneven weekenden"}, {"rhythm": "even weekenden"}, {}]
    problem = build_problem(children=kids, begun=[{"child": 0, "family": 0}])
    assert refusing(problem, 1, 0) == set()
    assert refusing(problem, 2, 0) == {"ritme"}


def test_a_child_with_its_network_family_stays_there() -> None:
    """While screening runs no other family is open to it, also when its own is not loaded."""
    begun = {"child": 0, "family": 1, "takes_place": False, "in_network": True}
    homes = [{}, {"for_child": "AM-0000", "prepared": False}]
    problem = build_problem(children=[{}], families=homes, begun=[begun])
    assert refusing(problem, 0, 0) == {"woont_bij_netwerk"}
    assert refusing(problem, 0, 1) == set()
    unknown = build_problem(children=[{}], begun=[{**begun, "family": -1}])
    assert refusing(unknown, 0, 0) == {"woont_bij_netwerk"}


def test_a_begun_sibling_decides_for_a_group_samen() -> None:
    """Who must stay together goes where the first is asked for, or nowhere."""
    problem = build_problem(
        children=KIN, families=[{"free_places": 2}, {}], begun=[{"child": 0, "family": 0}]
    )
    assert refusing(problem, 1, 0) == set()
    assert refusing(problem, 1, 1) == {"bij_broer_of_zus"}


def test_apart_also_holds_beside_who_is_settled() -> None:
    """Neither a placed sibling who must be apart nor a child kept apart is joined."""
    placed = build_problem(children=[{}], families=[{}, {}], placed_siblings=[(0, 1, "apart")])
    assert [refusing(placed, 0, home) for home in (0, 1)] == [set(), {"apart_van_kind"}]
    begun = build_problem(
        children=[{}, {}],
        families=[{"free_places": 2}],
        kept_apart=[(0, 1)],
        begun=[{"child": 1, "family": 0}],
    )
    assert refusing(begun, 0, 0) == {"apart_van_kind"}


def test_a_placed_siblings_family_may_be_asked_without_a_place() -> None:
    """For that child the family is open, for any other it is full."""
    problem = build_problem(
        children=[{}, {}],
        families=[{"free_places": 0}, {}],
        placed_siblings=[(0, 0, "samen, tenzij")],
    )
    assert refusing(problem, 0, 0) == set()
    assert refusing(problem, 1, 0) == {"plaats"}


def test_siblings_who_may_not_be_parted_follow_the_first() -> None:
    """A bond inside a group `samen, tenzij` is as strong as a group `samen`."""
    kids = [{"siblings": ("BZ-1", "samen, tenzij")}] * 3
    problem = build_problem(
        children=kids,
        families=[{"free_places": 3}, {}],
        kept_together=[(0, 1)],
        begun=[{"child": 0, "family": 0}],
    )
    assert refusing(problem, 1, 1) == {"bij_broer_of_zus"}
    assert refusing(problem, 2, 1) == set()
