"""When looking ahead chose another family than the least chance of breakdown would have."""

from dataclasses import replace

import numpy as np

from app.matching.explain.case import Case
from app.matching.explain.options import Openings, Option
from app.matching.explain.reason import Kind, Reason

CODE = "vooruitzien"


def add_scarcity(case: Case, openings: Openings, proposed: Option) -> Option:
    """Return the proposal, with a reason when a place that fits better is kept for who comes.

    So it is when another family within the limit has a lower chance, and not a lower sum of chance
    and price: the sum is what the plan weighs.
    """
    ahead, price = case.policy.look_ahead, case.scores.scored.price
    if ahead is None or price is None:
        return proposed
    scored, row = case.scores.scored, case.scores.position(proposed.child, proposed.family)
    if row is None:
        return proposed
    at = openings.row[~openings.is_above & ~openings.is_apart & (openings.split == proposed.split)]
    chance = np.where(proposed.split, scored.chance_split[at], scored.chance[at])
    own = proposed.chance + price[row]
    kept = at[(chance < proposed.chance) & (chance + price[at] >= own) & (price[at] > price[row])]
    if not len(kept):
        return proposed
    return replace(proposed, reasons=(*proposed.reasons, _reason(case, int(kept[0]), ahead.days)))


def _reason(case: Case, row: int, days: int) -> Reason:
    homes, family = case.problem.families, int(case.scores.scored.family[row])
    sentence = (
        f"Gezin {homes.reference[family]} past iets beter, maar die plaats is schaars voor "
        f"kinderen die in de komende {days} dagen worden verwacht."
    )
    return Reason(CODE, Kind.CONCERN, 0.0, sentence, "Beleid van de regio: vooruitzien")
