"""Numbers that stand on more than one row."""

import pytest

from app.kernel.repeats import by_number, other_rows

ROWS = ("rij", "rijen")


def test_same_numbers_together():
    """Rows with one number come together in their order; rows without one stay alone."""
    found = [("a", 1), ("", 2), ("b", 3), ("a", 4), ("", 5)]
    groups = by_number(found, lambda row: row[0])
    assert sorted(groups) == [[("", 2)], [("", 5)], [("a", 1), ("a", 4)], [("b", 3)]]


@pytest.mark.parametrize(
    ("row", "rows", "named"),
    [
        (2, [2, 5], "rij 5"),
        (5, [2, 5], "rij 2"),
        (5, [2, 5, 9], "rijen 2 en 9"),
        (2, [2, 3, 4, 5, 6, 7], "rijen 3, 4, 5, 6 en 7"),
        (2, [2, 3, 4, 5, 6, 7, 8, 9], "rijen 3, 4, 5, 6, 7 en 2 andere"),
        (9, [2, 3, 4, 5, 6, 7, 8, 9], "rijen 2, 3, 4, 5, 6 en 2 andere"),
    ],
)
def test_other_rows(row: int, rows: list[int], named: str):
    """The lowest other rows are named and the rest counted, so that a sentence stays one."""
    assert other_rows(row, rows, words=ROWS) == named
