"""The comparison itself: a wrong figure, one hidden for nothing, one that points at some."""

from typing import Any

import pytest

from tests.figures.asking import Query, compare
from tests.figures.walking import Leaf, leaves_of

_PARTS = {
    "type": "object",
    "properties": {
        "delen": {
            "type": "array",
            "items": {
                "properties": {
                    "groep": {"type": "string"},
                    "aantal": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                }
            },
        }
    },
}


def walked(**shown: int | None) -> list[Leaf]:
    """Return the figures of an answer with parts."""
    told = {"delen": [{"groep": name, "aantal": count} for name, count in shown.items()]}
    return list(leaves_of(_PARTS, told))


def judge(leaves: list[Leaf], rule: str = "parts", **counted: int) -> None:
    """Compare parts with what was counted."""
    rows = [{"groep": name, "aantal": count} for name, count in counted.items()]
    compare(leaves, [Query("delen[]", "", rule), "aantal", rows], ["delen[].aantal"])


def test_what_is_right_is_let_by() -> None:
    """Also what is hidden because it is small, with as much as hides it."""
    leaves = walked(a=12, b=None, c=None, d=0)
    assert [(one.pattern, one.about["groep"], one.line) for one in leaves[:1]] == [
        ("delen[].aantal", "a", ".delen")
    ]
    judge(leaves, a=12, b=2, c=7)


@pytest.mark.parametrize(
    ("shown", "counted"),
    [
        ({"a": 12}, {"a": 13}),  # another number
        ({"a": 12, "b": 3}, {"a": 12, "b": 3}),  # small, and told
        ({"a": None, "b": 9}, {"a": 12, "b": 9}),  # hidden, and nothing small
        ({"a": 12, "b": None}, {"a": 12, "b": 2}),  # hidden, and to be worked out
        ({"a": 12}, {"a": 12, "b": 9}),  # left out
        ({"a": 12, "b": 6}, {"a": 12}),  # of nobody
    ],
)
def test_what_is_wrong_is_refused(shown: Any, counted: Any) -> None:
    """One by one."""
    with pytest.raises(AssertionError):
        judge(walked(**shown), **counted)


def test_what_stands_alone_is_hidden_only_where_it_is_small() -> None:
    """And never where all is told."""
    judge(walked(a=None, b=8), "alone", a=4, b=8)
    with pytest.raises(AssertionError):
        judge(walked(a=None, b=8), "alone", a=6, b=8)
    with pytest.raises(AssertionError):
        judge(walked(a=None, b=8), "never", a=4, b=8)
