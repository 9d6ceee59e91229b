"""A child's age on a day, and the groups of ages in which figures of a region are told."""

from datetime import date

AGES = (("0–3", 4), ("4–7", 8), ("8–11", 12), ("12–15", 16), ("16+", 99))


def groups_between(youngest: int, oldest: int) -> list[str]:
    """Return the groups of ages that a family from one age to another takes children of."""
    starts = [0, *(below for _, below in AGES)]
    return [
        name
        for start, (name, below) in zip(starts, AGES, strict=False)
        if youngest < below and oldest >= start
    ]


def age_in_years(born_on: date, today: date) -> int:
    """Return whole years."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)


def age_group(years: int) -> str:
    """Return in which group of ages a child is."""
    return next(name for name, below in AGES if years < below)
