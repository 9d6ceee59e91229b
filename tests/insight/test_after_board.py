"""Which counts of breakdown records are hidden: a record may name several reasons."""

from itertools import combinations, pairwise

import pytest

from app.insight.after_board import named_often

NAMES = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("counts", "every", "shown"),
    [
        ({}, 0, (0, 0, 0, 0)),
        ({"a": 3}, 3, (None,) * 4),
        ({"a": 12, "b": 9, "c": 8}, 20, (12, 9, 8, 0)),
        # One that few name, and one that few do not name; each takes another one along.
        ({"a": 12, "b": 9, "c": 2}, 20, (12, None, None, 0)),
        ({"a": 18, "b": 9, "c": 8}, 20, (None, 9, None, 0)),
        ({"a": 20, "b": 9, "c": 8}, 20, (20, 9, 8, 0)),
        ({"a": 18, "b": 2}, 20, (None, None, 0, 0)),
    ],
)
def test_a_count_is_hidden_where_few_name_it_or_few_do_not(
    counts: dict[str, int], every: int, shown: tuple[int | None, ...]
) -> None:
    """What all name, and what nobody names, points at nobody."""
    told = named_often(counts, every, NAMES)
    assert [one.name for one in told] == list(NAMES)
    assert tuple(one.count for one in told) == shown


def test_where_each_names_one_no_small_count_is_worked_out() -> None:
    """Every way to share twelve records over four reasons: what is hidden may be another number."""
    for cuts in combinations(range(15), 3):
        bounds = (-1, *cuts, 15)
        counts = [high - low - 1 for low, high in pairwise(bounds)]
        told = named_often(dict(zip(NAMES, counts, strict=True)), 12, NAMES)
        away = [count for count, one in zip(counts, told, strict=True) if one.count is None]
        assert all(one.count is None or one.count == 0 or 5 <= one.count <= 7 or one.count == 12
                   for one in told)  # fmt: skip
        assert not away or len(away) > 1
        assert not away or sum(away) >= 5
