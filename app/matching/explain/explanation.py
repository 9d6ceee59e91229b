"""The explanation of a whole match: per child the proposal, the alternatives, or why not."""

from dataclasses import dataclass

import numpy as np

from app.matching.explain.ahead import add_scarcity
from app.matching.explain.case import Case
from app.matching.explain.options import Openings, Option, build_option, find_openings
from app.matching.explain.underway import Underway, find_underway
from app.matching.explain.unknowns import mark_decisive
from app.matching.explain.why_not import WhyNot, explain_absence
from app.matching.problem import Bools

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is proposed for one child and what else there is.

    alternatives: at most five other families that could be proposed, best first. to_discuss: at
    most five whose chance of breakdown is above the policy's limit. why_not: only when nothing is
    proposed. underway: what people have begun; then nothing is proposed, and the alternatives are
    those for when it ends in a no.
    """

    child: int
    proposed: Option | None
    alternatives: tuple[Option, ...]
    to_discuss: tuple[Option, ...]
    why_not: WhyNot | None
    underway: Underway | None = None


def explain(case: Case) -> tuple[Explanation, ...]:
    """Return one explanation per child, in the order of the problem's children."""
    return tuple(explain_child(case, child) for child in range(len(case.problem.children)))


def explain_child(case: Case, child: int) -> Explanation:
    """Return the explanation of one child; raises ValueError when its pair is not eligible."""
    openings = find_openings(case, child)
    chosen = int(case.plan.family[child])
    underway = find_underway(case, child)
    begun = underway.option.family if underway else chosen
    others = (openings.family != chosen) & (openings.family != begun)
    proposed = _proposed(case, child, chosen)
    if proposed is not None:
        proposed = add_scarcity(case, openings, proposed)
    alternatives = _shown(case, openings, others & ~openings.is_above & ~openings.is_apart)
    own = () if proposed is None else (proposed,)
    ranked = mark_decisive(case, own + alternatives)
    return Explanation(
        child=child,
        proposed=ranked[0] if own else None,
        alternatives=ranked[len(own) :],
        to_discuss=_shown(case, openings, others & openings.is_above & ~openings.is_apart),
        why_not=None if chosen >= 0 or underway else explain_absence(case, child, openings),
        underway=underway,
    )


def _proposed(case: Case, child: int, family: int) -> Option | None:
    if family < 0:
        return None
    row = case.scores.position(child, family)
    if row is None:
        raise ValueError(f"the plan holds a pair that is not eligible: {child}, {family}")
    return build_option(case, row, split=bool(case.plan.split[child]))


def _shown(case: Case, openings: Openings, wanted: Bools) -> tuple[Option, ...]:
    return tuple(
        build_option(case, int(openings.row[at]), split=bool(openings.split[at]))
        for at in np.flatnonzero(wanted)[:MOST_SHOWN]
    )
