"""Network families of others, recorded answers, and groups on hold."""

from tests.matching.build import build_problem
from tests.matching.judge import refusing, sentence


def test_a_network_family_is_for_its_own_child_only() -> None:
    """The named child may go there and nobody else."""
    problem = build_problem(children=[{}, {}], families=[{"for_child": "AM-0001"}])
    assert refusing(problem, child=0) == {"netwerk_ander_kind"}
    assert refusing(problem, child=1) == set()


def test_a_network_family_of_a_child_that_does_not_wait_is_for_nobody() -> None:
    """A name that is not on the list, or no name, opens it to no one."""
    for family in ({"for_child": "AM-9999"}, {"kind": "netwerk"}):
        assert refusing(build_problem(families=[family])) == {"netwerk_ander_kind"}


def test_a_recorded_no_holds_for_that_pair_only() -> None:
    """Another child may still go to the family, and this child elsewhere."""
    problem = build_problem(children=[{}, {}], families=[{}, {}], recorded_no=[(0, 1)])
    assert refusing(problem, 0, 1) == {"eerder_nee"}
    assert refusing(problem, 0, 0) == refusing(problem, 1, 1) == set()


def test_a_recorded_no_holds_for_the_network_family() -> None:
    """An answer is an answer."""
    problem = build_problem(families=[{"for_child": "AM-0000"}], recorded_no=[(0, 0)])
    assert refusing(problem) == {"eerder_nee"}
    assert "al nee gezegd" in sentence(problem, "eerder_nee")


def test_a_refused_network_family_is_not_proposed() -> None:
    """A person refused it with a reason; other families stay open."""
    problem = build_problem(
        children=[{"network_refused": True}], families=[{"for_child": "AM-0000"}, {}]
    )
    assert refusing(problem, 0, 0) == {"eerder_nee"}
    assert refusing(problem, 0, 1) == set()
    assert "afgewezen" in sentence(problem, "eerder_nee")


def test_a_group_on_hold_waits_and_others_do_not() -> None:
    """Only the children of the group with the open question are refused."""
    problem = build_problem(
        children=[{"siblings": ("BZ-1", "samen")}, {"siblings": ("BZ-2", "samen")}, {}],
        on_hold=["BZ-1"],
    )
    assert refusing(problem, child=0) == {"broers_zussen_navragen"}
    assert refusing(problem, child=1) == refusing(problem, child=2) == set()
