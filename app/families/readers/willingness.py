"""Willingness per problem, in the three ways in which the dialects write it.

A problem that is not answered is unknown and stays out of the mapping: not asked is not a no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.families.readers.entries import entries_in
from app.families.readers.fields import Cells, Column, FieldWrong
from app.kernel.reading import is_empty, member, optional, separated, whole_number
from app.kernel.words import PROBLEMS, Problem, Willingness

Answer = tuple[Problem, Willingness]
problem_of = member(Problem)
words_answer = member(Willingness)
_TWICE = "geeft een probleem twee verschillende antwoorden; laat er één staan"
_DIGITS = (Willingness.NO, Willingness.WITH_SUPPORT, Willingness.YES)


def digit_answer(value: object) -> Willingness:
    """Return the willingness behind 2 (yes), 1 (with support) or 0 (no)."""
    return _DIGITS[whole_number(0, 2)(value)]


@dataclass(frozen=True, slots=True)
class WillingnessColumns:
    """A column for each problem, each name beginning with the same prefix."""

    prefix: str
    answer: Callable[[object], Willingness]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the nine columns."""
        return tuple(self.prefix + problem for problem in PROBLEMS)

    def read(self, cells: Cells) -> Mapping[Problem, Willingness]:
        """Return the answers that are filled in; raises FieldWrong."""
        filled = [p for p in PROBLEMS if not is_empty(cells.get(self.prefix + p))]
        return {p: Column(self.prefix + p, self.answer).read(cells) for p in filled}


@dataclass(frozen=True, slots=True)
class WillingnessLists:
    """A column for each answer, holding the problems with a space between them."""

    columns: Mapping[str, Willingness]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns of the answers."""
        return tuple(self.columns)

    def read(self, cells: Cells) -> Mapping[Problem, Willingness]:
        """Return the answers; raises FieldWrong, also for a problem with two answers."""
        found: dict[Problem, Willingness] = {}
        for name, answer in self.columns.items():
            for problem in Column(name, separated(" ", problem_of)).read(cells):
                _add(found, (problem, answer), FieldWrong(name, _TWICE))
        return _in_order(found)


@dataclass(frozen=True, slots=True)
class WillingnessEntries:
    """A list of entries, each with a problem and an answer."""

    name: str
    problem: str
    answer: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of the list."""
        return (self.name,)

    def read(self, cells: Cells) -> Mapping[Problem, Willingness]:
        """Return the answers; raises FieldWrong, also for a problem with two answers."""
        found: dict[Problem, Willingness] = {}
        for entry in entries_in(self.name, cells):
            problem = entry.read(Column(self.problem, problem_of))
            answer = entry.read(Column(self.answer, optional(words_answer)))
            if answer is not None:
                _add(found, (problem, answer), entry.wrong(self.problem, _TWICE))
        return _in_order(found)


def _add(found: dict[Problem, Willingness], answer: Answer, twice: FieldWrong) -> None:
    problem, willingness = answer
    if found.setdefault(problem, willingness) is not willingness:
        raise twice


def _in_order(found: Mapping[Problem, Willingness]) -> Mapping[Problem, Willingness]:
    return {problem: found[problem] for problem in PROBLEMS if problem in found}
