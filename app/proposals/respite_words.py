"""What a respite round says of each child: why this family, or why none."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.kernel.words import PROBLEMS, WILLINGNESS, Rhythm, Willingness
from app.matching.rules import recorded_no
from app.matching.rules.area import has_uncertain_area, uncertain_sentence
from app.matching.rules.phrases import count_families, enumerate_words, in_words, name_problems
from app.matching.weekends import WEEKENDS
from app.models import RespiteRound
from app.proposals.respite_problem import Respite

_CLEAR = 2  # severity from which willingness counts, as in the hard rule
_WITH_SUPPORT = WILLINGNESS.index(Willingness.WITH_SUPPORT)
_NOT_ASKED = -1


def kilometres(km: float) -> str:
    """Return a distance as `3,2 km`."""
    return f"{km:.1f} km".replace(".", ",")


def reasons_for(respite: Respite, child: int, found: RespiteRound) -> list[str]:
    """Return why this family, and what to ask or say first, as sentences."""
    return [
        *_about_place(respite, child),
        *_about_problems(respite, child),
        *_about_days(respite, child, found),
    ]


def km_of(respite: Respite, child: int) -> float:
    """Return how far the proposed family is from where the child lives, to a tenth of a km."""
    pairs, family = respite.pairs, respite.plan.family[child]
    at = np.flatnonzero((pairs.child == child) & (pairs.family == family))[0]
    return round(float(respite.km[at]), 1)


def _about_place(respite: Respite, child: int) -> Iterator[str]:
    yield f"Woont op {kilometres(km_of(respite, child))} van het pleeggezin waar het kind woont."
    bed, slots = respite.beds[child]
    yield f"Heeft plaats in de {_weekends(slots)}."
    mates = [c for c, (other, _) in respite.beds.items() if other.id == bed.id and c != child]
    for mate in mates:
        other = _weekends(respite.beds[mate][1])
        yield f"Hetzelfde bed is in de {other} voorgesteld voor een ander kind: om en om."
    others = _near_families(respite, child) - 1
    if others:
        verb = "voldoet" if others == 1 else "voldoen"
        yield f"In de buurt {verb} ook {count_families(others)} aan de voorwaarden."


def _weekends(slots: frozenset[Rhythm]) -> str:
    return enumerate_words([rhythm.value for rhythm in WEEKENDS if rhythm in slots])


def _near_families(respite: Respite, child: int) -> int:
    return int(np.count_nonzero(respite.pairs.child[respite.near] == child))


def _about_problems(respite: Respite, child: int) -> Iterator[str]:
    kids, homes = respite.problem.children, respite.problem.families
    family = int(respite.plan.family[child])
    clear = [c for c in range(len(PROBLEMS)) if kids.severity[child, c] >= _CLEAR]
    answers = homes.willingness[family]
    unknown = [c for c in clear if answers[c] == _NOT_ASKED]
    support = [c for c in clear if answers[c] == _WITH_SUPPORT]
    willing = [c for c in clear if c not in unknown and c not in support]
    if willing:
        yield f"Staat open voor {name_problems(willing)}."
    if support:
        yield f"Staat met steun open voor {name_problems(support)}: spreek af wie er bereikbaar is."
    if unknown:
        yield f"Niet gevraagd of het openstaat voor {name_problems(unknown)}: vraag het eerst."


def _about_days(respite: Respite, child: int, found: RespiteRound) -> Iterator[str]:
    family = int(respite.plan.family[child])
    until = respite.problem.families.available_until[family]
    if not np.isnat(until) and until < np.datetime64(found.until):
        yield f"Het gezin is er tot en met {in_words(until)}: dat is korter dan gevraagd."
    if has_uncertain_area(respite.problem, child, family):
        yield uncertain_sentence()


def why_not(respite: Respite, child: int, found: RespiteRound) -> dict[str, Any]:
    """Return why a child has no respite family, and how many families each rule refuses."""
    rules, counts = respite.pairs.rules, respite.pairs.refused[child].copy()
    if respite.own[child] >= 0:  # where the child lives is no family that said no
        counts[[rule.code == recorded_no.RULE.code for rule in rules]] -= 1
    refused = [
        {"code": rules[at].code, "regel": rules[at].label, "gezinnen": int(counts[at])}
        for at in np.argsort(-counts, kind="stable")
        if counts[at]
    ]
    return {"zin": _cause(respite, child, found), "geweigerdPerRegel": refused}


def _cause(respite: Respite, child: int, found: RespiteRound) -> str:
    if not len(respite.problem.families):
        return "Er is in de regio geen gezin dat deeltijd biedt."
    if np.isnan(respite.problem.children.lat[child]):
        return (
            "De postcode van het pleeggezin waar het kind woont staat niet op de kaart: zoek met "
            "de hand."
        )
    near = _near_families(respite, child)
    if near == 1:
        return "Er is 1 gezin in de buurt dat kan, maar dat is voorgesteld voor een ander kind."
    if near:
        return (
            f"Er zijn {near} gezinnen in de buurt die kunnen, maar hun weekenden zijn voorgesteld "
            "voor andere kinderen."
        )
    fitting = np.count_nonzero(respite.pairs.child == child)
    if fitting:
        return (
            f"Wie kan, woont verder weg dan {kilometres(found.radius_km)} van het pleeggezin: "
            f"{count_families(int(fitting))}. Vraag een ronde met een grotere straal als dat mag."
        )
    return (
        "Er is nu geen gezin met een vrij weekend dat aan alle voorwaarden voor dit kind voldoet."
    )
