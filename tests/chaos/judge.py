"""The judge of a chaos: questions of its own to the tables, beside what was acknowledged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.chaos.journal import Journal

Rows = list[tuple[Any, ...]]


@dataclass(slots=True)
class Verdict:
    """What was found: acknowledged and gone, there more often than acknowledged, half there."""

    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing at all was found."""
        return not (self.missing or self.doubled or self.broken)


@dataclass(slots=True)
class Judge:
    """A connection past every rule on rows, what was acknowledged, and the verdict so far."""

    connection: psycopg.Connection[Any]
    journal: Journal
    verdict: Verdict = field(default_factory=Verdict)

    def ask(self, question: str) -> Rows:
        """Return the rows of an SQL question."""
        return self.connection.execute(question).fetchall()  # type: ignore[call-overload]

    def number(self, question: str) -> int:
        """Return the one number that an SQL question gives."""
        return int(self.ask(question)[0][0])

    def same(self, what: str, told: Iterable[Any], stored: Iterable[Any]) -> None:
        """Compare what was acknowledged with what stands there, one for one."""
        acknowledged, there = Counter(list(told)), Counter(list(stored))
        self.verdict.counted[what] = sum(acknowledged.values())
        self.verdict.missing += [f"{what} {key}" for key in (acknowledged - there)]
        self.verdict.doubled += [f"{what} {key}" for key in (there - acknowledged)]

    def none(self, what: str, question: str) -> None:
        """Note each row of a question that may have none."""
        self.verdict.broken += [f"{what}: {row}" for row in self.ask(question)]

    def equal(self, what: str, one: object, other: object) -> None:
        """Note two numbers that should be the same."""
        if one != other:
            self.verdict.broken.append(f"{what}: {one} is not {other}")
