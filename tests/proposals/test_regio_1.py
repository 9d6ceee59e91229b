"""The example region, through tables and services: what is known of it must come out."""

import csv
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching import pairs
from app.matching.check import check_plan
from app.matching.match import MatchResult, match
from app.matching.pairs import find_pairs, find_pairs_by_rule
from app.matching.policy import load_policy
from app.matching.problem import Problem
from app.matching.risk.score import score_by_factor, score_pairs
from app.matching.risk.weights import load_weights
from app.proposals.assemble import assemble
from app.proposals.snapshot import dump_problem, load_problem
from app.settings import Settings
from tests.region import DAY, load_region

Run = Callable[[str], MatchResult]


@pytest.fixture(scope="module")
def problem(loaded_region: Database) -> Problem:
    with session_for(loaded_region.sessions, SYSTEM) as session:
        return assemble(session, DAY).problem


@pytest.fixture(scope="module")
def run(problem: Problem) -> Run:
    """Return the match of the region under a policy, made once."""
    return cache(lambda policy: match(problem, load_policy(policy), load_weights()))


def values(result: MatchResult) -> dict[str, float]:
    return {goal.code: goal.value for goal in result.plan.goals}


def test_exactly_the_known_mistakes_are_refused(
    session: Session, region: Path, settings: Settings
) -> None:
    """The eight wrong rows of bekende-fouten.json are refused, and nothing else."""
    reports = load_region(session, region, settings)
    known = json.loads((region / "bekende-fouten.json").read_text())
    refused = [refusal for report in reports for refusal in report.refusals]
    numbered = {row["gezin"] for row in known if row["fout"] != "id"}
    assert {refusal.record for refusal in refused if refusal.record} == numbered
    nameless = [(r.file, r.field) for r in refused if not r.record]
    assert nameless == [("pleeggezinnen-youke.json", "gezinId")]


def test_the_rules_leave_exactly_the_reference_pairs(run: Run, region: Path) -> None:
    """Child by child, the hard rules leave the 1,707 pairs of haalbare-paren.csv."""
    result = run("maximaal")
    children, families = result.problem.children, result.problem.families
    found = {
        (children.number[c], families.provider[f], families.reference[f])
        for c, f in zip(result.pairs.child, result.pairs.family, strict=True)
    }
    with (region / "haalbare-paren.csv").open(encoding="utf-8-sig") as stream:
        reference = {
            (row["aanmeldnummer"], row["aanbieder"], row["gezin"]) for row in csv.DictReader(stream)
        }
    assert len(reference) == 1707
    assert found == reference


def test_the_way_of_a_country_gives_the_same_here(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules asked once a kind and chances looked up: the same pairs, refusals and chances."""
    policy, weights = load_policy("maximaal"), load_weights()
    monkeypatch.setattr(pairs, "FEW_CELLS", 0)
    fast, plain = find_pairs(problem, policy), find_pairs_by_rule(problem, policy)
    assert len(fast) == 1707
    assert np.array_equal(fast.refused, plain.refused)
    assert np.array_equal(fast.family, plain.family)
    looked_up = score_pairs(problem, fast.child, fast.family, weights)
    measured = score_by_factor(problem, plain.child, plain.family, weights)
    for name in ("child", "chance", "chance_split", "km"):
        assert np.array_equal(getattr(looked_up, name), getattr(measured, name), equal_nan=True)


def test_maximaal_places_the_most_children_tier_by_tier(run: Run) -> None:
    """15 in crisis, 41 spoed, 55 regulier and 6 whole groups: proved elsewhere, reached here."""
    result = run("maximaal")
    reached = values(result)
    assert reached["crisis_geplaatst"] == 15
    assert reached["spoed_geplaatst"] == 41
    assert reached["regulier_geplaatst"] == 55
    assert reached["tenzij_groepen_heel"] == 6
    assert int(np.count_nonzero(result.plan.family >= 0)) == 111


@pytest.mark.parametrize("policy", ["maximaal", "zorgvuldig"])
def test_no_rule_is_broken_and_the_plan_is_proved(run: Run, policy: str) -> None:
    """The checker finds nothing, and every goal's value equals its bound."""
    result = run(policy)
    assert check_plan(result.problem, result.scores.scored, load_policy(policy), result.plan) == ()
    assert all(goal.value == goal.bound for goal in result.plan.goals)


def test_zorgvuldig_proposes_nothing_above_its_limit(run: Run) -> None:
    """No proposal above a chance of 0.45; such pairs are shown to discuss instead."""
    result = run("zorgvuldig")
    proposed = [e.proposed.chance for e in result.explanations if e.proposed]
    discussed = [o.chance for e in result.explanations for o in e.to_discuss]
    assert max(proposed) <= 0.45
    assert discussed
    assert min(discussed) > 0.45


def test_a_run_can_be_replayed_from_its_snapshot(problem: Problem) -> None:
    """The stored problem is equal to the original in every field, so its plan is the same."""
    again = load_problem(dump_problem(problem))
    for table in ("children", "families", "groups", "excluded", "housemates"):
        for name in type(getattr(problem, table)).__slots__:
            first, second = (getattr(getattr(p, table), name) for p in (problem, again))
            assert np.array_equal(np.asarray(first), np.asarray(second), equal_nan=_floats(first))
    policy, weights = load_policy("zorgvuldig"), load_weights()
    plans = [match(p, policy, weights).plan for p in (problem, again)]
    assert np.array_equal(plans[0].family, plans[1].family)


def _floats(column: object) -> bool:
    return getattr(column, "dtype", np.dtype(int)).kind in "fM"
