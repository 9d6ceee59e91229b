"""The reasons of one pair: what the risk score adds up, what to settle, what is not known."""

import numpy as np

from app.kernel.words import CARE_FORMS, SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.reason import Kind, Reason
from app.matching.problem import Ints
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.rules import RULES, area
from app.matching.rules.phrases import count_children
from app.matching.rules.rule import NETWORK

UNKNOWN_COUNTS = "Telt niet mee in de kans, maar maakt die minder zeker"
SETTLE = "Dit wordt tijdens de screening uitgezocht, binnen 13 weken."
PAIR_COLUMNS = [c for c, factor in enumerate(FACTORS) if factor.level is Level.PAIR]
CHILD_COLUMNS = [c for c, factor in enumerate(FACTORS) if factor.level is Level.CHILD]


def reasons_of(case: Case, row: int, *, split: bool) -> tuple[Reason, ...]:
    """Return all reasons of one eligible pair (a row of the scores).

    Factors of the pair come first, the largest first, then those of the child, concerns, unknowns
    and facts. The contributions add up to the log hazard of the pair.
    """
    child = int(case.scores.scored.child[row])
    family = int(case.scores.scored.family[row])
    parts = case.scores.contributions(row, split=split).tolist()
    return (
        *_weighed(case, row, parts, PAIR_COLUMNS),
        *_weighed(case, row, parts, CHILD_COLUMNS),
        *_network_concerns(case, child, family),
        *_area_concerns(case, child, family),
        *_unknowns(case, row),
        *_facts(case, child, family, split=split),
    )


def refusals_between(case: Case, child: int, family: int) -> tuple[Reason, ...]:
    """Return which rules refuse a pair, and why; empty when it is eligible."""
    one, other = _positions(child, family)
    return tuple(
        Reason(
            rule.code,
            Kind.REFUSED,
            0.0,
            rule.sentence(case.problem, child, family),
            f"{rule.basis}: {rule.source}",
        )
        for rule in RULES
        if rule.refuses(case.problem, case.policy, one, other).any()
    )


def _positions(child: int, family: int) -> tuple[Ints, Ints]:
    return np.array([child], dtype=np.int64), np.array([family], dtype=np.int64)


def _weighed(case: Case, row: int, parts: list[float], columns: list[int]) -> list[Reason]:
    """Return the factors among these columns that move the chance, the largest first."""
    moving = [column for column in columns if round(parts[column], 6) != 0]
    moving.sort(key=lambda column: -abs(parts[column]))
    return [_weigh(case, row, column, parts[column]) for column in moving]


def _weigh(case: Case, row: int, column: int, part: float) -> Reason:
    factor, scores = FACTORS[column], case.scores
    child, family = int(scores.scored.child[row]), int(scores.scored.family[row])
    behind, at = scores.behind(row)
    value = float(behind.features[at, column])
    return Reason(
        factor.code,
        Kind.FITS if part < 0 else Kind.CONCERN,
        round(part, 6) + 0.0,  # never -0.0, which prints differently
        factor.sentence(case.problem, child, family, value),
        scores.weights.sources[column],
    )


def _network_concerns(case: Case, child: int, family: int) -> list[Reason]:
    families = case.problem.families
    if families.kind[family] != NETWORK or families.for_child[family] != child:
        return []
    one, other = _positions(child, family)
    return [
        Reason(
            rule.code,
            Kind.CONCERN,
            0.0,
            f"{rule.sentence(case.problem, child, family)} {SETTLE}",
            f"{rule.basis}: {rule.source}",
        )
        for rule in RULES
        if rule.concerns(case.problem, case.policy, one, other).any()
    ]


def _area_concerns(case: Case, child: int, family: int) -> list[Reason]:
    if not area.has_uncertain_area(case.problem, child, family):
        return []
    source = f"{area.RULE.basis}: {area.RULE.source}"
    return [Reason("gebied_onzeker", Kind.CONCERN, 0.0, area.uncertain_sentence(), source)]


def _unknowns(case: Case, row: int) -> list[Reason]:
    child, family = int(case.scores.scored.child[row]), int(case.scores.scored.family[row])
    # Several factors may wait for one answer: it is asked for once, by the first of them.
    asked: dict[str, Reason] = {}
    behind, at = case.scores.behind(row)
    for column in behind.spread[at].nonzero()[0].tolist():
        factor = FACTORS[column]
        if factor.unknown is None:
            continue
        sentence = factor.unknown(case.problem, child, family)
        asked.setdefault(
            sentence,
            Reason(f"{factor.code}_onbekend", Kind.UNKNOWN, 0.0, sentence, UNKNOWN_COUNTS),
        )
    return list(asked.values())


def _facts(case: Case, child: int, family: int, *, split: bool) -> list[Reason]:
    facts = [_offer(case, child, family)]
    members = case.members(child, SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)
    if len(members) > 1 and not split:
        sentence = (
            f"Het gezin kan de broers en zussen samen opnemen ({count_children(len(members))})."
        )
        facts.append(Reason("broers_zussen_samen", Kind.FITS, 0.0, sentence, "Wens bij aanmelding"))
    return facts


def _offer(case: Case, child: int, family: int) -> Reason:
    need = CARE_FORMS[case.problem.children.care_form[child]]
    if case.is_request(child, family):
        sentence = (
            "Dit is een verzoek: hier woont al een broer of zus, maar het gezin heeft nu geen "
            "vrije plaats. Vraag of het kind er toch bij kan."
        )
        return Reason("verzoek", Kind.CONCERN, 0.0, sentence, "Opgave van de aanbieder")
    places = case.slots.count_like(child, family)
    word = "plaats" if places == 1 else "plaatsen"
    sentence = f"Het gezin biedt de vorm {need} en heeft {places} vrije {word}."
    return Reason("vorm", Kind.FITS, 0.0, sentence, "Opgave van de aanbieder")
