"""When a place begins and ends, against the day of need."""

import pytest

from tests.matching.judge import concerns, pair, refusing, sentence

LATE, SHORT = {"beschikbaar_vanaf"}, {"beschikbaar_tot"}


@pytest.mark.parametrize(
    ("urgency", "start", "codes"),
    [
        ("crisis", "2026-11-10", set()),
        ("crisis", "2026-11-11", LATE),
        ("spoed", "2026-11-17", set()),
        ("spoed", "2026-11-18", LATE),
        ("regulier", "2026-12-08", set()),
        ("regulier", "2026-12-09", LATE),
    ],
)
def test_a_place_may_begin_within_the_slack_of_the_urgency(
    urgency: str, start: str, codes: set[str]
) -> None:
    """0, 7 and 28 days after the day of need, that day included."""
    child = {"urgency": urgency, "needed_from": "2026-11-10"}
    assert refusing(pair(child, {"available_from": start})) == codes


def test_a_need_in_the_past_counts_from_the_snapshot_day() -> None:
    """The later of the two days decides."""
    child = {"urgency": "crisis", "needed_from": "2026-10-01"}
    assert refusing(pair(child, {"available_from": "2026-11-01"})) == set()
    assert refusing(pair(child, {"available_from": "2026-11-02"})) == LATE


@pytest.mark.parametrize(
    ("end", "codes"), [("2026-11-09", SHORT), ("2026-11-10", set()), (None, set())]
)
def test_a_place_must_last_until_the_day_of_need(end: str | None, codes: set[str]) -> None:
    """Ending there has no slack; without an end it stays."""
    child = {"urgency": "regulier", "needed_from": "2026-11-10"}
    assert refusing(pair(child, {"available_until": end})) == codes


def test_without_a_first_day_the_place_is_there() -> None:
    """An empty first day refuses nobody."""
    assert refusing(pair({"urgency": "crisis"}, {"available_from": None})) == set()


def test_for_the_own_network_family_dates_are_concerns() -> None:
    """Both are settled by a person."""
    dates = {"available_from": "2027-03-01", "available_until": "2026-10-01"}
    problem = pair({}, {**dates, "for_child": "AM-0000"})
    assert refusing(problem) == set()
    assert concerns(problem, "beschikbaar_vanaf")
    assert concerns(problem, "beschikbaar_tot")


def test_days_are_written_in_dutch() -> None:
    """A reader sees `1 maart 2027`."""
    problem = pair({}, {"available_from": "2027-03-01"})
    assert "1 maart 2027" in sentence(problem, "beschikbaar_vanaf")
