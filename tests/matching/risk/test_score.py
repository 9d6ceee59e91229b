"""The chance of breakdown: what it adds up, which way each factor goes, how sure it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.pairs import find_pairs
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.hazard import cumulative_hazard, horizon_months
from app.matching.risk.score import Z90, Scores, chance_without_siblings, score
from app.matching.risk.weights import load_weights
from tests.matching.build import build_problem
from tests.matching.judge import POLICY
from tests.matching.rows import LANGUAGES, Row

WEIGHTS = load_weights()
OWN_SCHOOL: Row = {"school_lat": 52.37, "school_lon": 4.90, "keep_school": True}
SIBLINGS: Row = {"siblings": ("BZ-1", "samen, tenzij")}
RENAMED = st.permutations(list(LANGUAGES))


def scored(child: Row, family: Row, **more: object) -> Scores:
    problem = build_problem(children=[child], families=[family], **more)
    return score(problem, find_pairs(problem, POLICY), WEIGHTS)


def chance(child: Row, family: Row) -> float:
    return float(scored(child, family).scored.chance[0])


def spread_of_eta(result: Scores) -> float:
    """The standard deviation of the log hazard, read back from the upper bound."""
    ratio = np.log1p(-result.behind(0)[0].high[0]) / np.log1p(-result.scored.chance[0])
    return float(np.log(ratio) / Z90)


RISES = [
    ({}, {}, {"age": 7}, {}),
    ({"age": 8}, {}, {"age": 14}, {}),
    ({"severity": {"externaliserend": 1}}, {}, {"severity": {"externaliserend": 3}}, {}),
    ({"severity": {"weglopen": 1}}, {}, {"severity": {"weglopen": 2}}, {}),
    ({"sdq_total": 8}, {}, {"sdq_total": 20}, {}),
    ({}, {}, {"severity": {"lvb": 2}}, {}),
    ({"earlier_placements": 1}, {}, {"earlier_placements": 4}, {}),
    ({"earlier_breakdowns": 0}, {}, {"earlier_breakdowns": 1}, {}),
    ({}, {}, {"residential_past": True}, {}),
    ({}, {"for_child": "AM-0000"}, {}, {}),
    ({"severity": {"hechting": 2}}, {}, None, {"willingness": {"hechting": "met steun"}}),
    ({"severity": {"lvb": 1}}, {}, None, {"willingness": {"lvb": "nee"}}),
    ({}, {"experience_years": 8}, {}, {"experience_years": 1}),
    ({"severity": {"lvb": 2}}, {"trainings": ("lvb",)}, None, {"trainings": ("hechting",)}),
    ({"severity": {"lvb": 2}}, {"respite": True}, None, {"respite": False}),
    ({}, {"own_children": (2010,)}, {}, {"own_children": (2021,)}),
    ({}, {"foster_children": (2005,)}, {}, {"foster_children": (2005, 2006)}),
    ({}, {"foster_children": (2005,) * 3}, {}, {"foster_children": (2005,) * 4}),
    ({"other_children": "wel"}, {"own_children": (2010,)}, None, {}),
    ({"other_children": "niet"}, {}, None, {"own_children": (2010,)}),
    ({}, {"lat": 52.36}, {}, {"lat": 52.9}),
    ({**OWN_SCHOOL, "visits_per_month": 0}, {"lat": 52.36}, None, {"lat": 52.5}),
    ({}, {}, {"languages": ("Tigrinya",)}, {}),
    ({"faith_wish": "islam"}, {"faith": "islam"}, None, {"faith": None}),
    ({"age": 2}, {}, None, {"carers_born": (1970, 1975)}),
    ({}, {"cooperation": 5}, {}, {"cooperation": 2}),
]


@pytest.mark.parametrize(("child", "family", "worse_child", "worse_family"), RISES)
def test_each_factor_raises_the_chance_in_its_direction(
    child: Row, family: Row, worse_child: Row | None, worse_family: Row
) -> None:
    """The second pair differs in one factor, and holds less well."""
    base = {"age": 4}
    second = child if worse_child is None else worse_child
    assert chance({**base, **second}, worse_family) > chance({**base, **child}, family)


@pytest.mark.parametrize("place", [{"secret_placement": True}, {"visits_per_month": 0}])
def test_nearness_to_the_parents_counts_only_with_contact(place: Row) -> None:
    """A secret placement, or one without visits, has no advantage of being near."""
    assert chance(place, {"lat": 52.36}) == chance(place, {"lat": 52.9})


def test_a_school_that_need_not_be_kept_does_not_count() -> None:
    """The distance to school matters only when the school should stay."""
    child = {**OWN_SCHOOL, "keep_school": False, "visits_per_month": 0}
    assert chance(child, {"lat": 52.36}) == chance(child, {"lat": 52.5})


def test_a_short_stay_has_a_clearly_lower_chance() -> None:
    """One month of crisis care carries far less than a year, but more than a sixth of it."""
    month, year = chance({"expected_months": 1}, {}), chance({"expected_months": 12}, {})
    assert year / 6 < month < year / 2


def test_the_chance_never_runs_over_more_than_a_year() -> None:
    """Two years and an unknown stay count twelve months."""
    assert chance({"expected_months": 24}, {}) == chance({"expected_months": 12}, {})
    assert chance({"expected_months": None}, {}) == chance({"expected_months": 12}, {})


def test_the_chance_follows_from_the_contributions() -> None:
    """Contributions add up to the log hazard from which the chance is made."""
    child = {"age": 14, "severity": {"hechting": 2, "weglopen": 1}, "expected_months": 6}
    result = scored(child, {"willingness": {"hechting": "met steun"}, "own_children": (2012,)})
    hazard = cumulative_hazard(
        WEIGHTS.chance_in_year, WEIGHTS.shape, horizon_months(np.array([6.0]))
    )
    eta = result.contributions(0).sum() - WEIGHTS.typical_log_ratio
    assert result.scored.chance[0] == pytest.approx(1 - np.exp(-hazard[0] * np.exp(eta)), abs=1e-6)


def test_an_ordinary_pair_has_the_baseline_chance() -> None:
    """At the typical value of every factor the log hazard ratio is that of the baseline."""
    assert float(WEIGHTS.typical @ WEIGHTS.value) == WEIGHTS.typical_log_ratio
    at_year = cumulative_hazard(WEIGHTS.chance_in_year, WEIGHTS.shape, np.array([12.0]))
    assert 1 - np.exp(-at_year[0]) == pytest.approx(WEIGHTS.chance_in_year)


UNKNOWN = [
    ({"sdq_total": 12}, {}, {"sdq_total": None}, {}),
    ({"severity": {"lvb": 3}}, {}, None, {"willingness": {"lvb": None}}),
    (
        {"severity": {"lvb": 3}},
        {"willingness": {"lvb": "met steun"}},
        None,
        {"willingness": {"lvb": None}},
    ),
    ({}, {"lat": 52.9}, {}, {"lat": 52.9, "area_certain": False}),
    ({}, {"lat": 52.36}, {}, {"lat": None, "lon": None, "area_certain": False}),
    (OWN_SCHOOL, {"lat": 53.0}, {**OWN_SCHOOL, "school_certain": False}, {"lat": 53.0}),
    ({}, {"cooperation": 5}, {}, {"cooperation": 0}),
    ({}, {}, {"languages": ()}, {}),
]


@pytest.mark.parametrize(("child", "family", "other_child", "other_family"), UNKNOWN)
def test_not_knowing_widens_the_interval(
    child: Row, family: Row, other_child: Row | None, other_family: Row
) -> None:
    """The pair of which less is known is less sure, whatever the known value was."""
    second = child if other_child is None else other_child
    known, unknown = scored(child, family), scored(second, other_family)
    assert spread_of_eta(unknown) > spread_of_eta(known) + 1e-4


ANSWERS = {
    "sdq": [({"sdq_total": total}, {}) for total in (None, 4, 8, 12, 16, 20)],
    "bereidheid": [
        ({"severity": {"lvb": 2, "medisch": 1}}, {"willingness": {"lvb": one, "medisch": other}})
        for one, other in ((None, None), ("ja", "ja"), ("ja", "met steun"), ("met steun",) * 2)
    ],
    "afstand_ouders": [
        ({}, {"lat": lat, "area_certain": lat is not None})
        for lat in (None, 52.37, 52.4, 52.5, 52.6, 52.8)
    ],
    "ver_van_huis": [
        ({}, {"lat": lat, "area_certain": lat is not None})
        for lat in (None, 52.37, 52.4, 52.5, 52.6, 52.8)
    ],
    "afstand_school": [
        ({**OWN_SCHOOL, "school_certain": certain, "visits_per_month": 0}, {"lat": lat})
        for certain, lat in ((False, 52.5), (True, 52.36), (True, 52.45), (True, 52.8))
    ],
    "verstaan": [
        ({"languages": languages}, {}) for languages in ((), ("Nederlands",), ("Tigrinya",))
    ],
    "samenwerking_ouders": [({}, {"cooperation": score}) for score in (0, 1, 2, 3, 4, 5)],
}


@pytest.mark.parametrize("code", [factor.code for factor in FACTORS if factor.unknown])
def test_not_knowing_is_less_sure_than_any_answer_is_on_average(code: str) -> None:
    """Whatever may be unknown widens the interval, and leaves the chance among the answers."""
    unknown, *known = [scored(child, family) for child, family in ANSWERS[code]]
    column = CODES.index(code)
    assert unknown.behind(0)[0].spread[0, column] > 0
    assert unknown.contributions(0)[column] == 0
    variances = [spread_of_eta(result) ** 2 for result in known]
    assert spread_of_eta(unknown) ** 2 > np.mean(variances) + 1e-4
    chances = [result.scored.chance[0] for result in known]
    assert min(chances) <= unknown.scored.chance[0] <= max(chances)


def test_a_chance_without_siblings_is_the_chance_of_a_split() -> None:
    """For any child the hazard grows by the ratio of the factor, as it does for a split group."""
    problem = build_problem(children=[SIBLINGS, SIBLINGS])
    result = score(problem, find_pairs(problem, POLICY), WEIGHTS)
    parted = chance_without_siblings(result.scored.chance, WEIGHTS)
    assert parted == pytest.approx(result.scored.chance_split, abs=3e-6)
    assert (parted > result.scored.chance).all()


def test_what_is_unknown_counts_as_the_mean() -> None:
    """An unknown willingness lies between yes and only with support."""
    answers = [
        chance({"severity": {"lvb": 2}}, {"willingness": {"lvb": answer}})
        for answer in ("ja", None, "met steun")
    ]
    assert answers == sorted(answers)
    assert len(set(answers)) == 3


def test_split_siblings_raise_the_chance_for_each_of_them() -> None:
    """Only `samen, tenzij` with a waiting sibling has a second, higher chance."""
    problem = build_problem(children=[SIBLINGS, SIBLINGS, {}, {"siblings": ("BZ-2", "samen")}])
    result = score(problem, find_pairs(problem, POLICY), WEIGHTS)
    parted, whole = result.scored.chance_split, result.scored.chance
    assert (parted > whole).tolist() == [True, True, False, False]
    assert (result.behind(0)[0].high_split > result.behind(0)[0].high).tolist() == [
        True,
        True,
        False,
        False,
    ]
    assert result.contributions(2, split=True).tolist() == result.contributions(2).tolist()


def test_a_lone_member_of_a_group_cannot_be_split() -> None:
    """With no brother or sister waiting the two chances are one."""
    result = scored(SIBLINGS, {})
    assert result.scored.chance[0] == result.scored.chance_split[0]


@given(RENAMED, st.integers(0, 31), st.integers(0, 31))
@settings(max_examples=60, deadline=None)
def test_which_language_is_never_a_feature(order: list[str], spoken: int, carers: int) -> None:
    """Renaming all languages leaves the chance as it is, since being understood stays the same."""
    rename = dict(zip(LANGUAGES, order, strict=True))
    child = [name for bit, name in enumerate(LANGUAGES) if spoken >> bit & 1]
    family = [name for bit, name in enumerate(LANGUAGES) if carers >> bit & 1]
    before = chance({"languages": child}, {"languages": family})
    after = chance(
        {"languages": [rename[name] for name in child]},
        {"languages": [rename[name] for name in family]},
    )
    assert before == after


@given(
    st.integers(0, 20),
    st.dictionaries(st.sampled_from(["hechting", "lvb", "weglopen"]), st.integers(1, 3)),
    st.floats(0.1, 120),
    st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_a_chance_lies_within_its_interval(
    age: int, severity: dict[str, int], months: float, cooperation: int
) -> None:
    """0 < low < chance < high < 1, and six decimals at most."""
    child = {"age": age, "severity": severity, "expected_months": months}
    result = scored(child, {"cooperation": cooperation, "max_age": 21})
    behind = result.behind(0)[0]
    low, middle, high = behind.low[0], result.scored.chance[0], behind.high[0]
    assert 0 < low < middle < high < 1
    assert round(float(middle), 6) == middle


def test_rows_are_found_back() -> None:
    """The position of a pair is its row, and an ineligible pair has none."""
    problem = build_problem(children=[{}, {"age": 3}], families=[{}, {"min_age": 5}])
    result = score(problem, find_pairs(problem, POLICY), WEIGHTS)
    assert [result.position(0, 0), result.position(0, 1), result.position(1, 0)] == [0, 1, 2]
    assert result.position(1, 1) is None


def test_no_pairs_is_no_error() -> None:
    """A problem in which nothing fits gives empty scores."""
    result = scored({}, {"free_places": 0})
    assert len(result.scored) == 0
    assert result.behind(0)[0].features.shape == (0, len(CODES))
    assert result.position(0, 0) is None
