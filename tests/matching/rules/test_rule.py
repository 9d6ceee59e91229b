"""What holds for every rule."""

import numpy as np
import pytest

from app.matching.rules import RULES
from app.matching.rules.bits import pack
from app.matching.rules.rule import Rule
from tests.matching.build import build_problem
from tests.matching.judge import POLICY

CODES = [rule.code for rule in RULES]


def test_codes_and_labels_are_unique() -> None:
    """A reason names one rule."""
    assert len(set(CODES)) == len(RULES)
    assert len({rule.label for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_says_why_and_by_what_source(rule: Rule) -> None:
    """Every rule has a source and ends its sentence."""
    problem = build_problem(
        children=[{"needs_wheelchair": True}],
        families=[{"available_from": "2027-01-01", "available_until": "2026-01-01"}],
    )
    assert rule.source
    assert rule.sentence(problem, 0, 0).endswith(".")


NEGOTIABLE = [rule for rule in RULES if rule.change is not None]


@pytest.mark.parametrize("rule", NEGOTIABLE, ids=[rule.code for rule in NEGOTIABLE])
def test_a_change_measures_exactly_what_the_rule_refuses(rule: Rule) -> None:
    """The gap is above zero where the rule conflicts and zero elsewhere."""
    assert rule.change is not None
    problem = build_problem(
        children=[{"age": age, "gender": "x"} for age in (1, 8, 17)],
        families=[
            {"min_age": 6, "max_age": 9, "gender_preference": "jongen"},
            {"available_from": "2027-01-01", "prepared": False, "needs_confirmation": True},
            {"available_until": "2026-01-01", "clearance_until": "2020-01-01"},
            {},
        ],
    )
    child, family = np.arange(3)[:, None], np.arange(4)[None, :]
    gap = rule.change.gap(problem, POLICY, child, family)
    conflict = rule.conflicts(problem, POLICY, child, family)
    assert np.array_equal(gap > 0, conflict)
    assert conflict.any()


def test_packed_bits_keep_every_column() -> None:
    """Each column has a bit of its own, and too many columns are refused."""
    assert pack(np.eye(62, dtype=np.bool_)).tolist() == [1 << j for j in range(62)]
    with pytest.raises(ValueError, match="63 columns"):
        pack(np.zeros((1, 63), dtype=np.bool_))
