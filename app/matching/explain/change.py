"""What would have to change for children to get one family, or what family is missing."""

from dataclasses import dataclass

import numpy as np

from app.matching.explain.case import Case
from app.matching.explain.need import describe_need
from app.matching.explain.obstacles import APART, Obstacle, find_obstacles
from app.matching.problem import Bools, Floats, Ints
from app.matching.rules import apart, area, network, network_home, recorded_no, with_siblings
from app.matching.rules.phrases import count_families, enumerate_words

# A family that one of these keeps away could never be asked, however near it comes.
NEVER = {
    *(rule.RULE.code for rule in (network, network_home, recorded_no, with_siblings, apart, area)),
    APART,
}


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """What would have to change, and what that would open.

    rules: codes of what stands in the way. families: positions of the families that would open,
    or that come nearest. sentence: the change in Dutch. is_negotiable: people can bring it about,
    by agreeing, acting or answering; False is a need that only another family meets. weight: how
    heavy the change is, for comparing changes of one child.
    """

    rules: tuple[str, ...]
    families: tuple[int, ...]
    sentence: str
    is_negotiable: bool
    weight: float


def find_change(case: Case, members: Ints) -> SmallestChange:
    """Return the change that most easily gives these children one family; there must be families.

    Families rank by: whether they could ever be asked; fewest rules that cannot give way; fewest
    rules; least weight; provider and number.
    """
    obstacles = find_obstacles(case, members)
    gaps = np.array([obstacle.gap for obstacle in obstacles])
    weight = np.array([obstacle.weight for obstacle in obstacles]).sum(axis=0)
    misses: Bools = np.asarray(gaps > 0)
    best = _nearest(case, obstacles, misses, weight)
    # Whoever misses by no more than the best, on no other rule, opens with it.
    like_best = misses.any(axis=0) == misses[:, best].any()
    opened = np.flatnonzero((gaps <= gaps[:, [best]]).all(axis=0) & like_best)
    missed = [(o, float(o.gap[best])) for o in obstacles if o.gap[best] > 0]
    return SmallestChange(
        rules=tuple(obstacle.code for obstacle, _ in missed),
        families=tuple(opened.tolist()),
        sentence=_describe(case, members, missed, len(opened)),
        is_negotiable=all(obstacle.clause for obstacle, _ in missed),
        weight=round(float(weight[best]), 6),
    )


def _nearest(case: Case, obstacles: tuple[Obstacle, ...], misses: Bools, weight: Floats) -> int:
    never = misses[[obstacle.code in NEVER for obstacle in obstacles]].sum(axis=0) > 0
    fixed = misses[[obstacle.clause is None for obstacle in obstacles]].sum(axis=0)
    left = np.arange(len(weight))
    for key in (never, fixed, misses.sum(axis=0), np.round(weight, 6)):
        left = left[key[left] == key[left].min()]
    homes = case.problem.families
    return min(left.tolist(), key=lambda f: (homes.provider[f], homes.reference[f]))


def _describe(case: Case, members: Ints, missed: list[tuple[Obstacle, float]], number: int) -> str:
    clauses = [f"als {obstacle.clause(gap)}" for obstacle, gap in missed if obstacle.clause]
    if len(clauses) < len(missed):
        labels = [obstacle.label for obstacle, _ in missed]
        return describe_need(case.problem, members, labels, number)
    if not missed:
        verbs = ("kan", "heeft") if number == 1 else ("kunnen", "hebben")
        return (
            f"Er hoeft geen regel te veranderen: {count_families(number)} {verbs[0]} en {verbs[1]} "
            "nog plaats; met een andere volgorde van doelen in het beleid is er een voorstel."
        )
    verb = "komt er" if number == 1 else "komen er"
    sentence = f"{enumerate_words(clauses)}, {verb} {count_families(number)} in beeld."
    return sentence[0].upper() + sentence[1:]
