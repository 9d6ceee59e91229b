"""What holds for every rule."""

import numpy as np
import pytest

from app.matching.rules import RULES
from app.matching.rules.bits import pack
from app.matching.rules.rule import Basis, Rule
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
        children=[
            {"age": 1, "gender": "x"},
            {"age": 8, "gender": "x"},
            {"age": 17, "siblings": ("BZ-1", "samen")},
        ],
        families=[
            {"min_age": 6, "max_age": 9, "gender_preference": "jongen"},
            {"available_from": "2027-01-01", "prepared": False, "needs_confirmation": True},
            {"available_until": "2026-01-01", "clearance_until": "2020-01-01"},
            {"free_places": 0},
            {"free_places": 0, "part_places": {"vakanties": 1}},
            {"beds": [{"forms": ["crisis"]}, {"until": "2026-12-01"}]},
        ],
        on_hold=["BZ-1"],
    )
    child, family = np.arange(3)[:, None], np.arange(6)[None, :]
    gap = rule.change.gap(problem, POLICY, child, family)
    conflict = rule.conflicts(problem, POLICY, child, family)
    assert np.array_equal(gap > 0, conflict)
    assert conflict.any()


def test_only_what_the_law_says_is_called_law() -> None:
    """A form, an age range or a network family is what people have stated, not a legal bar."""
    by_law = {rule.code for rule in RULES if rule.basis is Basis.LAW}
    assert by_law == {"vgb", "voorbereiding", "leeftijd_pleegouder"}


def test_safety_and_an_explicit_no_are_never_negotiable() -> None:
    """Nobody is asked to give up a no, a contact ban, health or the least age of carers."""
    fixed = {rule.code for rule in RULES if not rule.is_negotiable}
    assert fixed >= {rule.code for rule in RULES if rule.basis is Basis.SAFETY}
    assert fixed >= {"bereidheid", "eerder_nee", "netwerk_ander_kind", "leeftijd_pleegouder"}


def test_packed_bits_keep_every_column() -> None:
    """Each column has a bit of its own, and too many columns are refused."""
    assert pack(np.eye(62, dtype=np.bool_)).tolist() == [1 << j for j in range(62)]
    with pytest.raises(ValueError, match="63 columns"):
        pack(np.zeros((1, 63), dtype=np.bool_))
