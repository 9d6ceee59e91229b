"""What a person should know of the input of a run, although nothing was refused for it."""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Problem
from app.proposals.assemble import Assembled

SCREENING_DAYS = 13 * 7  # a network family may begin while screening runs, so long at most


def find_notices(problem: Problem, policy: Policy, assembled: Assembled) -> list[dict[str, object]]:
    """Return the warnings of a problem, each with the number that it is about."""
    found = (
        *_policy(policy, problem.snapshot_day.astype(object)),
        *_corrected(assembled.corrected),
        *_unknown_networks(assembled.unknown_networks),
        *_questions(assembled.sibling_questions),
        *_screening(problem),
        *_networks(problem),
        *_areas(problem),
        *_holds(problem),
        *_alone(problem),
    )
    half = [_notice("", one.sentence(), file=one.file) for one in assembled.half_stored]
    return half + [_notice(field, message) for field, message in found]


def _notice(field: str, message: str, *, file: str = "") -> dict[str, object]:
    return {"bestand": file, "rij": 0, "veld": field, "melding": message}


def _networks(problem: Problem) -> Iterator[tuple[str, str]]:
    families = problem.families
    for i in np.flatnonzero(families.for_child == -2):
        yield (
            "netwerkVoor",
            f"Netwerkgezin {families.reference[i]} is er voor een kind dat hier niet wacht: "
            "het wordt niet voorgesteld. Ga na of het aanmeldnummer klopt.",
        )
    told_by_child = set(np.flatnonzero(problem.children.network_family >= 0))
    for i in np.flatnonzero(families.for_child >= 0):
        child = int(families.for_child[i])
        if child not in told_by_child:
            yield (
                "netwerkgezin",
                f"Gezin {families.reference[i]} is volgens zijn aanbieder het netwerkgezin van "
                f"{problem.children.number[child]}, maar die aanmelding noemt het niet. Ga na wie "
                "gelijk heeft.",
            )


def _areas(problem: Problem) -> Iterator[tuple[str, str]]:
    for numbers, lat, what in (
        (problem.children.number, problem.children.lat, "Kind"),
        (problem.families.reference, problem.families.lat, "Gezin"),
    ):
        for i in np.flatnonzero(np.isnan(lat)):
            yield (
                "postcode",
                f"{what} {numbers[i]}: het gebied van deze postcode is onbekend, dus afstanden "
                "zijn onzeker. Ga na of de postcode klopt.",
            )


def _holds(problem: Problem) -> Iterator[tuple[str, str]]:
    for i in np.flatnonzero(problem.groups.on_hold):
        yield (
            "broersZussen.wens",
            f"Groep {problem.groups.code[i]} staat op navragen (verschillende wensen, of een "
            "geweigerde aanmelding): deze kinderen worden niet voorgesteld tot dat is opgelost.",
        )


def _alone(problem: Problem) -> Iterator[tuple[str, str]]:
    known = problem.placed_siblings.child
    for i, code in enumerate(problem.groups.code):
        is_alone = len(problem.members(i)) == 1 and not problem.groups.on_hold[i]
        if is_alone and not np.isin(problem.members(i), known).any():
            number = problem.children.number[int(problem.members(i)[0])]
            yield (
                "broersZussen.groep",
                f"Van groep {code} wacht alleen {number}: het kind is gematcht als een kind "
                "alleen. Ga na waar de broers en zussen zijn.",
            )


def _policy(policy: Policy, snapshot_day: date) -> Iterator[tuple[str, str]]:
    if policy.valid_from > snapshot_day:
        yield (
            "beleid",
            f"Beleid {policy.name} geldt pas vanaf {policy.valid_from.isoformat()}, na de "
            "peildatum. Ga na of dit het goede beleid is.",
        )


def _corrected(found: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    for number, fields in found:
        yield (
            "correctie",
            f"Aanmelding {number}: sinds de vorige matchrun gecorrigeerd: {', '.join(fields)}. "
            "Deze run rekent met de nieuwe waarde; vergelijk de voorstellen.",
        )


def _unknown_networks(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for number, family in named:
        yield (
            "netwerkgezin",
            f"Aanmelding {number} noemt netwerkgezin {family}, maar geen aanbieder kent het als "
            "netwerkgezin van dit kind. Vraag het na: zonder gezin kan het netwerk niet voorgaan.",
        )


def _questions(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for one, other in pairs:
        yield (
            "broersZussen.wensenPerKind",
            f"Over {one} en {other} zijn wensen gemeld die niet samengaan: vraag na wat geldt. Tot "
            "dan worden zij, en wie bij hen moet blijven, niet voorgesteld.",
        )


def _screening(problem: Problem) -> Iterator[tuple[str, str]]:
    begun = problem.begun
    late = problem.snapshot_day - begun.since > np.timedelta64(SCREENING_DAYS, "D")
    for child in begun.child[begun.in_network & late]:
        yield (
            "woontBijNetwerkgezinSinds",
            f"Kind {problem.children.number[child]} woont al langer dan 13 weken bij zijn "
            "netwerkgezin: rond de screening af, of leg vast dat het anders gaat.",
        )
