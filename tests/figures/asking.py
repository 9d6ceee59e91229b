"""A query of the test's own for a place in an answer, and how the two are compared."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.figures.walking import Leaf
from tests.insight.past import SMALL

Row = Mapping[str, Any]
Ask = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True)
class Query:
    """Figures of one object, or of every item of a list, counted straight from the tables.

    at: the place in the answer, "" for the answer itself, ending in [] for a list. rows: SQL, or
    what works figures out from rows of SQL where the database cannot (a curve, an interval). Its
    columns are called as the figures there; the other columns say of which item they are.
    rule: which counts are hidden. "parts": they add up to a whole, so a small one takes others
    along; "alone": each by itself; "never": all are told; "two ways": they add up to two wholes,
    of which another test judges which are hidden. by: how far a rounded figure may be off.
    few: smaller counts are hidden. more: it also tells of what is not on the board, or is not told
    there because of other counts (months of a curve; of a group, how many were asked).
    file: it is no count of the region but a constant, compared with this file.
    """

    at: str
    rows: str | Callable[[Ask], Iterable[Row]]
    rule: str = "parts"
    by: float = 1e-6
    few: int = SMALL
    more: bool = False
    file: str = ""

    def within(self, part: str) -> "Query":
        """Return the same query for an answer that has this one as a part."""
        return replace(self, at=f"{part}.{self.at}" if self.at else part)

    def asked(self, ask: Ask) -> list[Row]:
        """Return the rows."""
        if callable(self.rows):
            return list(self.rows(ask))
        return [row._mapping for row in ask(self.rows)]

    def place_of(self, figure: str) -> str:
        """Return the place of a figure."""
        return f"{self.at}.{figure}".lstrip(".")


def answered(queries: Sequence[Query], ask: Ask, patterns: Iterable[str]) -> dict[str, list[Any]]:
    """Return of each place its query with the name of the figure and the rows."""
    wanted, found = set(patterns), {}
    for query in queries:
        rows = query.asked(ask)
        assert rows, f"{query.at}: no row"
        for figure in rows[0]:
            if query.place_of(figure) in wanted:
                assert query.place_of(figure) not in found, f"{figure} of {query.at} twice"
                found[query.place_of(figure)] = [query, figure, rows]
    return found


def compare(leaves: Sequence[Leaf], queried: Sequence[Any], figures: Iterable[str]) -> None:
    """Assert that the figures of one place are those of its query, hidden only where they must."""
    query, figure, rows = queried
    keys = [name for name in rows[0] if query.place_of(name) not in set(figures)]
    counted = {tuple(_text(row[key]) for key in keys): row[figure] for row in rows}
    assert len(counted) == len(rows), (query.at, figure, keys)
    lines: dict[str, dict[Any, Leaf]] = defaultdict(dict)
    for leaf in leaves:
        lines[leaf.line][tuple(_text(leaf.about[key]) for key in keys)] = leaf
    shown = {key for line in lines.values() for key in line}
    missing = {key: count for key, count in counted.items() if count and key not in shown}
    if lines and not query.more:
        assert not missing, f"{query.place_of(figure)} has no {missing}"
    for line in lines.values():
        _compare_line(query, figure, line, {key: counted.get(key) for key in line})


def _compare_line(query: Query, figure: str, line: Mapping[Any, Leaf], counted: Any) -> None:
    for key, leaf in line.items():
        where = f"{query.place_of(figure)} of {key}"
        if leaf.value is not None:
            assert float(leaf.value) == pytest.approx(float(counted[key] or 0), abs=query.by), (
                f"{where}: {leaf.value}, not {counted[key]}"
            )
    if not any(isinstance(count, int) for count in counted.values()):
        for key, leaf in line.items():
            if leaf.value is None and counted[key] is not None and not query.more:
                _require_hidden(leaf, f"{query.place_of(figure)} of {key}: {counted[key]}")
    elif query.rule == "parts" and query.at.endswith("[]"):
        _require_parts(query, {k: leaf.value for k, leaf in line.items()}, counted)
    else:
        _each(query, figure, line, counted)


def _require_parts(query: Query, shown: Mapping[Any, Any], counted: Mapping[Any, Any]) -> None:
    """Assert that small parts are hidden, with so many others that none can be worked out."""
    away = {key for key, value in shown.items() if value is None}
    hidden = [counted[key] or 0 for key in away]
    small = {key for key, count in counted.items() if 0 < (count or 0) < query.few}
    assert small <= away, (query.at, small - away)
    assert small or not away, (query.at, away)
    assert not away or len(away) == len(shown) or (len(away) > 1 and sum(hidden) >= query.few)


def _each(query: Query, figure: str, line: Mapping[Any, Leaf], counted: Any) -> None:
    for key, leaf in line.items():
        where, count = f"{query.place_of(figure)} of {key}: {counted[key]}", counted[key] or 0
        if query.rule == "never":
            assert leaf.value is not None or counted[key] is None, where
        elif query.rule == "alone":
            assert (leaf.value is None) == (0 < count < query.few), where
        else:
            assert leaf.value is None or not 0 < count < query.few, where


def _require_hidden(leaf: Leaf, where: str) -> None:
    """Assert that a measure is not told because the count beside it is not."""
    counts = [one for name, one in leaf.beside.items() if name in COUNTS]
    assert counts and None in counts, where


# What says of how many a measure beside it is.
COUNTS = ("aantal", "plaatsingen", "kinderen", "wachtenden", "afgebroken")


def _text(value: Any) -> str:
    return str(value)
