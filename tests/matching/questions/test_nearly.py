"""The call list: every question on it really opens the family, and its gain is that of solving."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.matching.match import match
from app.matching.pairs import refusals_of
from app.matching.questions.asking import ASKINGS
from app.matching.questions.nearly import find_calls, find_gain, find_nearly
from app.matching.questions.pair import option_between
from app.matching.risk.weights import load_weights
from app.matching.rules import RULES
from tests.matching.questions.test_pair import match_case
from tests.matching.questions.test_whatif import drawn_case
from tests.matching.regions import MAXIMAAL

# One refusal each that a call may settle, and one just too far to ask.
NEAR: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any] | None]] = [
    ("leeftijd", {"age": 9}, {"max_age": 7}, {"max_age": 6}),
    ("geslacht", {"gender": "meisje"}, {"gender_preference": "jongen"}, None),
    (
        "bereidheid",
        {"severity": {"hechting": 2, "lvb": 3}},
        {"willingness": {"hechting": "nee"}},
        {"willingness": {"hechting": "nee", "lvb": "nee"}},
    ),
    (
        "beschikbaar_vanaf",
        {"urgency": "crisis"},
        {"available_from": "2026-11-20"},
        {"available_from": "2027-02-01"},
    ),
    (
        "beschikbaar_tot",
        {"needed_from": "2026-11-20"},
        {"available_until": "2026-11-10"},
        {"available_until": "2026-09-10"},
    ),
    ("plaats", {}, {"free_places": 0}, None),
    ("vgb", {}, {"clearance_until": "2026-01-01"}, None),
    ("voorbereiding", {}, {"prepared": False}, None),
    ("navragen", {}, {"needs_confirmation": True}, None),
    (
        "ritme",
        {"care_form": "deeltijd", "rhythm": "vakanties"},
        {"free_places": 0, "part_places": {"doordeweeks": 1}},
        None,
    ),
    (
        "bed",
        {"care_form": "opvoeding", "expected_months": 12},
        {"beds": [{"forms": ["crisis"]}, {"until": "2027-01-01"}]},
        None,
    ),
]


@pytest.mark.parametrize(("rule", "child", "family", "far"), NEAR, ids=[row[0] for row in NEAR])
def test_one_negotiable_rule_is_a_question(
    rule: str, child: dict[str, Any], family: dict[str, Any], far: dict[str, Any] | None
) -> None:
    """The family is on the list with its question; one rule more or too far, and it is not."""
    (call,) = find_nearly(match_case(children=[child], families=[family]), 0)
    assert call.rule == rule
    assert call.question.count("?") == 1
    assert 0 < call.option.chance < 1
    gain = find_gain(match_case(children=[child], families=[family]), call)
    assert [move.after for move in gain.moves] == [0]
    twice = family | {"smokes": True}
    refused = match_case(children=[child | {"needs_smoke_free": True}], families=[twice])
    assert find_nearly(refused, 0) == ()
    if far is not None:
        assert find_nearly(match_case(children=[child], families=[far]), 0) == ()


def test_all_questions_are_covered() -> None:
    """Every rule that has a question stands in the cases above."""
    assert {asking.rule.code for asking in ASKINGS} == {row[0] for row in NEAR}


@pytest.mark.parametrize("seed", range(6))
def test_the_list_is_verified_by_changing_the_fact(seed: int) -> None:
    """Of every call: exactly one rule refuses now, and none after the yes; the chance is that of a
    fresh match; the gain is the difference with that match."""
    case = drawn_case(seed)
    policy, weights = MAXIMAAL, load_weights()
    calls = [
        call for child in range(len(case.problem.children)) for call in find_nearly(case, child)
    ]
    assert calls
    for call in calls[:: max(1, len(calls) // 8)]:
        now = refusals_of(case.problem, policy, call.child)[:, call.family]
        assert [RULES[at].code for at in np.flatnonzero(now)] == [call.rule]
        asking = next(one for one in ASKINGS if one.rule.code == call.rule)
        after = asking.grant(case.problem, policy, call.child, call.family)
        fresh = match(after, policy, weights)
        row = fresh.scores.position(call.child, call.family)
        assert row is not None
        scored = fresh.scores.scored
        chances = {float(scored.chance[row]), float(scored.chance_split[row])}
        assert call.option.chance in chances
        gain = find_gain(case, call)
        assert [goal.after for goal in gain.goals] == [goal.value for goal in fresh.plan.goals]
        assert gain.losses <= tuple(0.0 for _ in gain.losses)


def test_no_call_is_missed() -> None:
    """Whoever is refused by one negotiable rule, within reach, stands on the list."""
    case = drawn_case(2)
    by_code = {asking.rule.code: asking for asking in ASKINGS}
    for child in range(len(case.problem.children)):
        told = {call.family for call in find_nearly(case, child)}
        refused = refusals_of(case.problem, MAXIMAAL, child)
        for family in np.flatnonzero(refused.sum(axis=0) == 1).tolist():
            asking = by_code.get(RULES[int(np.flatnonzero(refused[:, family])[0])].code)
            asked = asking is not None and (
                asking.gap(case.problem, MAXIMAAL, child, family) <= asking.most
            )
            assert (family in told) == asked


def test_siblings_who_stay_together_must_all_fit() -> None:
    """A yes for one of two brothers opens nothing while the other is refused for another reason."""
    together = ("BZ-1", "samen")
    home = {"max_age": 7, "free_places": 2, "max_siblings": 2}
    kids = [{"age": 8, "siblings": together}, {"age": 5, "siblings": together}]
    assert len(find_nearly(match_case(children=kids, families=[home]), 0)) == 1
    kids[1]["needs_smoke_free"] = True
    assert find_nearly(match_case(children=kids, families=[home | {"smokes": True}]), 0) == ()


def test_the_list_of_a_run_is_sorted_by_what_a_yes_brings() -> None:
    """Children without a proposal come first, and the largest gain of them before others."""
    case = match_case(
        children=[{"urgency": "regulier", "age": 9}, {"urgency": "crisis", "age": 9}, {"age": 3}],
        families=[{"max_age": 8, "free_places": 1}, {"max_age": 7}, {"max_age": 4}],
    )
    calls = find_calls(case, 10)
    losses = [call.gain.losses for call in calls if call.gain]
    assert len(losses) == len(calls)
    assert losses == sorted(losses)
    assert calls[0].child in (0, 1)
    assert find_calls(case, 1)[0].child == 1


def test_begun_children_are_not_called_about() -> None:
    """Their family is fixed."""
    case = match_case(
        children=[{"age": 9}, {}],
        families=[{"max_age": 8}, {}],
        begun=[{"child": 0, "family": 1, "takes_place": True}],
    )
    assert find_nearly(case, 0) == ()
    assert all(call.child != 0 for call in find_calls(replace(case), 10))


@pytest.mark.parametrize("seed", range(4))
def test_all_at_once_are_what_each_alone_would_be(seed: int) -> None:
    """Of a drawn region: the same families, chances and reasons as granted one by one."""
    case = drawn_case(seed)
    found = 0
    for child in range(len(case.problem.children)):
        for call in find_nearly(case, child):
            asking = next(one for one in ASKINGS if one.rule.code == call.rule)
            granted = asking.grant(case.problem, case.policy, child, call.family)
            alone = option_between(replace(case, problem=granted), child, call.family)
            assert call.option.chance == pytest.approx(alone.chance, rel=1e-12)
            assert [one.sentence for one in call.option.reasons] == [
                one.sentence for one in alone.reasons
            ]
            assert not refusals_of(granted, case.policy, child)[:, call.family].any()
            found += 1
    assert found > 20
