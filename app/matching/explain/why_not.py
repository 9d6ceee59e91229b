"""Why a child has no proposal, and what would have to change."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.change import SmallestChange
from app.matching.explain.options import Openings
from app.matching.explain.smallest import find_smallest_change
from app.matching.rules.on_hold import is_on_hold
from app.matching.rules.phrases import count_children, percentage


@dataclass(frozen=True, slots=True)
class RefusedCount:
    """How many families one rule refuses for a child."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a child is not placed.

    refused: every rule that refuses a family, most first; a family counts for each of its rules.
    change: the smallest change that would open families, or the family that is missing; None only
    when the region has no family at all.
    """

    code: str
    sentence: str
    refused: tuple[RefusedCount, ...]
    change: SmallestChange | None


def explain_absence(case: Case, child: int, openings: Openings) -> WhyNot:
    """Return why the plan proposes nothing for a child; openings are its eligible families."""
    code, sentence = _cause(case, child, openings)
    return WhyNot(code, sentence, _counts(case, child), find_smallest_change(case, child))


def _counts(case: Case, child: int) -> tuple[RefusedCount, ...]:
    rules, refused = case.pairs.rules, case.pairs.refused[child]
    order = np.argsort(-refused, kind="stable")
    return tuple(
        RefusedCount(rules[i].code, rules[i].label, int(refused[i])) for i in order if refused[i]
    )


def _cause(case: Case, child: int, openings: Openings) -> tuple[str, str]:
    if case.problem.is_begun()[child]:
        return "al_in_gang", "Het kind woont al bij zijn netwerkgezin, waar de screening loopt."
    if is_on_hold(case.problem)[child]:
        return "aangehouden", "Over de broers en zussen moet eerst een vraag worden beantwoord."
    if not len(openings):
        return _nobody(case, child)
    within = ~openings.is_above
    if not within.any():
        limit = percentage(case.policy.max_breakdown)
        return "boven_grens", (
            f"Bij elk gezin dat kan, is de kans op een breakdown hoger dan {limit}: "
            "bespreek of het met extra steun toch kan."
        )
    free = within & ~openings.is_apart
    if not free.any():
        return (
            "apart",
            "De gezinnen die kunnen, zijn voorgesteld voor een kind dat apart moet wonen.",
        )
    return _passed_over(case, child, openings, int(free.sum()))


def _nobody(case: Case, child: int) -> tuple[str, str]:
    members = case.members(child, SiblingWish.TOGETHER)
    if len(members) < 2:
        return "geen_gezin", "Er is nu geen gezin dat aan alle voorwaarden voor dit kind voldoet."
    if case.takes_together(members).any():
        return "groep_past_nergens", (
            "Er is geen gezin dat aan de voorwaarden van alle broers en zussen voldoet "
            f"({count_children(len(members))})."
        )
    return "groep_te_groot", (
        f"Er is geen gezin dat {count_children(len(members))} tegelijk kan opnemen; "
        "de broers en zussen moeten samen blijven."
    )


def _passed_over(case: Case, child: int, openings: Openings, number: int) -> tuple[str, str]:
    members = case.members(child, SiblingWish.TOGETHER)
    usable = openings.family[~openings.is_above & ~openings.is_apart]
    free = usable[case.short_of(members, case.slots_left)[usable] == 0]
    if len(free) and case.above_most_new(members)[free].all():
        return "genoeg_gevraagd", (
            "Er is nog een vrije plaats die kan, maar dat gezin is al voorgesteld voor het hoogste "
            "aantal nieuwe kinderen tegelijk dat het beleid toestaat."
        )
    if len(free):
        return "niet_gekozen", (
            "Er is nog een gezin dat kan, maar binnen de volgorde van het beleid en de afspraken "
            "over broers en zussen is dit kind niet geplaatst."
        )
    if number == 1:
        return "bezet", "Er is 1 gezin dat kan, maar die plaats is voorgesteld voor een ander kind."
    return "bezet", (
        f"Er zijn {number} gezinnen die kunnen, maar hun plaatsen zijn voorgesteld "
        "voor andere kinderen."
    )
