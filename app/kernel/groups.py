"""The groups by which the service looks whether it treats children alike.

Only what a registration holds anyway; ethnicity is never stored, and nothing stands in for it.
"""

from collections.abc import Iterable

AGES = ((4, "0 t/m 3"), (8, "4 t/m 7"), (12, "8 t/m 11"), (16, "12 t/m 15"), (99, "16 en ouder"))
WITH_DISABILITY, WITHOUT_DISABILITY = "met beperking", "zonder beperking"
WITH_SIBLINGS, WITHOUT_SIBLINGS = "met broers of zussen", "alleen"


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names of groups, each once: ages as they rise, others by the alphabet."""
    ages = [name for _, name in AGES]
    return sorted(set(names), key=lambda name: (ages.index(name) if name in ages else -1, name))


def age_group(years: float) -> str:
    """Return in which group of ages a child is."""
    return next(name for below, name in AGES if years < below)


def disability_group(*, has_one: bool) -> str:
    """Return the group; has_one: a wheelchair is needed, or a mild learning disability plays."""
    return WITH_DISABILITY if has_one else WITHOUT_DISABILITY


def sibling_group(*, has_some: bool) -> str:
    """Return the group; has_some: registered together with brothers or sisters."""
    return WITH_SIBLINGS if has_some else WITHOUT_SIBLINGS
