"""Small Dutch phrases that several rules and reasons share."""

from collections.abc import Sequence

import numpy as np

from app.kernel.words import PROBLEMS, Problem

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

PROBLEM_PHRASES = {
    Problem.EXTERNALISING: "druk of opstandig gedrag",
    Problem.INTERNALISING: "angst of somberheid",
    Problem.ATTACHMENT: "hechtingsproblemen",
    Problem.LEARNING_DISABILITY: "een licht verstandelijke beperking",
    Problem.PSYCHIATRY: "psychiatrische problemen",
    Problem.MEDICAL: "medische zorg",
    Problem.SEXUAL: "seksueel grensoverschrijdend gedrag",
    Problem.RUNNING_AWAY: "weglopen",
    Problem.SUBSTANCES: "gebruik van alcohol of drugs",
}


def in_words(day: np.datetime64) -> str:
    """Return a day as `1 november 2026`."""
    date = day.astype("datetime64[D]").item()
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def enumerate_words(words: Sequence[str]) -> str:
    """Return `a`, `a en b` or `a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def name_problems(columns: Sequence[int]) -> str:
    """Return the problems of some columns of PROBLEMS in words that a parent may read."""
    return enumerate_words([PROBLEM_PHRASES[PROBLEMS[column]] for column in columns])


def count_children(number: int) -> str:
    """Return `1 kind` or `3 kinderen`."""
    return "1 kind" if number == 1 else f"{number} kinderen"


def count_places(number: float) -> str:
    """Return `1 plaats` or `3 plaatsen`."""
    return "1 plaats" if number == 1 else f"{number:.0f} plaatsen"


def count_families(number: int) -> str:
    """Return `1 gezin` or `3 gezinnen`."""
    return "1 gezin" if number == 1 else f"{number} gezinnen"


def percentage(chance: float) -> str:
    """Return a chance as `45%` or `45,5%`."""
    return f"{round(100 * chance, 1):g}%".replace(".", ",")


def count_days(number: float) -> str:
    """Return `1 dag` or `12 dagen`."""
    return "1 dag" if number == 1 else f"{number:.0f} dagen"
