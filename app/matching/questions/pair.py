"""Why not that family: the rule that refuses it and what would admit it, or its exact price."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.choices import first_asked
from app.matching.explain.case import Case
from app.matching.explain.options import Option, build_option, find_openings
from app.matching.explain.reason import Reason
from app.matching.explain.reasons import refusals_between
from app.matching.pairs import EligiblePairs
from app.matching.questions.admitting import Admission, find_admission
from app.matching.questions.difference import Difference
from app.matching.questions.price import Pricer
from app.matching.resolve import CannotBeForced
from app.matching.risk.score import score
from app.matching.rules.phrases import percentage


class Verdict(StrEnum):
    """What there is to say of a child and a family."""

    PROPOSED = "voorgesteld"
    UNDERWAY = "al in gang"
    REFUSED = "geweigerd"
    ABOVE_LIMIT = "boven de grens"
    NO_PLAN = "past in geen plan"
    POSSIBLE = "mogelijk"


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What stands between a child and a family.

    option: the pair with its chance and reasons, also where it is refused. refusals: the rules
    that refuse it. admission: the smallest change that would admit it, for a refused pair. price:
    what choosing it costs the whole plan, for a pair that is possible.
    """

    child: int
    family: int
    verdict: Verdict
    sentence: str
    option: Option
    refusals: tuple[Reason, ...] = ()
    admission: Admission | None = None
    price: Difference | None = None


def ask_about(pricer: Pricer, child: int, family: int) -> PairAnswer:
    """Return why the plan does not bring a child to a family, and what it would take."""
    case = pricer.case
    option = option_between(case, child, family)
    begun = case.problem.begun
    at = np.flatnonzero(begun.child == child)
    if len(at):
        return PairAnswer(
            child, family, Verdict.UNDERWAY, _underway(case, int(begun.family[at[0]]), family),
            option,
        )  # fmt: skip
    if case.plan.family[child] == family:
        sentence = "Dit gezin is voor dit kind voorgesteld."
        return PairAnswer(child, family, Verdict.PROPOSED, sentence, option)
    refusals = refusals_between(case, child, family)
    if refusals:
        return PairAnswer(
            child, family, Verdict.REFUSED, refusals[0].sentence, option,
            refusals=refusals, admission=find_admission(case, child, family),
        )  # fmt: skip
    return _possible(pricer, option)


def option_between(case: Case, child: int, family: int) -> Option:
    """Return any pair with its chance and reasons, whether or not a rule refuses it."""
    row = case.scores.position(child, family)
    if row is not None:
        return build_option(case, row, split=is_split(case, child, family))
    pairs = EligiblePairs(
        np.array([child]), np.array([family]), np.zeros((0, 0), dtype=np.int64), ()
    )
    alone = replace(case, pairs=pairs, scores=score(case.problem, pairs, case.scores.weights))
    return build_option(alone, 0, split=is_split(case, child, family))


def is_split(case: Case, child: int, family: int) -> bool:
    """Return whether the child's group `samen, tenzij` would not be whole with this family."""
    if case.plan.family[child] == family:
        return bool(case.plan.split[child])
    members = case.members(child, SiblingWish.TOGETHER_UNLESS)
    if len(members) < 2:
        return False
    takes = bool(case.takes_together(members)[family])
    return not (takes and all(family in case.pairs.families_of(int(m)) for m in members))


def _possible(pricer: Pricer, option: Option) -> PairAnswer:
    case, child, family = pricer.case, option.child, option.family
    openings = find_openings(case, child)
    at = np.flatnonzero(openings.family == family)
    if len(at) and openings.is_above[at[0]]:
        limit = percentage(case.policy.max_breakdown)
        sentence = (
            f"De kans op een breakdown is hoger dan de grens van het beleid ({limit}): bespreek "
            "of het met extra steun toch kan."
        )
        return PairAnswer(child, family, Verdict.ABOVE_LIMIT, sentence, option)
    try:
        price = pricer.price(child, family)
    except CannotBeForced:
        return PairAnswer(child, family, Verdict.NO_PLAN, _no_plan(case, child, family), option)
    return PairAnswer(child, family, Verdict.POSSIBLE, _price_sentence(price), option, price=price)


def _underway(case: Case, begun: int, family: int) -> str:
    if begun == family:
        return "Met dit gezin zijn mensen voor dit kind al in gesprek; dat ligt vast."
    if begun < 0:
        return "Het kind woont al bij zijn netwerkgezin, waar de screening loopt; dat ligt vast."
    homes = case.problem.families
    return (
        f"Voor dit kind zijn mensen al bezig met gezin {homes.reference[begun]} van "
        f"{homes.provider[begun]}; dat ligt vast tot een nee of tot de termijn om is."
    )


def _no_plan(case: Case, child: int, family: int) -> str:
    asked = first_asked(case.problem, case.scores.scored, case.policy)[child]
    if asked >= 0 and asked != family:
        homes = case.problem.families
        return (
            "Een broer of zus woont al ergens; eerst wordt dat gezin gevraagd "
            f"({homes.provider[asked]} {homes.reference[asked]})."
        )
    if len(case.members(child, SiblingWish.TOGETHER)) > 1:
        return "De broers en zussen moeten samen blijven en passen niet allemaal bij dit gezin."
    return (
        "Geen enkel plan kan dit paar bevatten: de vrije plaats is nodig voor een kind dat daar "
        "een broer of zus heeft, of broers en zussen passen dan nergens meer."
    )


def _price_sentence(price: Difference) -> str:
    moved = len(price.moves)
    others = "het kind zelf" if moved == 1 else f"{moved} kinderen, dit kind meegeteld"
    change = f"er verandert iets voor {others}."
    if price.is_free:
        return f"Dit kan zonder dat een doel van het beleid slechter wordt; {change}"
    first = next(goal for goal in price.goals if goal.loss)
    word = "slechter" if first.loss > 0 else "beter"
    amount = f"{abs(first.loss):.6f}".rstrip("0").rstrip(".").replace(".", ",")
    about = "naar schatting " if price.is_estimate else ""
    return (
        f"Dit kan, maar dan wordt het plan {about}{amount} {first.unit} {word} op het doel "
        f"'{first.sentence}'; {change}"
    )
