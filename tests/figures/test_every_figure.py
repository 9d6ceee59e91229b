"""Every figure of every board equals a query of the test's own; one without a query fails here."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.figures.asking import answered, compare
from tests.figures.boards import BOARDS, NO_BOARDS
from tests.figures.constants import is_name
from tests.figures.walking import Leaf, contract, leaves_of, patterns_of, schema_of

Read = Callable[[str], Any]
_PURPOSES = Path(__file__).parents[2] / "app" / "audit" / "doelen.toml"
_OF_BOARDS = ("verantwoorden", "leren van uitkomsten")
# What no region that is filled here has, and why.
_NEVER_TOLD: dict[str, str] = {
    "leesKalibratie teltNietMee.zonderFeiten": "op dit bord telt die bij zonderKans",
    "leesKalibratie teltNietMee.onleesbaar": "op dit bord telt die bij zonderKans",
    "leesKalibratie teltNietMee.later": "geen plaatsing begint na vandaag",
}


def figures_of(operation: str) -> list[str]:
    """Return the place of every figure that a board may answer; names of rows are none."""
    return [one for one in patterns_of(schema_of(operation)) if not is_name(one)]


def leaves(operation: str, read: Read) -> dict[str, list[Leaf]]:
    """Return the figures of a board by their place."""
    found: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves_of(schema_of(operation), read(BOARDS[operation].path)):
        if not is_name(leaf.pattern):
            found[leaf.pattern].append(leaf)
    return found


def test_every_board_is_known() -> None:
    """Whatever is read to account for the region or to learn of it: a board, or why it is none."""
    purposes = tomllib.loads(_PURPOSES.read_text("utf-8"))
    named = {one for purpose in _OF_BOARDS for one in purposes[purpose]["contract"]}
    reading = {path["get"]["operationId"] for path in contract()["paths"].values() if "get" in path}
    assert named & reading == BOARDS.keys() | NO_BOARDS.keys()


@pytest.mark.parametrize("operation", BOARDS)
def test_every_figure_has_a_query(operation: str, ask: Any) -> None:
    """By the contract, so also one that is empty here: a new figure comes with its query."""
    figures = figures_of(operation)
    queried = answered(BOARDS[operation].queries, ask, figures)
    assert sorted(figures) == sorted(queried)


@pytest.mark.parametrize("operation", BOARDS)
def test_every_figure_equals_its_query(operation: str, ask: Any, read: Read) -> None:
    """Counts, measures and what is hidden."""
    figures = figures_of(operation)
    found = leaves(operation, read)
    for pattern, queried in answered(BOARDS[operation].queries, ask, figures).items():
        compare(found[pattern], queried, figures)


def test_nearly_every_figure_is_told_and_more_than_nothing(read: Read) -> None:
    """Else the comparison would prove little: of each place one at least, and most of them all."""
    every = {operation: leaves(operation, read) for operation in BOARDS}
    empty = {
        f"{operation} {pattern}"
        for operation, found in every.items()
        for pattern in figures_of(operation)
        if not any(leaf.value for leaf in found.get(pattern, ()))
    }
    assert empty == _NEVER_TOLD.keys()
    values = [leaf.value for found in every.values() for some in found.values() for leaf in some]
    assert sum(bool(value) for value in values) > 0.8 * len(values)
