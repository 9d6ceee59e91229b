"""What other weights would have ranked differently in a run that was done, counted by group."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.kernel.groups import age_group, disability_group, in_order, sibling_group
from app.kernel.small_cells import SMALLEST, hidden_cells
from app.kernel.words import CARE_FORMS, PROBLEMS, Gender
from app.kernel.words import Problem as Trouble
from app.matching.explain.case import Case
from app.matching.explain.options import find_openings
from app.matching.look_ahead import price_places
from app.matching.pairs import EligiblePairs, find_pairs
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.risk.score import score
from app.matching.risk.weights import Weights
from app.matching.solve import solve

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """What weights come to: the first choice and the proposal of each child, -1 for none."""

    first: Ints
    proposed: Ints


def rerank(
    problem: Problem, policy: Policy, *, present: Weights, other: Weights, seed: int
) -> dict[str, Any]:
    """Return how many children would get another first choice or proposal, by group, for JSON.

    Both sets of weights on the same frozen input, policy and seed. Groups of fewer than ten
    children are hidden, and what they could be worked out from.
    """
    pairs = find_pairs(problem, policy)
    before, after = (_rank(problem, pairs, policy, w, seed=seed) for w in (present, other))
    first, proposed = before.first != after.first, before.proposed != after.proposed
    return {
        "kinderen": len(problem.children),
        "andereEersteKeus": int(first.sum()),
        "anderVoorstel": int(proposed.sum()),
        "groepen": [
            {"naam": name, "groepen": _counted(groups, first, proposed)}
            for name, groups in _groupings(problem)
        ],
    }


def _rank(
    problem: Problem, pairs: EligiblePairs, policy: Policy, weights: Weights, *, seed: int
) -> Ranked:
    scores = score(problem, pairs, weights)
    if policy.look_ahead is not None:
        scores = replace(scores, scored=price_places(problem, scores.scored, policy))
    plan = solve(problem, scores.scored, policy, seed=seed)
    case = Case(problem, pairs, scores, plan, policy)
    openings = (find_openings(case, child) for child in range(len(problem.children)))
    first = [int(found.family[0]) if len(found) else -1 for found in openings]
    return Ranked(np.array(first, dtype=np.int64), plan.family)


def _groupings(problem: Problem) -> Iterable[tuple[str, list[str]]]:
    """Yield each grouping with the group of every child."""
    children, genders = problem.children, list(Gender)
    days = (problem.snapshot_day - children.born_on).astype(np.int64).tolist()
    lvb = children.severity[:, PROBLEMS.index(Trouble.LEARNING_DISABILITY)] > 0
    limited = (children.needs_wheelchair | lvb).tolist()
    with_siblings = (children.sibling_group >= 0).tolist()
    yield "leeftijd", [age_group(day / _DAYS_A_YEAR) for day in days]
    yield "geslacht", [genders[at].value for at in children.gender.tolist()]
    yield "vorm", [CARE_FORMS[at].value for at in children.care_form.tolist()]
    yield "beperking", [disability_group(has_one=value) for value in limited]
    yield "broers en zussen", [sibling_group(has_some=value) for value in with_siblings]


def _counted(groups: list[str], first: Bools, proposed: Bools) -> list[dict[str, Any]]:
    names = np.array(groups)
    counts = {name: groups.count(name) for name in in_order(groups)}
    hidden = hidden_cells(counts, smallest=SMALLEST)
    return [
        {
            "groep": name,
            "kinderen": None if name in hidden else count,
            "andereEersteKeus": None if name in hidden else int(first[names == name].sum()),
            "anderVoorstel": None if name in hidden else int(proposed[names == name].sum()),
        }
        for name, count in counts.items()
    ]
