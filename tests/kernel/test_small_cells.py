"""Small cells: hidden, and never to be had by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.small_cells import SMALLEST, hidden_cells


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60)))
def test_what_is_hidden_cannot_be_worked_out(counts: dict[str, int]) -> None:
    """With the total known, what is hidden together is ten or more, and more than one cell."""
    hidden = hidden_cells(counts)
    assert all(name in hidden for name, count in counts.items() if 0 < count < SMALLEST)
    if not hidden:
        return
    left = sum(counts[name] for name in hidden)
    is_vague = len(hidden) > 1 and left - (len(hidden) - 1) >= SMALLEST
    assert is_vague or hidden == set(counts)


def test_a_table_without_small_cells_is_told_whole() -> None:
    """Also where a cell is empty: nobody is nobody."""
    assert hidden_cells({"a": 10, "b": 0, "c": 400}) == set()


def test_the_smallest_of_the_others_goes_with_it() -> None:
    """One small cell takes one other with it."""
    assert hidden_cells({"a": 3, "b": 40, "c": 12}) == {"a", "c"}
