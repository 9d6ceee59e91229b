"""Counts that point at nobody."""

from datetime import date
from itertools import product
from random import Random

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


def test_of_a_small_total_no_group_is_named() -> None:
    """One child, one group: its name alone would say where that child is."""
    assert grouped([("opvoeding", 3.0)]) == []
    assert grouped([("opvoeding", 3.0), ("crisis", 1.0), ("crisis", 2.0)]) == []


def test_groups_of_one_each_are_not_named() -> None:
    """Five of five hidden groups are one each: hiding the numbers would hide nothing."""
    assert grouped([(name, 1.0) for name in "abcde"]) == []


@cases(40, soak=400)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 900))))
def test_a_hidden_group_cannot_be_worked_out(pairs: list[tuple[str, int]]) -> None:
    """Never one hidden group alone: the total would give it away. Whatever the numbers."""
    groups = grouped(pairs)
    hidden = [group for group in groups if group.is_small]
    left = len(pairs) - sum(group.count or 0 for group in groups)
    assert all((group.count or 0) >= FEW for group in groups if not group.is_small)
    if not groups:
        assert not pairs or left - (len({name for name, _ in pairs}) - 1) < FEW
        return
    assert {group.name for group in groups} == {name for name, _ in pairs}
    if hidden:
        assert len(hidden) > 1
        assert left - (len(hidden) - 1) >= FEW


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


def possible(shown: dict[str, int | None], total: int) -> list[set[int]]:
    """Return what each hidden cell may be, for who knows the total and sees what is shown.

    One of them is small; and where anything is shown, none of them is empty.
    """
    away = [key for key in shown if shown[key] is None]
    left = total - sum(count or 0 for count in shown.values())
    least = 1 if len(away) < len(shown) else 0
    drawn = [
        guess
        for guess in product(range(least, left + 1), repeat=len(away))
        if sum(guess) == left and any(0 < count < FEW for count in guess)
    ]
    return [set(several) for several in zip(*drawn, strict=True)]


@cases(15, soak=200)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4))
def test_who_knows_the_total_finds_no_hidden_cell(numbers: list[int]) -> None:
    """Every table is tried that would look the same: a hidden cell is never one number."""
    shown = told_cells(dict(zip("abcd", numbers, strict=False)))
    assert all(len(several) > 1 for several in possible(shown, sum(numbers)))


@pytest.mark.parametrize("counts", [{"a": 1, "b": 0, "c": 0}, {"a": 2, "b": 2, "c": 0}])
def test_of_a_small_total_no_zero_is_told(counts: dict[str, int]) -> None:
    """Beside zeros the only hidden cell would be the child."""
    assert set(told_cells(counts).values()) == {None}


@cases(40, soak=400)
@given(COUNTS)
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts: dict[str, int]) -> None:
    """Two parts at least, with room for each to be FEW; none are hidden without need."""
    shown = told_cells(counts)
    away = [key for key in counts if shown[key] is None]
    assert all(shown[key] in (None, counts[key]) for key in counts)
    assert {key for key, count in counts.items() if 0 < count < FEW} <= set(away)
    if away and len(away) < len(counts):
        assert len(away) >= 2
        assert sum(counts[key] for key in away) - (len(away) - 1) >= FEW
        assert all(counts[key] for key in away)
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
            if away and len(away) < len(line):
                assert len(away) >= 2
                assert sum(cells[cell] for cell in away) - (len(away) - 1) >= FEW
    assert all(shown[cell] in (None, count) for cell, count in cells.items())
    assert shown == _looked_at_again(cells)


def test_a_table_with_little_hides_as_the_plain_way_does() -> None:
    """Small numbers everywhere, so that much has to be hidden after the first."""
    for seed in range(60):
        draw = Random(seed)
        cells = {(r, c): draw.choice((0, 2, 3, 6, 20)) for r in range(6) for c in range(3)}
        assert hidden_table(cells) == _looked_at_again(cells), seed


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
            rest = [cell for cell in line if shown[cell] is not None]
            enough = len(away) > 1 and sum(cells[cell] for cell in away) - len(away) + 1 >= FEW
            if away and rest and not enough:
                shown[min(rest, key=lambda cell: (not cells[cell], cells[cell]))] = None
                return True
        return False

    while hide_one():
        pass
    return shown


def test_a_column_of_which_the_total_is_hidden_tells_it_nowhere() -> None:
    """Free places in two municipalities would add up to the total that is hidden beside."""
    cells = {("a", "vrij"): 9, ("b", "vrij"): 8, ("a", "bezet"): 20, ("b", "bezet"): 30,
             ("a", "vast"): 30, ("b", "vast"): 30}  # fmt: skip
    shown = hidden_table(cells, {"vrij"})
    assert all(shown[cell] is None for cell in cells if cell[1] == "vrij")
    for row in "ab":  # nor by what its row has in all
        assert [shown[cell] for cell in cells if cell[0] == row].count(None) > 1


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
