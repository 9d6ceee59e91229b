"""All families that a child could go to, ranked by what choosing each would cost the whole plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.explain.case import Case
from app.matching.explain.options import Openings, Option, build_option, find_openings
from app.matching.questions.difference import Difference
from app.matching.questions.price import Pricer
from app.matching.resolve import CannotBeForced


@dataclass(frozen=True, slots=True)
class Alternative:
    """One family that some plan brings the child to; is_proposed: the plan itself does.

    price: what every goal loses in the best plan with this pair, and who moves.
    """

    option: Option
    price: Difference
    is_proposed: bool


def find_alternatives(pricer: Pricer, child: int) -> tuple[Alternative, ...]:
    """Return every family within the policy's limit that some plan holds, least regret first.

    Regrets compare goal by goal in the policy's order; equal ones by chance, provider and number.
    A child that people have begun for has none: its family is fixed.
    """
    case = pricer.case
    if case.problem.is_begun()[child]:
        return ()
    pricer.prepare()
    openings = find_openings(case, child)
    found = [
        _alternative(pricer, openings, at) for at in np.flatnonzero(~openings.is_above).tolist()
    ]
    return _ranked(case, [alternative for alternative in found if alternative])


def _alternative(pricer: Pricer, openings: Openings, at: int) -> Alternative | None:
    row, family = int(openings.row[at]), int(openings.family[at])
    case = pricer.case
    child = int(case.scores.scored.child[row])
    try:
        price = pricer.price(child, family)
    except CannotBeForced:
        return None
    option = build_option(case, row, split=bool(openings.split[at]))
    return Alternative(option, price, bool(case.plan.family[child] == family))


def _ranked(case: Case, found: Sequence[Alternative]) -> tuple[Alternative, ...]:
    homes = case.problem.families

    def key(one: Alternative) -> tuple[object, ...]:
        home = one.option.family
        losses = one.price.losses
        return (
            not one.is_proposed, losses, one.option.chance, homes.provider[home],
            homes.reference[home],
        )  # fmt: skip

    return tuple(sorted(found, key=key))
