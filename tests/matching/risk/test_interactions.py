"""Terms of which research says that one thing matters more the more there is of another."""

import pytest

from app.matching.pairs import find_pairs
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from tests.matching.build import build_problem
from tests.matching.judge import POLICY
from tests.matching.rows import Row

WEIGHTS = load_weights()
LIGHT, SEVERE = {"hechting": 1}, {"hechting": 3}


def log_hazard(severity: dict[str, int], family: Row) -> float:
    problem = build_problem(children=[{"severity": severity}], families=[family])
    return float(score(problem, find_pairs(problem, POLICY), WEIGHTS).contributions(0).sum())


INTERACTIONS = {
    "problem and willingness": ({}, {"willingness": {"hechting": "met steun"}}),
    "experience and severity": ({"experience_years": 10}, {"experience_years": 0}),
    "training and severity": ({"trainings": ("hechting",)}, {"trainings": ()}),
    "number of trainings and severity": ({"trainings": ("omgaan met ouders",)}, {"trainings": ()}),
    "respite and severity": ({"respite": True}, {"respite": False}),
}


@pytest.mark.parametrize("name", INTERACTIONS)
def test_what_carers_bring_matters_more_where_more_is_going_on(name: str) -> None:
    """The better family is better, and by more for the child with severe problems."""
    better, worse = INTERACTIONS[name]
    light, severe = (
        log_hazard(severity, worse) - log_hazard(severity, better) for severity in (LIGHT, SEVERE)
    )
    assert 0 <= light < severe
