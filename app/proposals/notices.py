"""What a person should know of the input of a run, although nothing was refused for it."""

from collections.abc import Iterator

import numpy as np

from app.matching.problem import Problem


def find_notices(problem: Problem) -> list[dict[str, object]]:
    """Return the warnings of a problem, each with the number that it is about."""
    return [
        {"bestand": "", "rij": 0, "veld": field, "melding": message}
        for field, message in (*_networks(problem), *_areas(problem), *_holds(problem))
    ]


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
            f"Groep {problem.groups.code[i]} heeft verschillende wensen (navragen): deze kinderen "
            "worden niet voorgesteld tot iemand heeft geantwoord.",
        )
