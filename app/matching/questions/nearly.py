"""Families that nearly fit: kept out by one rule that a telephone call may settle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.options import Option
from app.matching.large import is_large
from app.matching.pairs import refusals_of
from app.matching.problem import Problem
from app.matching.questions.asking import ASKINGS, Asking
from app.matching.questions.difference import Difference, compare_plans
from app.matching.questions.pair import option_between
from app.matching.questions.rescore import rescore
from app.matching.resolve import solve_with
from app.matching.rules import RULES

MOST_OF_A_CHILD = 3  # in a list of the whole run, so that one child does not fill it
_BY_CODE = {asking.rule.code: asking for asking in ASKINGS}


@dataclass(frozen=True, slots=True)
class Nearly:
    """One call: to the provider of a family, about one rule, for one child.

    question: to ask, in Dutch. option: the pair with its chance and reasons after a yes; is_above:
    that chance is above the policy's limit. gain: what the whole plan gains by a yes, whoever it
    helps, None where that was not worked out.
    """

    child: int
    family: int
    rule: str
    label: str
    question: str
    option: Option
    is_above: bool
    gain: Difference | None = None


def find_nearly(case: Case, child: int) -> tuple[Nearly, ...]:
    """Return all families that one question keeps from a child, the lowest chance first."""
    if case.problem.is_begun()[child]:
        return ()
    refused = refusals_of(case.problem, case.policy, child)
    only = np.flatnonzero(refused.sum(axis=0) == 1)
    found = [_nearly(case, child, family, refused[:, family]) for family in only.tolist()]
    homes = case.problem.families
    return tuple(
        sorted(
            (one for one in found if one is not None),
            key=lambda one: (
                one.option.chance, homes.provider[one.family], homes.reference[one.family],
            ),
        )
    )  # fmt: skip


def _nearly(case: Case, child: int, family: int, refused: np.ndarray) -> Nearly | None:
    asking = _BY_CODE.get(RULES[int(np.flatnonzero(refused)[0])].code)
    if asking is None or asking.gap(case.problem, case.policy, child, family) > asking.most:
        return None
    granted = asking.grant(case.problem, case.policy, child, family)
    if not _opens(case, granted, child, family):
        return None
    option = option_between(replace(case, problem=granted), child, family)
    return Nearly(
        child, family, asking.rule.code, asking.rule.label,
        _question(case, asking, child, family), option,
        is_above=option.chance > case.policy.max_breakdown,
    )  # fmt: skip


def _question(case: Case, asking: Asking, child: int, family: int) -> str:
    return asking.ask(case.problem, case.policy, child, family)


def _opens(case: Case, granted: Problem, child: int, family: int) -> bool:
    """Return whether a yes opens the family to the child, and to siblings who must come along."""
    after = replace(case, problem=granted)
    members = after.members(child, SiblingWish.TOGETHER)
    at = np.full(len(members), family, dtype=np.int64)
    refused = [rule.refuses(granted, case.policy, members, at).any() for rule in RULES]
    return not any(refused) and bool(after.takes_together(members)[family])


def find_calls(case: Case, number: int) -> tuple[Nearly, ...]:
    """Return so many calls of the whole run, sorted by what a yes would bring.

    Chosen are children without a proposal first, the most urgent and those with the fewest
    families before others, three families each; then each call's gain is worked out by solving
    again with its yes, except of a problem that is too large for that.
    """
    chosen: list[Nearly] = []
    for child in _in_need(case):
        calls = (one for one in find_nearly(case, child) if not one.is_above)
        chosen += [one for one, _ in zip(calls, range(MOST_OF_A_CHILD), strict=False)]
        if len(chosen) >= number:
            break
    return tuple(sorted(with_gains(case, chosen[:number]), key=_by_gain))


def with_gains(case: Case, calls: Iterable[Nearly]) -> list[Nearly]:
    """Return the calls with what a yes brings the whole plan."""
    if is_large(case.problem):
        return list(calls)
    return [replace(call, gain=find_gain(case, call)) for call in calls]


def find_gain(case: Case, call: Nearly) -> Difference:
    """Return the difference that a yes makes to the best plan, for whichever children."""
    asking = _BY_CODE[call.rule]
    granted = asking.grant(case.problem, case.policy, call.child, call.family)
    _, scores = rescore(case, granted, set(), {call.family})
    plan = solve_with(granted, scores.scored, case.policy, seed=case.plan.seed)
    return compare_plans(case.plan, plan, case.problem.children.number)


def _by_gain(call: Nearly) -> tuple[Sequence[float], float]:
    # A gain is a loss below zero, so the largest gain comes first.
    return (call.gain.losses if call.gain else (), call.option.chance)


def _in_need(case: Case) -> list[int]:
    """Return the children in the order in which calls may help them."""
    kids, placed = case.problem.children, case.plan.family >= 0
    options = np.bincount(case.pairs.child, minlength=len(kids))

    def need(child: int) -> tuple[bool, int, int, str]:
        return (
            bool(placed[child]), int(kids.urgency[child]), int(options[child]),
            kids.number[child],
        )  # fmt: skip

    return sorted(np.flatnonzero(~case.problem.is_begun()).tolist(), key=need)
