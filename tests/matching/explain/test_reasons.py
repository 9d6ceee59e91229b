"""The reasons of one pair: complete, in order, in plain words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.explain import Kind, Reason, explain_child, refusals_between
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from tests.cases import cases
from tests.matching.build import build_problem
from tests.matching.explain.matched import match
from tests.matching.rows import Row

PROBLEMS = ("externaliserend", "hechting", "lvb", "weglopen")
SIBLINGS: Row = {"siblings": ("BZ-1", "samen, tenzij")}
LEVEL = {factor.code: factor.level for factor in FACTORS}

CHILD = st.fixed_dictionaries(
    {
        "age": st.integers(0, 17),
        "severity": st.dictionaries(st.sampled_from(PROBLEMS), st.integers(0, 3)),
        "sdq_total": st.one_of(st.none(), st.integers(0, 40)),
        "earlier_placements": st.integers(0, 5),
        "earlier_breakdowns": st.integers(0, 2),
        "residential_past": st.booleans(),
        "faith_wish": st.sampled_from([None, "islam"]),
        "visits_per_month": st.integers(0, 10),
        "other_children": st.sampled_from(["geen voorkeur", "wel", "niet"]),
    }
)
FAMILY = st.fixed_dictionaries(
    {
        "lat": st.floats(52, 53),
        "willingness": st.dictionaries(
            st.sampled_from(PROBLEMS), st.sampled_from(["ja", "met steun", None])
        ),
        "experience_years": st.integers(0, 30),
        "trainings": st.sets(st.sampled_from(["hechting", "lvb"])),
        "cooperation": st.integers(0, 5),
        "respite": st.booleans(),
        "own_children": st.lists(st.integers(2008, 2026), max_size=3),
        "foster_children": st.lists(st.integers(2008, 2026), max_size=5),
        "for_child": st.sampled_from([None, "AM-0000"]),
    }
)


def reasons(child: Row, family: Row) -> tuple[Reason, ...]:
    case = match(build_problem(children=[child], families=[family]), [0])
    option = explain_child(case, 0).proposed
    assert option is not None
    return option.reasons


def codes(found: tuple[Reason, ...], kind: Kind) -> list[str]:
    return [reason.code for reason in found if reason.kind is kind]


@cases(34, soak=100)
@given(CHILD, FAMILY)
def test_the_reasons_add_up_to_the_log_hazard(child: Row, family: Row) -> None:
    """Nothing that moves the chance is left out, and every sentence ends."""
    case = match(build_problem(children=[child], families=[family]), [0])
    option = explain_child(case, 0).proposed
    assert option is not None
    eta = case.scores.contributions(0).sum()
    assert sum(r.contribution for r in option.reasons) == pytest.approx(eta, abs=2e-5)
    assert all(r.sentence.endswith(".") and r.source for r in option.reasons)


@cases(34, soak=100)
@given(CHILD, FAMILY)
def test_the_pair_comes_before_the_child_and_the_largest_first(child: Row, family: Row) -> None:
    """What can choose between families stands on top, by size; facts and unknowns follow."""
    found = reasons(child, family)
    weighed = [r for r in found if r.contribution != 0]
    order = [(LEVEL[r.code] is Level.CHILD, -abs(r.contribution)) for r in weighed]
    assert order == sorted(order)
    assert list(found[: len(weighed)]) == weighed


def test_kinds_follow_the_sign() -> None:
    """Below zero fits, above zero is a concern."""
    found = reasons({"age": 14}, {"experience_years": 9})
    assert "ervaring" in codes(found, Kind.FITS)
    assert "leeftijd_13" in codes(found, Kind.CONCERN)


def test_willingness_is_told_in_plain_words() -> None:
    """The sentence names the problem as a parent would."""
    child = {"severity": {"hechting": 2}}
    (willing,) = (r for r in reasons(child, {}) if r.code == "bereidheid")
    assert (
        willing.sentence
        == "Het gezin heeft aangegeven hulp te willen bieden bij hechtingsproblemen."
    )
    assert willing.contribution < 0


@pytest.mark.parametrize(
    ("years", "said"), [(0.4, "minder dan een jaar ervaring"), (1.0, "1 jaar"), (9.6, "10 jaar")]
)
def test_a_little_experience_is_not_called_none(years: float, said: str) -> None:
    """What lowers the chance is never told as 0 years."""
    (told,) = (r for r in reasons({}, {"experience_years": years}) if r.code == "ervaring")
    assert said in told.sentence


@pytest.mark.parametrize(
    ("lat", "said"),
    [
        (52.37, "dicht bij de ouders (in hetzelfde postcodegebied)"),
        (52.3745, "dicht bij de ouders (1 km)"),
        (52.55, "niet dicht bij de ouders (20 km)"),
    ],
)
def test_the_distance_is_told_as_far_as_it_is_known(lat: float, said: str) -> None:
    """Between centroids nothing is nearer than a kilometre, but an area may be the same one."""
    (told,) = (r for r in reasons({}, {"lat": lat, "lon": 4.90}) if r.code == "afstand_ouders")
    assert said in told.sentence


def test_a_training_is_told_with_the_problems_that_it_helps() -> None:
    """Only those that the child has, and never a training that helps with none of them."""
    family = {"trainings": ("traumasensitief opvoeden", "lvb")}
    child = {"severity": {"hechting": 1, "medisch": 2}}
    (told,) = (r for r in reasons(child, family) if r.code == "training")
    assert told.sentence == "Het gezin volgde een training die helpt bij hechtingsproblemen."


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("ja", "met steun"), "te willen bieden bij weglopen; bij hechtingsproblemen alleen met"),
        (("met steun", "ja"), "bij weglopen, maar alleen met steun; bij hechtingsproblemen wil"),
    ],
)
def test_a_mixed_answer_hides_nothing(answers: tuple[str, str], said: str) -> None:
    """What is only offered with support is told with what is offered freely."""
    child = {"severity": {"weglopen": 3, "hechting": 1}}
    family = {"willingness": dict(zip(("weglopen", "hechting"), answers, strict=True))}
    (told,) = (r for r in reasons(child, family) if r.code == "bereidheid")
    assert said in told.sentence


def test_opposite_answers_cancel_out_without_a_trace() -> None:
    """Severe with support against clear and light without: nothing is left, and nothing is said."""
    child = {"severity": {"hechting": 3, "lvb": 1, "weglopen": 2}}
    found = reasons(child, {"willingness": {"hechting": "met steun"}})
    assert "bereidheid" not in {r.code for r in found}


def test_what_is_not_known_is_named() -> None:
    """Each unknown is a reason of its own with contribution 0."""
    child = {"severity": {"lvb": 1}, "sdq_total": None}
    family = {"willingness": {"lvb": None}, "cooperation": 0, "area_certain": False}
    found = reasons(child, family)
    assert codes(found, Kind.UNKNOWN) == [
        "sdq_onbekend",
        "bereidheid_onbekend",
        "afstand_ouders_onbekend",
        "samenwerking_ouders_onbekend",
    ]
    assert all(r.contribution == 0 for r in found if r.kind is Kind.UNKNOWN)


def test_screening_of_the_network_family_is_a_concern_to_settle() -> None:
    """What would refuse another family is there, said to be settled during screening."""
    family = {"for_child": "AM-0000", "clearance_until": None, "prepared": False}
    found = {r.code: r for r in reasons({}, family)}
    for code in ("vgb", "voorbereiding"):
        assert found[code].kind is Kind.CONCERN
        assert found[code].sentence.endswith("tijdens de screening uitgezocht, binnen 13 weken.")
    assert "vgb" not in {r.code for r in reasons({}, {})}


def test_an_uncertain_area_is_a_concern() -> None:
    """The map is not sure, so a person must look."""
    child = {"excluded": [{"area": "2000", "lat": 52.35, "lon": 4.88, "radius_km": 3}]}
    found = {r.code: r for r in reasons(child, {"area_certain": False})}
    assert found["gebied_onzeker"].kind is Kind.CONCERN
    assert "niet zeker" in found["gebied_onzeker"].sentence


def test_a_split_group_is_a_concern_and_a_whole_one_a_fact() -> None:
    """The same children read differently together and apart."""
    problem = build_problem(children=[SIBLINGS, SIBLINGS], families=[{"free_places": 2}, {}])
    whole = explain_child(match(problem, [0, 0]), 0).proposed
    parted = explain_child(match(problem, [0, 1], split=[0, 1]), 0).proposed
    assert whole is not None
    assert parted is not None
    assert "broers_zussen_samen" in codes(whole.reasons, Kind.FITS)
    assert codes(parted.reasons, Kind.CONCERN)[0] == "broers_zussen_gesplitst"
    assert parted.chance > whole.chance
    eta = match(problem, [0, 1]).scores.contributions(0, split=True).sum()
    assert sum(r.contribution for r in parted.reasons) == pytest.approx(eta, abs=2e-5)


def test_every_refusal_of_a_pair_is_told() -> None:
    """Someone who asks about one family hears all rules that refuse it."""
    problem = build_problem(children=[{"age": 9}], families=[{"max_age": 4, "status": "pauze"}])
    found = refusals_between(match(problem, [-1]), 0, 0)
    assert [r.code for r in found] == ["status", "leeftijd"]
    assert {r.kind for r in found} == {Kind.REFUSED}
    assert refusals_between(match(build_problem(), [0]), 0, 0) == ()


def test_contributions_have_six_decimals_and_no_minus_zero() -> None:
    """What is written to a file is the same on every machine."""
    for reason in reasons({"age": 7, "earlier_placements": 2}, {"experience_years": 3}):
        assert round(reason.contribution, 6) == reason.contribution
        assert not np.signbit(reason.contribution) or reason.contribution < 0
