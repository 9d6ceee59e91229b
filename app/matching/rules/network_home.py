"""A child that lives with its network family while screening runs is not proposed elsewhere."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule

_NOBODY = -2  # no position: for a child that does not live with its network family


def network_home(problem: Problem) -> Ints:
    """Return the family with which each child lives, -1 one that is not loaded, -2 none, (n,)."""
    home = np.full(len(problem.children), _NOBODY, dtype=np.int64)
    lives = problem.begun.in_network
    home[problem.begun.child[lives]] = problem.begun.family[lives]
    return home


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    if not problem.begun.in_network.any():
        return np.zeros((1, 1) if child.ndim > 1 else (1,), dtype=np.bool_)
    home = network_home(problem)[child]
    return np.asarray((home != _NOBODY) & (home != family))


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return network_home(problem)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het kind woont al bij zijn netwerkgezin, waar de screening loopt."


RULE = Rule(
    code="woont_bij_netwerk",
    label="kind woont al bij zijn netwerkgezin",
    basis=Basis.POLICY,
    source="Een netwerkgezin mag beginnen terwijl de screening loopt, 13 weken (Jeugdwet art. 5.1)",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
)
