"""The families that stay open to one child, ranked, and what stands in the way of each."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.reason import Kind, Reason
from app.matching.explain.reasons import reasons_of
from app.matching.problem import Bools, Floats, Ints
from app.matching.rules.phrases import percentage
from app.matching.settled import is_away


@dataclass(frozen=True, slots=True)
class Option:
    """One family for one child: chance of breakdown with its 90% interval, km, and reasons.

    km is NaN where an area is unknown. split: the child's group `samen, tenzij` is not whole.
    is_request: a placed sibling lives there, and the family is asked without a free place.
    needs_support: the policy accepts this chance only with a support plan.
    """

    child: int
    family: int
    chance: float
    low: float
    high: float
    km: float
    split: bool
    reasons: tuple[Reason, ...]
    is_request: bool = False
    needs_support: bool = False


@dataclass(frozen=True, slots=True)
class Openings:
    """The eligible families of one child, ranked by chance, km, provider and number, shape (o,).

    row: position in the scores. split: the family cannot take the child's group whole. is_above:
    the chance of the child (or of a sibling that must come along) is above the policy's limit.
    is_apart: someone with whom the child may not live is proposed there.
    """

    row: Ints
    family: Ints
    split: Bools
    is_above: Bools
    is_apart: Bools

    def __len__(self) -> int:
        return len(self.row)


def find_openings(case: Case, child: int) -> Openings:
    """Return the families open to a child; of a group `samen` only those that take all of it."""
    rows, split, above = _open(case, child)
    ranked = _rank(case, rows, split)
    families = case.scores.scored.family[rows]
    apart = np.isin(families, case.families_to_avoid(child))
    return Openings(rows[ranked], families[ranked], split[ranked], above[ranked], apart[ranked])


def count_within_limit(case: Case, children: Ints) -> Ints:
    """Return of each child how many of its openings keep the policy's limit, shape (k,).

    What `find_openings` has `~is_above`, unranked: names are compared for no count.
    """
    scored = case.scores.scored
    away = is_away(case.problem, scored.child, scored.family)
    within = np.where(away, scored.chance_split, scored.chance) <= case.policy.max_breakdown
    counts = np.bincount(scored.child[within], minlength=len(case.problem.children))
    for child in children.tolist():
        # Of brothers and sisters each family is asked about all of them.
        if len(case.members(child, SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)) > 1:
            counts[child] = np.count_nonzero(~_open(case, child)[2])
    return counts[children].astype(np.int64)


def _open(case: Case, child: int) -> tuple[Ints, Bools, Bools]:
    """Return the rows of the families open to a child, with split and is_above of each."""
    families = case.pairs.families_of(child)
    first = int(np.searchsorted(case.pairs.child, child))
    rows = np.arange(first, first + len(families), dtype=np.int64)
    members = case.members(child, SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)
    takes_all = _takes_all(case, members, families)
    takes_all &= ~is_away(case.problem, np.array([child]), families)
    must = len(case.members(child, SiblingWish.TOGETHER)) > 1
    kept = takes_all if must else np.ones(len(rows), dtype=np.bool_)
    rows, split = rows[kept], ~takes_all[kept]
    return rows, split, _highest(case, members, rows, split) > case.policy.max_breakdown


def build_option(case: Case, row: int, *, split: bool) -> Option:
    """Return one pair with its chance, interval and reasons."""
    scored = case.scores.scored
    behind, at = case.scores.behind(row)
    chance = float((scored.chance_split if split else scored.chance)[row])
    needs_support = chance > case.policy.limits.support_above
    return Option(
        child=int(scored.child[row]),
        family=int(scored.family[row]),
        chance=chance,
        low=float((behind.low_split if split else behind.low)[at]),
        high=float((behind.high_split if split else behind.high)[at]),
        km=float(scored.km[row]),
        split=split,
        reasons=reasons_of(case, row, split=split) + _support(case, needs=needs_support),
        is_request=case.is_request(int(scored.child[row]), int(scored.family[row])),
        needs_support=needs_support,
    )


def _support(case: Case, *, needs: bool) -> tuple[Reason, ...]:
    if not needs:
        return ()
    level = percentage(case.policy.limits.support_above)
    sentence = (
        f"De kans op een breakdown ligt boven {level}: dit kan alleen met een steunplan voor kind "
        "en gezin."
    )
    return (Reason("steunplan", Kind.CONCERN, 0.0, sentence, f"Beleid {case.policy.name}"),)


def _takes_all(case: Case, members: Ints, families: Ints) -> Bools:
    """Return which of these families can take all members at once; a lone child fits anywhere."""
    if len(members) < 2:
        return np.ones(len(families), dtype=np.bool_)
    takes = case.takes_together(members)[families]
    for member in members:
        takes &= np.isin(families, case.pairs.families_of(int(member)))
    return takes


def _highest(case: Case, members: Ints, rows: Ints, split: Bools) -> Floats:
    """Return the chance that the limit is held against: the highest of those who come along."""
    scored = case.scores.scored
    alone = np.where(split, scored.chance_split[rows], scored.chance[rows])
    if len(members) < 2:
        return alone
    each = [_chance_of(case, member, scored.family[rows]) for member in members.tolist()]
    return np.where(split, alone, np.max(each, axis=0))


def _chance_of(case: Case, child: int, families: Ints) -> Floats:
    """Return the chance of a child with each of these families; -inf where that is no pair."""
    first, last = np.searchsorted(case.pairs.child, [child, child + 1])
    own = case.pairs.family[first:last]
    if not len(own):
        return np.full(len(families), -np.inf)
    at = np.minimum(np.searchsorted(own, families), len(own) - 1)
    return np.where(own[at] == families, case.scores.scored.chance[first + at], -np.inf)


def _rank(case: Case, rows: Ints, split: Bools) -> Ints:
    scored, homes = case.scores.scored, case.problem.families
    chance = np.where(split, scored.chance_split[rows], scored.chance[rows])
    km = np.nan_to_num(scored.km[rows])
    names = [(homes.provider[f], homes.reference[f]) for f in scored.family[rows].tolist()]
    keys = list(zip(chance.tolist(), km.tolist(), names, strict=True))
    return np.array(sorted(range(len(rows)), key=keys.__getitem__), dtype=np.int64)
