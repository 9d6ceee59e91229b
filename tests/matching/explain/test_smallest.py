"""The smallest change that would help an unplaced child: true, minimal and never missing."""

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.matching.explain import explain_child
from app.matching.explain.change import SmallestChange
from app.matching.problem import Problem
from tests.cases import cases
from tests.matching.build import build_problem
from tests.matching.explain.matched import NOBODY, match
from tests.matching.rows import Row

TOGETHER: Row = {"siblings": ("BZ-1", "samen")}


def smallest(problem: Problem, family: list[int], **more: float) -> SmallestChange:
    found = explain_child(match(problem, family, **more), 0).why_not
    assert found is not None
    assert found.change is not None
    return found.change


def alone(*families: Row, child: Row | None = None) -> SmallestChange:
    """The change for one child with nobody else waiting."""
    return smallest(build_problem(children=[child or {}], families=families), [NOBODY])


def test_the_smallest_change_is_the_fewest_rules_then_the_least() -> None:
    """One year on one rule goes before two rules, before three years and before a place more."""
    both = {"max_age": 7, "needs_confirmation": True}
    change = alone({"max_age": 5}, {"max_age": 7}, both, {"free_places": 0})
    assert (change.rules, change.families) == (("leeftijd",), (1,))
    assert change.sentence == "Als de leeftijdsgrens 1 jaar ruimer mag, komt er 1 gezin in beeld."
    assert change.is_negotiable


def test_one_rule_goes_before_two_lighter_ones() -> None:
    """Three years on one rule is a smaller change than one year and a confirmation."""
    assert alone({"max_age": 5}, {"max_age": 7, "needs_confirmation": True}).families == (0,)


def test_the_change_counts_every_family_that_it_opens() -> None:
    """Whoever misses by no more on the same rules opens too."""
    change = alone({"max_age": 7}, {"min_age": 9}, {"max_age": 6})
    assert change.families == (0, 1)
    assert "komen er 2 gezinnen in beeld" in change.sentence


def test_two_rules_are_named_when_one_does_not_do() -> None:
    """The sentence names both changes."""
    change = alone({"max_age": 6, "available_from": "2026-12-04"})
    assert change.rules == ("leeftijd", "beschikbaar_vanaf")
    assert "leeftijdsgrens 2 jaar" in change.sentence
    assert "5 dagen" in change.sentence


def test_equal_changes_are_ranked_by_provider_and_number() -> None:
    """Never by the order of the rows."""
    first, second = {"smokes": True, "reference": "B"}, {"pets": ("hond",), "reference": "A"}
    child = {"needs_smoke_free": True, "allergies": ("hond",)}
    assert alone(first, second, child=child).families == (1,)
    assert alone(second, first, child=child).families == (0,)


def test_a_place_more_is_a_change_that_people_can_make() -> None:
    """The provider can be asked, before anyone speaks of rules that are fixed."""
    child = {"needs_wheelchair": True}
    change = alone({}, {"wheelchair": True, "free_places": 0}, child=child)
    assert (change.rules, change.families) == (("plaats",), (1,))
    assert change.is_negotiable
    assert "1 plaats meer" in change.sentence


def test_a_place_that_the_plan_gives_to_another_child_is_not_free() -> None:
    """One place more there would help; opening a family without room would not."""
    taken = smallest(build_problem(children=[{}, {}]), [NOBODY, 0])
    assert (taken.rules, taken.families) == (("plaats",), (0,))
    problem = build_problem(
        children=[{"age": 8}, {"age": 5}], families=[{"max_age": 7}, {"max_age": 6}]
    )
    assert smallest(problem, [NOBODY, 0]).families == (1,)


def test_what_is_fixed_becomes_a_need_and_is_not_negotiable() -> None:
    """Carers are not asked to give up an explicit no: the family that is missing is described."""
    change = alone(
        {"willingness": {"lvb": "nee"}},
        {"willingness": {"lvb": "nee"}, "smokes": True},
        child={"age": 14, "care_form": "crisis", "severity": {"lvb": 3}, "needs_smoke_free": True},
    )
    assert not change.is_negotiable
    assert (change.rules, change.families) == (("bereidheid",), (0,))
    assert change.sentence == (
        "Soepeler regels helpen hier niet. Er is een gezin nodig dat crisis biedt, kinderen van "
        "14 jaar neemt, hulp wil bieden bij een licht verstandelijke beperking, rookvrij is en een "
        "vrije plaats heeft. Bij 1 gezin staat alleen dit in de weg: gezin zegt nee tegen een "
        "probleem van het kind."
    )


def test_the_need_says_all_that_keeps_the_nearest_away() -> None:
    """A fixed rule with one that could give way: both are named."""
    change = alone({"smokes": True, "max_age": 4}, child={"needs_smoke_free": True})
    assert change.rules == ("leeftijd", "rookvrij")
    assert "staan alleen deze dingen in de weg: leeftijd past niet en er wordt" in change.sentence


def test_a_family_that_could_never_be_asked_comes_last() -> None:
    """Not another child's network family, nor one that said no, while any other is there."""
    child = {"needs_smoke_free": True, "allergies": ("kat",)}
    network, near = {"for_child": "AM-9999"}, {"smokes": True, "pets": ("kat",)}
    assert alone(network, near, child=child).families == (1,)
    assert alone(network, child=child).rules == ("netwerk_ander_kind",)


def test_a_family_above_the_limit_is_not_opened_silently() -> None:
    """Another change is chosen where there is one, and else the sentence says so."""
    child = {"severity": {"externaliserend": 3}, "age": 15}
    mild, hard = {"max_age": 13, "experience_years": 30}, {"max_age": 14}
    problem = build_problem(children=[child], families=[mild, hard])
    open_to_all = build_problem(children=[child], families=[{"experience_years": 30}, {}])
    chances = match(open_to_all, [NOBODY]).scores.scored.chance
    limit = float(chances.mean())
    assert smallest(problem, [NOBODY], max_breakdown=1.0).families == (1,)
    assert smallest(problem, [NOBODY], max_breakdown=limit).families == (0,)
    both = smallest(problem, [NOBODY], max_breakdown=0.01)
    assert both.rules == ("leeftijd", "hoogste_breakdownkans")
    assert "na overleg een kans op een breakdown van" in both.sentence
    assert "(de grens is 1%)" in both.sentence


def test_a_child_above_the_limit_everywhere_hears_which_chance_it_would_take() -> None:
    """Rounded up, so that the family with the least chance is within it."""
    problem = build_problem(families=[{}, {"experience_years": 20}])
    least = match(problem, [NOBODY]).scores.scored.chance[1]
    change = smallest(problem, [NOBODY], max_breakdown=0.01)
    assert (change.rules, change.families) == (("hoogste_breakdownkans",), (1,))
    assert f"van {int(100 * least) + 1}% aanvaarden" in change.sentence


def test_the_awaited_answer_is_the_change_for_a_group_on_hold() -> None:
    """It comes first; what else would be needed is told with it."""
    problem = build_problem(children=[TOGETHER, TOGETHER], families=[{}, {}], on_hold=["BZ-1"])
    change = smallest(problem, [NOBODY, NOBODY])
    assert (change.rules, change.families) == (("broers_zussen_navragen",), (0, 1))
    assert change.sentence.startswith("Als de vraag over de broers en zussen is beantwoord, komen")
    assert "telt daarin nog niet mee" in change.sentence


def test_where_nothing_stands_in_the_way_the_goals_do() -> None:
    """No rule has to change for a child that the plan passes over."""
    change = alone({})
    assert (change.rules, change.families) == ((), (0,))
    assert "geen regel" in change.sentence
    assert "kan en heeft nog plaats" in change.sentence


def test_someone_who_must_live_apart_is_never_overruled() -> None:
    """The family of the other one stays closed, whatever else may give way."""
    apart: Row = {"siblings": ("BZ-1", "apart")}
    homes: list[Row] = [{"free_places": 2}, {"status": "pauze"}]
    problem = build_problem(children=[apart, apart], families=homes)
    change = smallest(problem, [NOBODY, 0])
    assert (change.rules, change.families) == (("status",), (1,))


def test_more_siblings_than_a_family_takes_is_a_change_of_its_own() -> None:
    """There is a bed, but the family already gets as many of the group as it wants."""
    unless: Row = {"siblings": ("BZ-1", "samen, tenzij")}
    home = {"free_places": 3, "max_siblings": 1}
    problem = build_problem(children=[unless, unless], families=[home])
    change = smallest(problem, [NOBODY, 0], max_breakdown=1.0)
    assert change.rules == ("max_broers_zussen",)
    assert "1 kind meer uit één groep" in change.sentence


RELAXED: dict[str, Row] = {
    "navragen": {"needs_confirmation": False},
    "plaats": {"free_places": 1},
    "leeftijd": {"min_age": 0, "max_age": 18},
    "geslacht": {"gender_preference": "geen voorkeur"},
    "beschikbaar_vanaf": {"available_from": "2026-01-01"},
    "vgb": {"clearance_until": "2030-01-01"},
    "voorbereiding": {"prepared": True},
}
HOME = st.fixed_dictionaries(
    {
        "needs_confirmation": st.booleans(),
        "free_places": st.integers(0, 1),
        "max_age": st.sampled_from([4, 7, 18]),
        "gender_preference": st.sampled_from(["jongen", "geen voorkeur"]),
        "available_from": st.sampled_from(["2026-01-01", "2027-01-01"]),
        "clearance_until": st.sampled_from(["2026-01-01", "2030-01-01"]),
        "prepared": st.booleans(),
        "smokes": st.booleans(),
        "status": st.sampled_from(["actief", "actief", "gestopt"]),
    }
)


def opened(homes: list[dict[str, Any]], codes: tuple[str, ...]) -> set[int]:
    """Families open to the child when some rules are relaxed everywhere."""
    eased = [{**home, **{k: v for c in codes for k, v in RELAXED[c].items()}} for home in homes]
    problem = build_problem(children=[{"needs_smoke_free": True}], families=eased)
    return set(match(problem, [NOBODY], max_breakdown=1.0).pairs.family.tolist())


@cases(9, soak=25)
@given(st.lists(HOME, min_size=1, max_size=4))
def test_a_change_opens_what_it_says_and_no_smaller_one_opens_anything(
    homes: list[dict[str, Any]],
) -> None:
    """Brute force over all sets of rules agrees; where none helps the need is not negotiable."""
    problem = build_problem(children=[{"needs_smoke_free": True}], families=homes)
    change = smallest(problem, [NOBODY], max_breakdown=1.0)
    assert change.families
    if not change.is_negotiable:
        assert not opened(homes, tuple(RELAXED))
        return
    assert set(change.families) <= opened(homes, change.rules)
    for fewer in range(len(change.rules)):
        assert not any(opened(homes, codes) for codes in combinations(RELAXED, fewer))
