"""What people have begun for a child, explained as any other option."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.explain.case import Case
from app.matching.explain.options import Option, build_option
from app.matching.pairs import EligiblePairs
from app.matching.risk.score import score

# What is said of free places is about a family to be asked; this one was asked already.
_OF_PLACES = {"vorm", "verzoek"}


@dataclass(frozen=True, slots=True)
class Underway:
    """The pair that is fixed (*al in gang*). since: the day of the first call.

    in_network: the child lives with its own network family while screening runs.
    """

    option: Option
    since: np.datetime64
    in_network: bool


def find_underway(case: Case, child: int) -> Underway | None:
    """Return what is begun for a child, None when nothing is or its family is not loaded.

    The family need not pass the rules: people decided, and what the rules say stays visible.
    """
    begun = case.problem.begun
    rows = np.flatnonzero((begun.child == child) & (begun.family >= 0))
    if not len(rows):
        return None
    row = int(rows[0])
    option = _option(case, child, int(begun.family[row]))
    return Underway(
        replace(option, is_request=bool(begun.is_request[row])),
        begun.since[row],
        bool(begun.in_network[row]),
    )


def _option(case: Case, child: int, family: int) -> Option:
    one, other = np.array([child]), np.array([family])
    pairs = EligiblePairs(one, other, np.zeros((0, 0), dtype=np.int64), ())
    scored = replace(case, pairs=pairs, scores=score(case.problem, pairs, case.scores.weights))
    option = build_option(scored, 0, split=_is_split(case, child, family))
    kept = tuple(reason for reason in option.reasons if reason.code not in _OF_PLACES)
    return replace(option, reasons=kept)


def _is_split(case: Case, child: int, family: int) -> bool:
    """Return whether a brother or sister `samen, tenzij` is settled somewhere else."""
    group = case.problem.children.sibling_group
    begun = case.problem.begun
    kin = (group[begun.child] == group[child]) & (group[child] >= 0) & (begun.family != family)
    return bool(kin.any())
