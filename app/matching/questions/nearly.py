"""Families that nearly fit: kept out by one rule that a telephone call may settle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.options import Option, build_option
from app.matching.large import is_large
from app.matching.pairs import EligiblePairs, refusals_of
from app.matching.problem import Bools, Ints
from app.matching.questions.asking import ASKINGS, Asking
from app.matching.questions.difference import Difference, compare_plans
from app.matching.questions.pair import is_split
from app.matching.questions.rescore import rescore
from app.matching.resolve import solve_with
from app.matching.risk.score import score
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
    asked = {family: asking for family in only.tolist()
             if (asking := _asking(case, child, family, refused[:, family]))}  # fmt: skip
    homes = case.problem.families
    return tuple(
        sorted(
            _after_a_yes(case, child, asked),
            key=lambda one: (
                one.option.chance, homes.provider[one.family], homes.reference[one.family],
            ),
        )
    )  # fmt: skip


def _asking(case: Case, child: int, family: int, refused: np.ndarray) -> Asking | None:
    """Return the question about the one rule that refuses a family, None where none is asked."""
    asking = _BY_CODE.get(RULES[int(np.flatnonzero(refused)[0])].code)
    if asking is None or asking.gap(case.problem, case.policy, child, family) > asking.most:
        return None
    return asking


def _after_a_yes(case: Case, child: int, asked: Mapping[int, Asking]) -> Iterator[Nearly]:
    """Yield the calls whose yes opens the family to the child.

    All are granted at once: a yes changes its own family alone, and what is said of a pair looks
    at no other family. One by one a country's fifteen thousand families took minutes a child.
    """
    granted = case.problem
    for family, asking in asked.items():
        granted = asking.grant(granted, case.policy, child, family)
    after, families = replace(case, problem=granted), np.array([*asked], dtype=np.int64)
    families = families[_opens(after, child, families)]
    each = EligiblePairs(np.full_like(families, child), families, np.zeros((0, 0), np.int64), ())
    alone = replace(after, pairs=each, scores=score(granted, each, case.scores.weights))
    for row, family in enumerate(families.tolist()):
        asking = asked[family]
        option = build_option(alone, row, split=is_split(after, child, family))
        yield Nearly(
            child, family, asking.rule.code, asking.rule.label,
            asking.ask(case.problem, case.policy, child, family), option,
            is_above=option.chance > case.policy.max_breakdown,
        )  # fmt: skip


def _opens(after: Case, child: int, families: Ints) -> Bools:
    """Return which families are open to the child, and to siblings who must come along."""
    members = after.members(child, SiblingWish.TOGETHER)
    kids, homes = np.broadcast_arrays(members[:, None], families[None, :])
    opens = after.takes_together(members)[families]
    for rule in RULES:
        refused = np.broadcast_to(
            rule.refuses(after.problem, after.policy, kids, homes), kids.shape
        )
        opens = opens & ~refused.any(axis=0)
    return np.asarray(opens)


def find_calls(case: Case, number: int) -> tuple[Nearly, ...]:
    """Return so many calls of the whole run, sorted by what a yes would bring.

    Chosen are children without a proposal first, the most urgent and those with the fewest
    families before others, three families each; then each call's gain is worked out by solving
    again with its yes, except of a problem that is too large for that.
    """
    return tuple(sorted(with_gains(case, choose_calls(case, number)), key=by_gain))


def choose_calls(case: Case, number: int) -> tuple[Nearly, ...]:
    """Return so many calls of the whole run without their gain, whom they help most first."""
    chosen: list[Nearly] = []
    for child in _in_need(case):
        calls = (one for one in find_nearly(case, child) if not one.is_above)
        chosen += [one for one, _ in zip(calls, range(MOST_OF_A_CHILD), strict=False)]
        if len(chosen) >= number:
            break
    return tuple(chosen[:number])


def calls_about(case: Case, child: int, rules: Mapping[int, str]) -> tuple[Nearly, ...]:
    """Return the calls about a child that were chosen before; rules: the one to ask, by family."""
    asked = {family: _BY_CODE[code] for family, code in rules.items()}
    return tuple(_after_a_yes(case, child, asked))


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


def by_gain(call: Nearly) -> tuple[bool, Sequence[float], float]:
    """Return by what calls are sorted: the largest gain first, then what is not worked out."""
    # A gain is a loss below zero, so the largest comes first.
    return (call.gain is None, call.gain.losses if call.gain else (), call.option.chance)


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
