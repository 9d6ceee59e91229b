"""Terms: the last day that something must be there, and the first on which it may go."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rights.service import three_months_after
from app.rights.terms import Term, load_terms

TWENTY = Term("x", "x", 20, None, "", "")
FIVE = Term("x", "x", 5, None, "", "")
TERMS = [term for term in load_terms().classes.values() if not term.stays]


def test_a_file_is_kept_for_twenty_years() -> None:
    """Jeugdwet 7.3.8; the log for five (NEN 7513)."""
    classes = load_terms().classes
    assert (classes["dossier"].years, classes["logboek"].years) == (20, 5)
    assert all(term.ground and term.since for term in classes.values())


@pytest.mark.parametrize(
    ("day", "until"),
    [(date(2006, 6, 20), date(2026, 6, 20)), (date(2004, 2, 29), date(2024, 2, 29))],
)
def test_twenty_years_later(day: date, until: date) -> None:
    """A leap day comes back after twenty years."""
    assert TWENTY.keep_until(day) == until


def test_a_leap_day_is_never_kept_a_day_too_short() -> None:
    """Five years after 29 February there is none: kept with 1 March, not without."""
    assert FIVE.keep_until(date(2024, 2, 29)) == date(2029, 3, 1)


@given(st.sampled_from(TERMS), st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(-3, 3))
def test_the_limit_and_the_last_day_say_the_same(term: Term, today: date, off: int) -> None:
    """What lies before the limit is over its last day, and nothing else is."""
    limit = term.limit(today)
    assert limit is not None
    day = limit.date() + timedelta(days=off)
    until = term.keep_until(day)
    assert until is not None
    assert (until < today) == (day < limit.date())


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_three_months(asked: date, due: date) -> None:
    """The last day of a shorter month, over a year's end as well."""
    assert three_months_after(asked) == due
