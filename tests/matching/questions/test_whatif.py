"""What if: as matching from nothing after the change, and never another answer than that."""

from typing import Any

import numpy as np
import pytest

from app.kernel.errors import Conflict, InputRefused
from app.matching.explain.case import Case
from app.matching.match import match
from app.matching.pairs import find_pairs
from app.matching.questions import facts
from app.matching.questions.whatif import (
    Change,
    ChangePlaces,
    ChildFact,
    FamilyFact,
    Forbid,
    Pin,
    ask_what_if,
)
from app.matching.resolve import resolve_with
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from tests.matching.build import build_problem
from tests.matching.questions.test_pair import match_case
from tests.matching.regions import MAXIMAAL

PROBLEMS = ("hechting", "lvb", "middelen")


def drawn_case(seed: int, kids: int = 14, homes: int = 12) -> Case:
    """A region with rules at work: ages, forms, willingness, siblings, wheelchairs."""
    rng = np.random.default_rng(seed)
    children = [
        {
            "age": int(rng.integers(0, 17)),
            "urgency": str(rng.choice(("crisis", "spoed", "regulier"))),
            "severity": {str(rng.choice(PROBLEMS)): int(rng.integers(0, 4))},
            "needs_wheelchair": bool(rng.random() < 0.1),
            "siblings": (f"BZ-{at // 2}", "samen, tenzij") if at % 4 < 2 else None,
        }
        for at in range(kids)
    ]
    families = [
        {
            "min_age": int(rng.integers(0, 6)),
            "max_age": int(rng.integers(8, 18)),
            "free_places": int(rng.integers(0, 3)),
            "max_siblings": 2,
            "willingness": {str(rng.choice(PROBLEMS)): str(rng.choice(("nee", "met steun")))},
            "wheelchair": bool(rng.random() < 0.5),
        }
        for _ in range(homes)
    ]
    return match_case(children=children, families=families)


def draw_fact(rng: np.random.Generator, case: Case) -> Change:
    kids, homes = len(case.problem.children), len(case.problem.families)
    child, family = int(rng.integers(kids)), int(rng.integers(homes))
    some: list[Change] = [
        ChildFact(child, "urgentie", "crisis"),
        ChildFact(child, "problematiek.hechting", int(rng.integers(0, 4))),
        ChildFact(child, "rolstoel", bool(rng.random() < 0.5)),
        FamilyFact(family, "leeftijdTotEnMet", int(rng.integers(4, 18))),
        FamilyFact(family, "bereidheid.hechting", str(rng.choice(("ja", "nee")))),
        FamilyFact(family, "status", "pauze"),
        ChangePlaces(family, 1),
    ]
    return some[int(rng.integers(len(some)))]


@pytest.mark.parametrize("seed", range(12))
def test_changed_facts_are_a_fresh_match(seed: int) -> None:
    """Pairs, chances, plan and goals are those of matching the changed problem from nothing."""
    rng, case = np.random.default_rng(seed), drawn_case(seed)
    found = ask_what_if(case, [draw_fact(rng, case) for _ in range(3)])
    fresh = match(found.case.problem, MAXIMAAL, load_weights())
    for name in ("child", "family", "chance", "chance_split", "km"):
        one, other = getattr(found.case.scores.scored, name), getattr(fresh.scores.scored, name)
        assert np.array_equal(one, other, equal_nan=name == "km")
    behind, again = found.case.scores.behind(0)[0], fresh.scores.behind(0)[0]
    assert np.array_equal(behind.features, again.features)
    assert found.case.plan.family.tolist() == fresh.plan.family.tolist()
    assert [g.after for g in found.difference.goals] == [g.value for g in fresh.plan.goals]
    assert [g.before for g in found.difference.goals] == [g.value for g in case.plan.goals]


@pytest.mark.parametrize("seed", range(8))
def test_pinning_is_resolving(seed: int) -> None:
    """A pin or a ban gives the plan of the forced solve, also beside a change of facts."""
    case = drawn_case(seed)
    pairs, rng = case.pairs, np.random.default_rng(seed)
    at = int(rng.integers(len(pairs)))
    pair = (int(pairs.child[at]), int(pairs.family[at]))
    forced = resolve_with(case.problem, case.scores.scored, MAXIMAAL, case.plan, forced=[pair])
    assert ask_what_if(case, [Pin(*pair)]).case.plan.family.tolist() == forced.family.tolist()
    banned = resolve_with(case.problem, case.scores.scored, MAXIMAAL, case.plan, forbidden=[pair])
    found = ask_what_if(case, [Forbid(*pair)])
    assert found.case.plan.family.tolist() == banned.family.tolist()
    both = ask_what_if(case, [Pin(*pair), ChangePlaces(pair[1], 1)])
    assert both.case.plan.family[pair[0]] == pair[1]
    assert both.difference.losses <= ask_what_if(case, [Pin(*pair)]).difference.losses


def test_the_case_stays_as_it_is() -> None:
    """Nothing of the match that was asked about changes."""
    case = drawn_case(3)
    before = (case.plan.family.copy(), case.problem.families.free_places.copy(), len(case.pairs))
    ask_what_if(case, [ChangePlaces(0, 2), FamilyFact(1, "leeftijdTotEnMet", 17)])
    assert np.array_equal(before[0], case.plan.family)
    assert np.array_equal(before[1], case.problem.families.free_places)
    assert before[2] == len(case.pairs)


def test_a_place_more_helps_the_child_that_waits() -> None:
    """One place and two children; with a second place both go, and that is the difference."""
    case = match_case(children=[{}, {}], families=[{"free_places": 1}])
    found = ask_what_if(case, [ChangePlaces(0, 1)])
    assert len(found.difference.moves) == 1
    assert found.difference.losses[2] == -1.0  # one regular child more
    with pytest.raises(Conflict, match="niet zo veel vrije plaatsen"):
        ask_what_if(case, [ChangePlaces(0, -2)])


def test_what_cannot_be_pinned_says_why() -> None:
    """A begun child, a refused pair, two children in one place: a sentence each."""
    begun = match_case(children=[{}, {}], families=[{}, {}], begun=[{"child": 0, "family": 1}])
    with pytest.raises(Conflict, match="al met een gezin bezig"):
        ask_what_if(begun, [Pin(0, 0)])
    refused = match_case(children=[{"age": 9}], families=[{"max_age": 7}])
    with pytest.raises(Conflict, match="het kind is 9 jaar"):
        ask_what_if(refused, [Pin(0, 0)])
    full = match_case(children=[{}, {}], families=[{"free_places": 1}])
    with pytest.raises(Conflict, match="Geen enkel plan"):
        ask_what_if(full, [Pin(0, 0), Pin(1, 0)])
    placed = match_case(children=[{}], families=[{}, {}], placed_siblings=[(0, 1, "samen, tenzij")])
    with pytest.raises(Conflict, match="wordt eerst gevraagd"):
        ask_what_if(placed, [Pin(0, 0)])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ChildFact(0, "bsn", "999"), "kan hier niet worden veranderd"),
        (ChildFact(0, "urgentie", "morgen"), "een van crisis, spoed, regulier"),
        (ChildFact(0, "nodigVanaf", "01-11-2026"), "een datum zoals 2026-11-01"),
        (ChildFact(0, "rolstoel", 1), "true of false"),
        (ChildFact(0, "ritme", "vakanties"), "hoort bij de vorm deeltijd"),
        (FamilyFact(0, "leeftijdVan", value=True), "een heel getal van 0 tot en met 23"),
        (FamilyFact(0, "leeftijdVan", 2.5), "een heel getal"),
        (FamilyFact(0, "vormen", ["logeren"]), "een lijst uit crisis"),
        (FamilyFact(0, "huisdieren", "hond"), "een lijst van dieren"),
    ],
)
def test_a_wrong_fact_is_one_sentence(change: Change, words: str) -> None:
    """What is wrong and what to do; the value is not repeated."""
    case = match_case(children=[{}], families=[{}])
    with pytest.raises(InputRefused, match=words) as error:
        ask_what_if(case, [change])
    assert str(error.value).count("; ") + str(error.value).count(": ") >= 1
    assert "999" not in str(error.value)
    assert "morgen" not in str(error.value)


@pytest.mark.parametrize("name", [*facts.CHILD_FACTS, *facts.FAMILY_FACTS])
def test_every_fact_is_a_column(name: str) -> None:
    """Each name of the list leads to a column that a rule or a factor reads."""
    problem = build_problem(children=[{}], families=[{}])
    fact: Any = facts.CHILD_FACTS.get(name) or facts.FAMILY_FACTS[name]
    table = problem.children if name in facts.CHILD_FACTS else problem.families
    assert hasattr(table, fact.column)


def test_a_radius_of_where_not_to_live() -> None:
    """`straalKm` moves the border of all areas where a child may not live."""
    area = {"area": "1011", "lat": 52.37, "lon": 4.9, "radius_km": 1.0}
    problem = build_problem(
        children=[{"excluded": [area]}], families=[{"lat": 52.40, "lon": 4.9, "area": "1020"}]
    )
    assert len(find_pairs(problem, MAXIMAAL)) == 1
    wider = facts.change_child(problem, 0, "straalKm", 30)
    assert len(find_pairs(wider, MAXIMAAL)) == 0
    assert len(score(wider, find_pairs(wider, MAXIMAAL), load_weights()).scored) == 0
