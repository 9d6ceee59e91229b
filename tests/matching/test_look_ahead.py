"""Looking ahead: the price of a place, the case of the wheelchair, and what it never costs."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from app.kernel.errors import InputRefused
from app.matching.arrivals import estimate_arrivals
from app.matching.flow import Arcs, best_flow
from app.matching.futures import sample_futures
from app.matching.limits import Limits
from app.matching.look_ahead import price_places, removal_losses
from app.matching.match import match
from app.matching.policy import LookAhead, load_policy, parse_policy
from app.matching.risk.weights import load_weights
from app.matching.solve import solve
from tests.matching.brute_force import best_families, rank_key
from tests.matching.build import build_problem
from tests.matching.regions import MAXIMAAL, draw_region, make_pairs, make_policy, shuffle

AHEAD = replace(MAXIMAAL, look_ahead=LookAhead(futures=20, days=28, worth=1.0))
TODAY, LONG_AGO = "2026-11-01", "2026-03-01"


def wheelchair_region(*, on: str):
    """Family 0 has the one home for a wheelchair and fits child 0 best; five others fit it nearly
    as well. Child 1 uses a wheelchair and was registered on a day; it has its own network family
    (family 6), so that today nobody needs family 0 but who is like it."""
    problem = build_problem(
        children=[
            {"urgency": "regulier", "registered_on": LONG_AGO},
            {"urgency": "spoed", "registered_on": on},
        ],
        families=[*[{}] * 6, {"for_child": "AM-0001"}],
    )
    cells = [*((0, home) for home in range(6)), (1, 0), (1, 6)]
    chance = [0.10, 0.12, 0.13, 0.14, 0.15, 0.16, 0.20, 0.05]
    return problem, make_pairs(cells, chance)


def test_a_scarce_place_is_kept_when_a_child_that_needs_it_is_expected() -> None:
    problem, pairs = wheelchair_region(on=TODAY)
    assert solve(problem, pairs, MAXIMAAL).family.tolist() == [0, 6]
    priced = price_places(problem, pairs, AHEAD)
    assert solve(problem, priced, AHEAD).family.tolist() == [1, 6]


def test_nobody_expected_nothing_kept() -> None:
    problem, pairs = wheelchair_region(on=LONG_AGO)
    priced = price_places(problem, pairs, AHEAD)
    assert not priced.price.any()
    assert solve(problem, priced, AHEAD).family.tolist() == [0, 6]


def test_the_price_is_never_more_than_a_later_placement_is_worth() -> None:
    for seed in range(20):
        problem, pairs = draw_region(seed, 6, 5)
        priced = price_places(problem, pairs, AHEAD)
        assert priced.price.min(initial=0.0) >= 0.0
        assert priced.price.max(initial=0.0) <= AHEAD.look_ahead.worth * 3  # of a group of three


@pytest.mark.parametrize("seed", range(40))
def test_no_goal_before_the_breakdowns_ever_suffers(seed: int) -> None:
    """Against brute force: every higher goal is as good as it can be, with prices as without."""
    problem, pairs = draw_region(seed, 5, 4)
    priced = price_places(problem, pairs, AHEAD)
    reached = solve(problem, priced, AHEAD).goals
    best = best_families(problem, pairs, MAXIMAAL)
    expected = rank_key(problem, pairs, MAXIMAAL, best)[:4]
    assert [abs(goal.value) for goal in reached[:4]] == [abs(number) for number in expected]


def test_a_price_on_placing_counts_chances_alone() -> None:
    """Who is placed at all may not hang on who is still to come: that goal knows no scarcity."""
    limits = Limits(placing_price=0.35)
    at_price = make_policy("geplaatst_tegen_prijs", "breakdowns", limits=limits)
    for seed in range(10):
        problem, pairs = draw_region(seed, 6, 5)
        priced = price_places(problem, pairs, replace(at_price, look_ahead=AHEAD.look_ahead))
        ahead = solve(problem, priced, replace(at_price, look_ahead=AHEAD.look_ahead))
        assert ahead.goals[0].value == solve(problem, pairs, at_price).goals[0].value


@pytest.mark.parametrize("seed", range(30))
def test_the_loss_of_a_place_is_the_loss_of_the_best_flow(seed: int) -> None:
    """Against solving again with one place less."""
    dice = np.random.default_rng(seed)
    children, homes = 6, 4
    is_open = dice.random((children, homes)) < 0.6
    child, family = np.nonzero(is_open)
    arcs = Arcs(child, family, dice.integers(1, 50, len(child)))
    places = dice.integers(0, 3, homes)
    chosen = best_flow(arcs, children, places)
    losses = removal_losses(arcs, chosen, children, places)
    for home in np.flatnonzero(places):
        fewer = places.copy()
        fewer[home] -= 1
        again = best_flow(arcs, children, fewer)
        assert losses[home] == arcs.worth[chosen].sum() - arcs.worth[again].sum()


def test_prices_do_not_depend_on_the_order_of_rows_or_the_seed() -> None:
    for seed in range(10):
        problem, pairs = draw_region(seed, 8, 6)
        moved, moved_pairs, *_ = shuffle(problem, pairs, seed)
        priced = price_places(problem, pairs, AHEAD)
        again = price_places(moved, moved_pairs, AHEAD)
        assert by_name(problem, priced) == by_name(moved, again)


def by_name(problem, pairs) -> dict[tuple[str, str], float]:
    number, reference = problem.children.number, problem.families.reference
    rows = zip(pairs.child, pairs.family, pairs.price.tolist(), strict=True)
    return {(number[child], reference[home]): price for child, home, price in rows}


def test_a_group_that_comes_keeps_the_home_that_takes_it_whole() -> None:
    """Two homes: one has room for three. A child alone leaves it for a group that is expected."""
    kids = [{"urgency": "regulier", "registered_on": LONG_AGO}]
    kids += [{"siblings": ("BZ-1", "samen"), "urgency": "spoed", "registered_on": TODAY}] * 3
    big = {"free_places": 3, "max_siblings": 3}
    problem = build_problem(children=kids, families=[big, {"free_places": 1}, big])
    cells = [(0, 0), (0, 1), *((child, home) for child in (1, 2, 3) for home in (0, 2))]
    pairs = make_pairs(sorted(cells), [0.10, 0.12] + [0.2, 0.1] * 3)
    assert solve(problem, pairs, MAXIMAAL).family.tolist() == [0, 2, 2, 2]
    priced = price_places(problem, pairs, AHEAD)
    alone, *group = solve(problem, priced, AHEAD).family.tolist()
    assert alone == 1
    assert len(set(group)) == 1


def test_futures_hold_as_many_as_were_registered_lately() -> None:
    """Two in the last week: two a week, eight in 28 days; whoever came long ago is not counted."""
    kids = [{"urgency": "spoed", "registered_on": TODAY}] * 2
    kids += [{"urgency": "spoed", "registered_on": LONG_AGO}] * 3
    problem = build_problem(children=kids)
    assert estimate_arrivals(problem).rate == (0.0, 2 / 7, 0.0)
    futures = sample_futures(problem, number=50, days=28)
    assert {len(future) for future in futures} == {8}
    seen = Counter(child for future in futures for (child,) in future)
    assert set(seen) == set(range(5))
    assert futures == sample_futures(problem, number=50, days=28)


def test_a_policy_without_the_key_does_not_look_ahead() -> None:
    assert load_policy("zorgvuldig").look_ahead is None
    problem, pairs = wheelchair_region(on=TODAY)
    assert price_places(problem, pairs, MAXIMAAL) is pairs


TEXT = load_policy("maximaal").text + (
    "\n[vooruitzien]\ntoekomsten = 20\ndagen = 28\nwaarde_plaatsing = 0.3\n"
)


def test_the_key_is_read_and_gives_the_policy_another_version() -> None:
    policy = parse_policy(TEXT, source="proef.toml")
    assert policy.look_ahead == LookAhead(20, 28, 0.3)
    assert policy.version != load_policy("maximaal").version


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("toekomsten = 20", "toekomsten = 0", "waarde buiten bereik bij 'toekomsten'"),
        ("toekomsten = 20", "", "sleutel 'toekomsten' ontbreekt"),
        ("waarde_plaatsing = 0.3", "waarde_plaatsing = 3", "buiten bereik bij 'waarde_plaatsing'"),
        ("dagen = 28\nw", "dagen = 28\nmeer = 1\nw", "onbekende sleutel 'meer' in [vooruitzien]"),
    ],
)
def test_a_wrong_value_is_one_sentence(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_policy(TEXT.replace(old, new), source="proef.toml")
    assert sentence in str(refused.value)


def test_a_proposal_says_when_a_better_place_was_kept() -> None:
    """The willing home is the only one for who comes; the child alone goes next door, and reads."""
    hard = {"externaliserend": 3}
    problem = build_problem(
        children=[
            {"urgency": "regulier", "registered_on": LONG_AGO},
            {"urgency": "spoed", "registered_on": TODAY, "severity": hard, "network_family": "F-2"},
        ],
        families=[
            {"reference": "F-0", "experience_years": 8, "willingness": {"externaliserend": "ja"}},
            {"reference": "F-1", "experience_years": 6, "willingness": {"externaliserend": "nee"}},
            {"reference": "F-2", "kind": "netwerk", "for_child": "AM-0001"},
        ],
    )
    told = {}
    for name, policy in (("nu", MAXIMAAL), ("vooruit", AHEAD)):
        result = match(problem, policy, load_weights())
        reasons = result.explanations[0].proposed.reasons
        told[name] = result.plan.family.tolist(), [r.code for r in reasons]
    assert told["nu"][0] == [0, 2]
    assert "vooruitzien" not in told["nu"][1]
    assert told["vooruit"][0] == [1, 2]
    assert told["vooruit"][1][-1] == "vooruitzien"
