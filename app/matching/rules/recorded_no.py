"""A recorded no (by the family, its provider, or a person about the network family) stands."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import NETWORK, Basis, Rule, is_own_network


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    size = len(problem.families)
    # Only the answers about these children: a short list keeps the search cheap at country size.
    answers = problem.recorded_no[np.isin(problem.recorded_no[:, 0], child)]
    recorded = np.isin(child * size + family, answers[:, 0] * size + answers[:, 1])
    refused = problem.children.network_refused[child] & is_own_network(problem, child, family)
    return np.asarray(recorded | refused)


def _listed(problem: Problem) -> tuple[Ints, Ints]:
    families = problem.families
    own = np.flatnonzero((families.kind == NETWORK) & (families.for_child >= 0))
    own = own[problem.children.network_refused[families.for_child[own]]]
    child = np.concatenate([problem.recorded_no[:, 0], families.for_child[own]])
    return child, np.concatenate([problem.recorded_no[:, 1], own])


def _sentence(problem: Problem, child: int, family: int) -> str:
    recorded = (problem.recorded_no == (child, family)).all(axis=1).any()
    if recorded:
        return "Het gezin of de aanbieder heeft voor dit kind al nee gezegd."
    return "Dit netwerkgezin is met een reden afgewezen."


RULE = Rule(
    code="eerder_nee",
    label="eerder nee gezegd voor dit kind",
    basis=Basis.POLICY,
    source="Vastgelegd antwoord",
    conflicts=_conflicts,
    sentence=_sentence,
    listed=_listed,
)
