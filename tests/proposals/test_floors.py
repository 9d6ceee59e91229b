"""A floor of a policy on a drawn region: met or short, told with its price."""

from rich.console import Console

from app.cli.tradeoffs import print_tradeoffs
from app.matching.match import match
from app.matching.policy import load_policy, parse_policy
from app.matching.risk.weights import load_weights
from app.proposals.schemas_tradeoffs import Tradeoffs
from app.proposals.tradeoffs import weigh
from app.simulation.history import Points
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.year.as_problem import as_problem
from tests.region import DAY

FLOORS = """
[[ondergrenzen]]
groep = "rolstoel"
deel = 1.0

[[ondergrenzen]]
groep = "12 jaar en ouder"
deel = 0.95
"""


def test_a_region_short_of_families_with_two_floors() -> None:
    """Proved, told in the report and on the screen; what is short has its reason."""
    policy = parse_policy(load_policy("zorgvuldig").text + FLOORS, source="ondergrens.toml")
    region = draw_region(Order(120, 150, seed=9, snapshot_day=DAY))
    problem = as_problem(region.children, region.families, DAY, points=Points.load())
    result = match(problem, policy, load_weights())
    assert [goal.code for goal in result.plan.goals[:2]] == [
        "ondergrens rolstoel", "ondergrens 12 jaar en ouder",
    ]  # fmt: skip
    assert all(goal.value == goal.bound for goal in result.plan.goals)
    told = weigh(result, policy, seed=0)
    assert Tradeoffs.model_validate(told).floors
    wheels, teens = told["ondergrenzen"]
    for floor, goal in zip((wheels, teens), result.plan.goals, strict=False):
        assert floor["bewezen"]
        assert floor["gevraagd"] - floor["tekort"] == goal.value
        assert (floor["waarom"] is None) == (floor["tekort"] == 0)
        assert floor["prijs"]["groepErbij"] >= 0
    assert wheels["tekort"] == 1
    assert "voor 1 van de 2 kan geen enkel gezin; meer kan niet" in wheels["waarom"]
    assert teens["prijs"]["groepErbij"] == teens["prijs"]["anderenEraf"] == 1
    (cap,) = told["bovengrenzen"]
    cost = cap["prijs"]
    assert (cap["grens"], cost["geplaatst"]) == (
        "hoogste_breakdownkans",
        int((result.plan.family >= 0).sum()),
    )
    assert cost["geplaatstZonder"] - cost["geplaatst"] == (
        cost["erbij"]["aantal"] - cost["eraf"]["aantal"]
    )
    screen = Console(width=200, record=True)
    with screen.capture() as captured:
        print_tradeoffs(told, screen)
    assert "Zijn de ondergrenzen gehaald" in captured.get()
    assert f"zonder: {cost['geplaatstZonder']} geplaatst" in captured.get()
    assert "Minstens 95% van de kinderen uit de groep '12 jaar en ouder'" in captured.get()


def test_an_older_run_has_no_floors() -> None:
    """What was stored before there were floors is still read."""
    told = {
        "eenKindMeer": {
            "reden": "x", "geplaatst": 1, "breakdowns": 0.1, "hoogstensTePlaatsen": None,
            "prijsPerPlaatsing": None, "punten": [],
        },
        "andereVolgordes": {"reden": "x", "volgordes": []},
    }  # fmt: skip
    assert Tradeoffs.model_validate(told).floors == []
