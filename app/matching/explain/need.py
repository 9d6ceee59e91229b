"""What kind of family is missing, when no change of rules that people can make would help."""

import numpy as np

from app.kernel.words import CARE_FORMS
from app.matching.problem import Ints, Problem
from app.matching.rules.phrases import (
    count_children,
    count_families,
    enumerate_words,
    name_problems,
)
from app.matching.rules.willingness import CLEAR


def describe_need(problem: Problem, members: Ints, labels: list[str], number: int) -> str:
    """Return the family that these children need, and how near the nearest come.

    labels: what stands in the way with the nearest families, of which there are so many. None of
    them is proposed.
    """
    verb, things = ("staat", "dit") if len(labels) == 1 else ("staan", "deze dingen")
    return (
        "Soepeler regels helpen hier niet. "
        f"Er is een gezin nodig dat {enumerate_words(_demands(problem, members))}. "
        f"Bij {count_families(number)} {verb} alleen {things} in de weg: {enumerate_words(labels)}."
    )


def _demands(problem: Problem, members: Ints) -> list[str]:
    """Return what the family must be, as Dutch clauses with the verb last."""
    forms = sorted(set(problem.children.care_form[members].tolist()))
    ages = sorted(set(problem.age_in_years()[members].tolist()))
    return [
        f"{enumerate_words([CARE_FORMS[form].value for form in forms])} biedt",
        f"kinderen van {enumerate_words([str(age) for age in ages])} jaar neemt",
        *_care(problem, members),
        *_house(problem, members),
        _room(len(members)),
    ]


def _care(problem: Problem, members: Ints) -> list[str]:
    _, clear = np.nonzero(problem.children.severity[members] >= CLEAR)
    if not len(clear):
        return []
    return [f"hulp wil bieden bij {name_problems(np.unique(clear).tolist())}"]


def _house(problem: Problem, members: Ints) -> list[str]:
    children, found = problem.children, []
    allergic = children.allergies[members].any(axis=0)
    if allergic.any():
        named = [problem.pets[pet] for pet in np.flatnonzero(allergic)]
        found.append(f"geen huisdier heeft waar het kind niet tegen kan ({', '.join(named)})")
    if children.needs_smoke_free[members].any():
        found.append("rookvrij is")
    if children.needs_wheelchair[members].any():
        found.append("een huis heeft dat geschikt is voor een rolstoel")
    if np.isin(problem.excluded.child, members).any():
        found.append("woont buiten de gebieden waar het kind niet mag wonen")
    return found


def _room(number: int) -> str:
    if number == 1:
        return "een vrije plaats heeft"
    return f"{count_children(number)} samen kan opnemen"
