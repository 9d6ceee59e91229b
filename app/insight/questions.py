"""The questions of the self-evaluation, from their dated file, and what answers count for."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("vragenlijst.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; points: each answer that may be given, with what it counts for (0 to 1)."""

    number: int
    text: str
    points: Mapping[str, float]
    takes_several: bool

    def score(self, answers: Sequence[str]) -> float:
        """Return what answers count for; of several the best."""
        return max((self.points[answer] for answer in answers), default=0.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions that belong together."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions of one version."""

    version: str
    as_of: date
    source: str
    themes: tuple[Theme, ...]

    @property
    def questions(self) -> dict[int, Question]:
        """Return the questions by number, in order."""
        return {one.number: one for theme in self.themes for one in theme.questions}


@cache
def questionnaire() -> Questionnaire:
    """Return the questions as the file has them."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return Questionnaire(
        told["versie"],
        told["bijgewerkt_op"],
        told["herkomst"],
        tuple(
            Theme(theme["sleutel"], theme["thema"], tuple(_questions(theme, told["antwoorden"])))
            for theme in told["themas"]
        ),
    )


def _questions(theme: dict[str, list[dict[str, object]]], sets: object) -> Iterator[Question]:
    assert isinstance(sets, dict)  # noqa: S101
    for one in theme["vragen"]:
        yield Question(
            int(str(one["nummer"])),
            str(one["vraag"]),
            sets[one["antwoorden"]],
            bool(one.get("meer", False)),
        )
