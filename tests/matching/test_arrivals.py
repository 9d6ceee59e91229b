"""What comes in: from the registrations of the region, drawn towards who waits where few."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from app.kernel.words import CARE_FORMS, URGENCIES
from app.matching.arrivals import PLACEMENTS, REGISTRATIONS, WAITING_LIST, estimate_arrivals
from app.matching.futures import sample_futures
from app.matching.past import PastArrivals, past_arrivals
from app.matching.problem import Problem
from app.proposals.snapshot import dump_problem, load_problem
from tests.matching.build import build_problem

DAY, LONG_AGO = np.datetime64("2026-11-01"), "2025-01-01"
CRISIS, LONG = CARE_FORMS.index("crisis"), CARE_FORMS.index("opvoeding")
SPOED, REGULAR = URGENCIES.index("spoed"), URGENCIES.index("regulier")


def day(ago: int) -> np.datetime64:
    return DAY - np.timedelta64(ago, "D")


def waiting(past: PastArrivals, *kids: dict[str, object]) -> Problem:
    rows = [{"urgency": "regulier", "registered_on": LONG_AGO, **kid} for kid in kids or ({},)]
    problem = build_problem(children=rows)
    assert problem.snapshot_day == DAY
    return replace(problem, past=past)


def test_without_a_past_the_waiting_list_speaks() -> None:
    """No record, or records that begin after the snapshot day."""
    for since in (None, DAY, np.datetime64("2026-12-01")):
        found = estimate_arrivals(waiting(past_arrivals([], since)))
        assert (found.source, found.rate) == (WAITING_LIST, (0.0, 0.0, 0.0))


def test_many_records_go_before_the_list() -> None:
    """A household a day for a year that no longer waits, on a list where nobody came lately."""
    rows = [(day(ago), REGULAR, LONG) for ago in range(365)]
    found = estimate_arrivals(waiting(past_arrivals(rows, day(365))))
    assert (found.source, found.days, found.seen) == (REGISTRATIONS, 365, 365)
    assert sum(found.rate) == pytest.approx(365 / (365 + 28))


def test_few_records_leave_the_list_its_word() -> None:
    """Three days of records, of nobody: 28 days of what the list has count beside them."""
    kids = [{"registered_on": "2026-10-20"}] * 14
    found = estimate_arrivals(waiting(past_arrivals([], day(3)), *kids))
    listed = estimate_arrivals(waiting(past_arrivals([], None), *kids))
    assert sum(listed.rate) == pytest.approx(14 / 28)
    assert sum(found.rate) == pytest.approx(14 / 31)


@pytest.mark.parametrize("days", [30, 120, 360])
def test_the_true_rate_is_found_although_most_have_been_placed(days: int) -> None:
    """Two a day come and nine of ten are placed at once: the list alone sees a tenth."""
    dice = np.random.default_rng(days)
    came = np.repeat(np.arange(days), 2)
    stays = dice.random(len(came)) < 0.1
    rows = [(day(int(ago)), REGULAR, LONG) for ago in came[~stays]]
    kids = [{"registered_on": str(day(int(ago)))} for ago in came[stays]]
    found = estimate_arrivals(waiting(past_arrivals(rows, day(days)), *kids))
    listed = estimate_arrivals(waiting(past_arrivals([], None), *kids))
    assert abs(sum(found.rate) - 2.0) < abs(sum(listed.rate) - 2.0)
    assert sum(found.rate) == pytest.approx(2.0 * days / (days + 28), abs=0.25)


def test_each_kind_has_its_own_rate_and_those_like_it_stand_for_it() -> None:
    """Crisis came twice as often as long-term care, although one of each waits."""
    rows = [(day(ago), REGULAR, LONG) for ago in range(0, 360, 4)]
    rows += [(day(ago), SPOED, CRISIS) for ago in range(0, 360, 2)]
    kids = [{"care_form": "opvoeding"}, {"care_form": "crisis", "urgency": "spoed"}]
    found = estimate_arrivals(waiting(past_arrivals(rows, day(360)), *kids))
    rate = dict(zip(found.like, found.rate, strict=True))
    assert rate[((1,),)] == pytest.approx(2 * rate[((0,),)])
    assert found.unlike == 0


def test_of_a_kind_of_which_nobody_waits_is_told_how_many_are_not_foreseen() -> None:
    """Nobody can stand for them; of the same form and another urgency somebody can."""
    rows = [(day(ago), SPOED, CRISIS) for ago in range(100)]
    rows += [(day(ago), SPOED, LONG) for ago in range(50)]
    found = estimate_arrivals(waiting(past_arrivals(rows, day(100)), {"care_form": "opvoeding"}))
    assert found.unlike == pytest.approx(100 / 128)
    assert sum(found.rate) == pytest.approx(50 / 128)
    assert {household for like in found.like for household in like} == {(0,)}


def test_a_history_of_placements_counts_children_and_knows_no_urgency() -> None:
    """A pair of brothers is one household: two placements are one arrival."""
    rows = [(day(ago), -1, LONG) for ago in range(200)]
    kids = [{"siblings": ("BZ-1", "samen"), "urgency": "spoed", "registered_on": "2026-10-30"}] * 2
    found = estimate_arrivals(waiting(past_arrivals(rows, day(200), is_placement=True), *kids))
    assert found.source == PLACEMENTS
    assert sum(found.rate) == pytest.approx((100 + 1 + 28 / 7) / 228)
    assert found.like == (((0, 1),),)


def test_what_is_older_than_a_year_does_not_count() -> None:
    """Nor what came after the snapshot day."""
    rows = [(day(400), REGULAR, LONG), (day(-3), REGULAR, LONG), (day(10), REGULAR, LONG)]
    found = estimate_arrivals(waiting(past_arrivals(rows, day(900))))
    assert (found.days, found.seen) == (365, 1)


def test_the_past_travels_with_the_stored_problem_and_sets_the_futures() -> None:
    """So that a stored run can be shown again; the order of the past plays no part."""
    rows = [(day(ago), REGULAR, LONG) for ago in range(365)]
    problem = waiting(past_arrivals(rows, day(365)), {}, {})
    again = load_problem(dump_problem(problem))
    turned = waiting(past_arrivals(rows[::-1], day(365)), {}, {})
    futures = sample_futures(problem, number=5, days=28)
    assert futures == sample_futures(again, number=5, days=28)
    assert futures == sample_futures(turned, number=5, days=28)
    assert {len(future) for future in futures} <= {26, 27}
    assert date(2026, 11, 1) == DAY.astype(object)
