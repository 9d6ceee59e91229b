"""Parsers of days and instants in the styles that the files use."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.clock import AMSTERDAM
from app.kernel.reading import Unreadable
from app.kernel.reading_days import DayStyle, day, instant

DUTCH, ISO, COMPACT = DayStyle.DUTCH, DayStyle.ISO, DayStyle.COMPACT
WRITTEN = {DUTCH: "%d-%m-%Y", ISO: "%Y-%m-%d", COMPACT: "%Y%m%d"}


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(DayStyle))
def test_every_day_survives_its_own_style(written: date, style: DayStyle):
    """A day that is written in a style is read back as the same day."""
    assert day(style)(written.strftime(WRITTEN[style])) == written


@pytest.mark.parametrize(
    ("style", "value"),
    [
        (DUTCH, "2026-08-29"), (DUTCH, "31-02-2026"), (DUTCH, "29-08-26"), (DUTCH, "45-13-2026"),
        (ISO, "29-08-2026"), (ISO, "2026-8-29"), (ISO, "2026-08-29T00:00"), (ISO, "0"),
        (COMPACT, "202608"), (COMPACT, "45-13-2026"), (COMPACT, "20261301"), (COMPACT, 20260829),
        (ISO, 0), (ISO, 46000.0), (ISO, None), (ISO, True), (ISO, "1026-08-29"),
        (ISO, "٢٠٢٦-08-29"),
    ],
)  # fmt: skip
def test_what_is_no_day(style: DayStyle, value: object):
    """Another style, a day that does not exist, and any number are refused."""
    with pytest.raises(Unreadable, match="datum"):
        day(style)(value)


def test_more_styles_in_one_column():
    """A column may hold more styles, and real dates; the message then names each style."""
    parse = day(DUTCH, ISO)
    assert parse("01-02-2026") == parse("2026-02-01") == parse(date(2026, 2, 1))
    assert parse(datetime(2026, 2, 1, 23, 59, tzinfo=UTC)) == date(2026, 2, 1)
    with pytest.raises(Unreadable, match="dd-mm-jjjj of jjjj-mm-dd"):
        parse("1 februari")


@pytest.mark.parametrize(
    ("style", "value", "hour"),
    [
        (DUTCH, "22-07-2026 11:23", 9),
        (DUTCH, "22-01-2026 11:23", 10),
        (ISO, "2026-07-22T11:23:00", 9),
        (ISO, "2026-07-22T11:23:00+00:00", 11),
        (ISO, "2026-07-22T11:23:00Z", 11),
        (ISO, "2026-07-22T11:23:00.5-0530", 16),
        (COMPACT, "202607221123", 9),
    ],
)
def test_instants(style: DayStyle, value: str, hour: int):
    """An offset counts where it is written; without one the clock of Amsterdam does."""
    found = instant(style)(value)
    assert found.utcoffset() is not None
    assert found.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "value",
    [None, 0, 1761552300, "2026-07-22", "2026-07-22T24:00", "2026-07-22T11:60", "2026-02-30T11:00",
     "2026-07-22T11:23+99:00", "9999-12-31T23:59-23:00", "0001-01-01T00:00"],
)  # fmt: skip
def test_what_is_no_instant(value: object):
    """A day alone, an hour that does not exist and any number are refused."""
    with pytest.raises(Unreadable, match="tijdstip"):
        instant(ISO)(value)


def test_real_instant_without_offset():
    """A real instant (Excel) is meant in Amsterdam time."""
    naive = datetime(2026, 7, 22, 11, 23)  # noqa: DTZ001
    assert instant(DUTCH)(naive) == datetime(2026, 7, 22, 11, 23, tzinfo=AMSTERDAM)
    assert instant(DUTCH)(naive).utcoffset() == timedelta(hours=2)
