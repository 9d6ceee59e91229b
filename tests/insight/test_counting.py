"""Counts that point at nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insight.counting import grouped, hidden_table, percentile
from app.kernel.ages import age_group, age_in_years
from app.kernel.small_cells import FEW, told, told_cells
from tests.cases import cases


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (60, 60)])
def test_a_small_count_is_not_told(count: int, shown: int | None) -> None:
    """None at all is told: it points at nobody."""
    assert told(count) == shown


@cases(40, soak=400)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 900))))
def test_a_hidden_group_cannot_be_worked_out(pairs: list[tuple[str, int]]) -> None:
    """Never one hidden group alone: the total would give it away. Whatever the numbers."""
    groups = grouped(pairs)
    hidden = [group for group in groups if group.is_small]
    assert len(hidden) != 1 or len(groups) == 1
    assert all((group.count or 0) >= FEW for group in groups if not group.is_small)
    assert {group.name for group in groups} == {name for name, _ in pairs}
    assert sum(group.count or 0 for group in groups) <= len(pairs)


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


@cases(40, soak=400)
@given(COUNTS)
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts: dict[str, int]) -> None:
    """Two parts at least, that hold FEW together; none are hidden without need."""
    shown = told_cells(counts)
    away = [key for key in counts if shown[key] is None]
    assert all(shown[key] in (None, counts[key]) for key in counts)
    assert all(shown[key] == 0 for key, count in counts.items() if count == 0)
    assert {key for key, count in counts.items() if 0 < count < FEW} <= set(away)
    if away and any(shown[key] for key in counts):
        assert len(away) >= 2
        assert sum(counts[key] for key in away) >= FEW
    if all(told(count) is not None for count in counts.values()):
        assert not away


@cases(40, soak=400)
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_table_gives_nothing_away_in_either_direction(rows: list[list[int]]) -> None:
    """Each row and each column is a whole by itself."""
    cells = {(r, c): count for r, row in enumerate(rows) for c, count in enumerate(row)}
    shown = hidden_table(cells)
    for axis in (0, 1):
        for name in {cell[axis] for cell in cells}:
            line = [cell for cell in cells if cell[axis] == name]
            away = [cell for cell in line if shown[cell] is None]
            if away and any(shown[cell] for cell in line):
                assert len(away) >= 2
                assert sum(cells[cell] for cell in away) >= FEW
    assert all(shown[cell] in (None, count) for cell, count in cells.items())
    assert shown == _looked_at_again(cells)


def _looked_at_again(cells: dict[tuple[int, int], int]) -> dict[tuple[int, int], int | None]:
    """The same by the plain way: after each that is hidden every line anew, rows first."""
    shown = {cell: told(count) for cell, count in cells.items()}
    lines = [
        [cell for cell in cells if cell[axis] == name]
        for axis in (0, 1)
        for name in dict.fromkeys(cell[axis] for cell in cells)
    ]

    def hide_one() -> bool:
        for line in lines:
            away = [cell for cell in line if shown[cell] is None]
            rest = [cell for cell in line if shown[cell]]
            enough = len(away) > 1 and sum(cells[cell] for cell in away) >= FEW
            if away and rest and not enough:
                shown[min(rest, key=cells.__getitem__)] = None
                return True
        return False

    while hide_one():
        pass
    return shown


def test_groups_come_with_their_median_the_largest_first() -> None:
    """Days of each group; the order of a table."""
    pairs = [("a", 1.0)] * 5 + [("b", 10.0)] * 3 + [("b", 20.0)] * 4
    assert [(g.name, g.count, g.median_days) for g in grouped(pairs)] == [
        ("b", 7, 20.0),
        ("a", 5, 1),
    ]


@pytest.mark.parametrize(
    ("values", "share", "found"), [([], 0.9, None), ([3], 0.9, 3), (list(range(1, 11)), 0.9, 9)]
)
def test_nine_of_ten(values: list[int], share: float, found: float | None) -> None:
    """Nearest rank: a value that really occurred."""
    assert percentile(values, share) == found


@pytest.mark.parametrize(
    ("born", "group"),
    [(date(2026, 1, 1), "0–3"), (date(2022, 11, 29), "0–3"), (date(2008, 1, 1), "16+")],
)
def test_ages_in_groups(born: date, group: str) -> None:
    """By birthdays that have passed."""
    assert age_group(age_in_years(born, date(2026, 11, 28))) == group
