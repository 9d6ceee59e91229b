"""Why not that family: one verdict for every pair, in words."""

from typing import Any

import numpy as np
import pytest

from app.matching.explain.case import Case
from app.matching.pairs import find_pairs
from app.matching.questions.asking import ASKINGS
from app.matching.questions.pair import PairAnswer, Verdict, ask_about
from app.matching.questions.price import Pricer
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from app.matching.solve import solve
from tests.matching.build import build_problem
from tests.matching.regions import MAXIMAAL, make_policy

STRICT = make_policy("geplaatst", "breakdowns", max_breakdown=0.000001)


def match_case(policy: Any = MAXIMAAL, **region: Any) -> Case:
    """A whole match of a region made by hand."""
    problem = build_problem(**region)
    pairs = find_pairs(problem, policy)
    scores = score(problem, pairs, load_weights())
    return Case(problem, pairs, scores, solve(problem, scores.scored, policy), policy)


def ask(case: Case, child: int = 0, family: int = 0) -> PairAnswer:
    return ask_about(Pricer(case), child, family)


def test_a_refused_pair_says_by_how_much() -> None:
    """The rule in words, and the smallest change that would admit the family."""
    answer = ask(match_case(children=[{"age": 9}], families=[{"max_age": 7}]))
    assert answer.verdict is Verdict.REFUSED
    assert [reason.code for reason in answer.refusals] == ["leeftijd"]
    assert answer.admission is not None
    assert answer.admission.sentence == (
        "Dit gezin komt in beeld, als de leeftijdsgrens 2 jaar ruimer mag."
    )
    assert answer.admission.is_negotiable
    assert answer.price is None
    assert any(reason.source for reason in answer.option.reasons)


def test_what_is_not_negotiable_says_so() -> None:
    """Safety is never a question to a family."""
    answer = ask(
        match_case(
            children=[{"needs_wheelchair": True, "age": 9}],
            families=[{"max_age": 7, "wheelchair": False}],
        )
    )
    assert answer.admission is not None
    assert not answer.admission.is_negotiable
    assert "rolstoel" in answer.admission.sentence
    assert "2 jaar ruimer" in answer.admission.sentence


def test_a_no_can_be_asked_about() -> None:
    """An explicit "nee" is refused, and a call could change it."""
    answer = ask(
        match_case(
            children=[{"severity": {"hechting": 3}}],
            families=[{"willingness": {"hechting": "nee"}}],
        )
    )
    assert answer.admission is not None
    assert answer.admission.is_negotiable
    assert "met steun, toch ja zegt tegen hechtingsproblemen" in answer.admission.sentence


def test_proposed_begun_and_above_the_limit() -> None:
    """The other verdicts, each with its sentence."""
    assert ask(match_case(children=[{}], families=[{}])).verdict is Verdict.PROPOSED
    begun = match_case(children=[{}, {}], families=[{}, {}], begun=[{"child": 0, "family": 1}])
    answer = ask(begun)
    assert answer.verdict is Verdict.UNDERWAY
    assert begun.problem.families.reference[1] in answer.sentence
    assert ask(begun, 0, 1).sentence.startswith("Met dit gezin")
    above = ask(match_case(STRICT, children=[{}], families=[{}]))
    assert above.verdict is Verdict.ABOVE_LIMIT


def test_siblings_that_do_not_fit_are_named() -> None:
    """A pair that no rule refuses, and no plan can hold."""
    together = ("BZ-1", "samen")
    case = match_case(
        children=[{"siblings": together}, {"siblings": together}],
        families=[{"free_places": 1}, {"free_places": 2, "max_siblings": 2}],
    )
    answer = ask(case)
    assert answer.verdict is Verdict.NO_PLAN
    assert "samen blijven" in answer.sentence


def test_a_placed_sibling_is_asked_first() -> None:
    """Where a brother lives comes first, and the sentence names that family."""
    case = match_case(children=[{}], families=[{}, {}], placed_siblings=[(0, 1, "samen, tenzij")])
    answer = ask(case)
    assert answer.verdict is Verdict.NO_PLAN
    assert case.problem.families.reference[1] in answer.sentence


def test_a_possible_pair_has_its_price() -> None:
    """Two children want one place: the price names who loses what."""
    case = match_case(children=[{"urgency": "crisis"}, {"urgency": "regulier"}], families=[{}])
    answer = ask(case, 1, 0)
    assert answer.verdict is Verdict.POSSIBLE
    assert answer.price is not None
    assert [(m.child, m.before, m.after) for m in answer.price.moves] == [(0, 0, -1), (1, -1, 0)]
    assert answer.price.losses[0] == 1.0
    assert "crisiskinderen" in answer.sentence


@pytest.mark.parametrize("asking", ASKINGS, ids=lambda asking: asking.rule.code)
def test_every_negotiable_rule_is_a_question(asking: Any) -> None:
    """What is asked is never a matter of safety, and each rule has one question."""
    assert asking.rule.basis != "veiligheid"
    assert [one.rule.code for one in ASKINGS].count(asking.rule.code) == 1
    assert np.isfinite(asking.most)
