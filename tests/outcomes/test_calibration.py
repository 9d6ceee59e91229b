"""The calibration board: every figure by another road, planted faults found, a twin left quiet."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.endings import EndLabel
from app.outcomes.calibration import show_calibration
from app.outcomes.calibration_schemas import CalibratedGroup, CalibrationOut, DriftState
from app.outcomes.criterion import load_criterion
from app.outcomes.drift import binomial_p, poisson_p
from app.outcomes.survival import broken_share, ratio, wilson
from app.settings import Settings
from tests.databases import copied
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.worlds import draw_world

HALF_YEAR_AGO = TODAY - timedelta(days=182)
# Per placement with a stated chance: its group, the part of the horizon, whether it broke in it.
STATED = """
    WITH stated AS (
      SELECT p.id, b.chance, p.form AS form, v.name AS provider,
             extract(year FROM p.since) || ', ' || CASE WHEN extract(month FROM p.since) < 7
               THEN 'eerste' ELSE 'tweede' END || ' halfjaar' AS half,
             e.label = 'voortijdig afgebroken' AS ended_so,
             greatest(coalesce(p.until, :today) - p.since, 0.5)
               / (b.horizon_months * 30.4375::float8) AS part,
             :today - p.since >= b.horizon_months * 30.4375 AS due
        FROM placement p JOIN placement_basis b ON b.placement_id = p.id
        JOIN provider v ON v.id = p.provider_id
        LEFT JOIN placement_ending e ON e.placement_id = p.id
       WHERE b.chance IS NOT NULL AND (e.label IS NULL OR e.label <> 'te beoordelen')),
    seen AS (
      SELECT *, coalesce(ended_so, false) AND part <= 1 AS broke, least(part, 1.0) AS until,
             ntile(10) OVER (ORDER BY chance, id)::text AS tenth
        FROM stated)
"""
FIGURES = """
    , steps AS (
      SELECT s.{name} AS name, s.until, count(*) AS ended,
             (SELECT count(*) FROM seen o WHERE o.{name} = s.{name} AND o.due
                AND o.until >= s.until) AS risk
        FROM seen s WHERE s.broke AND s.due GROUP BY 1, 2),
    kept AS (
      SELECT name, 1 - exp(sum(ln(1 - ended::float8 / risk))) AS observed FROM steps GROUP BY 1)
    SELECT seen.{name}, count(*), avg(chance) FILTER (WHERE due), max(observed),
           count(*) FILTER (WHERE broke)
             / sum(-ln(1 - chance) * power(until, 0.55)) AS against
      FROM seen LEFT JOIN kept ON kept.name = seen.{name} GROUP BY 1
"""


def opened(settings: Settings, reference: URL, **world: Any) -> Iterator[Database]:
    def fill(session: Session) -> None:
        insert_placements(session, draw_world(3000, **world))

    with copied(settings, reference, fill) as database:
        yield database


@pytest.fixture(scope="module")
def quiet(settings: Settings, reference: URL) -> Iterator[Database]:
    """A region whose chances are right all along."""
    yield from opened(settings, reference, seed=1)


@pytest.fixture(scope="module")
def drifting(settings: Settings, reference: URL) -> Iterator[Database]:
    """Its twin, in which for half a year twice as many break down."""
    yield from opened(settings, reference, seed=1, drift_from=HALF_YEAR_AGO, factor=2.0)


def board(database: Database) -> CalibrationOut:
    with session_for(database.sessions, SYSTEM) as session:
        return show_calibration(session, today=TODAY)


@pytest.fixture(scope="module")
def told(quiet: Database) -> CalibrationOut:
    return board(quiet)


@pytest.mark.parametrize(
    ("field", "column"),
    [("by_chance", "tenth"), ("by_half_year", "half"), ("by_provider", "provider"),
     ("by_form", "form")],
)  # fmt: skip
def test_every_group_equals_an_independent_query(
    quiet: Database, told: CalibrationOut, field: str, column: str
) -> None:
    """Count, mean stated chance, Kaplan-Meier and seen over expected, worked out in SQL."""
    groups: dict[str, CalibratedGroup] = {g.name: g for g in getattr(told, field)}
    with session_for(quiet.sessions, SYSTEM) as session:
        rows = session.execute(text(STATED + FIGURES.format(name=column)), {"today": TODAY}).all()
    assert groups.keys() == {row[0] for row in rows}
    for name, count, predicted, observed, against in rows:
        group = groups[name]
        assert group.placements == count
        assert group.predicted == pytest.approx(predicted, abs=6e-5)
        assert group.observed is not None
        assert group.observed.value == pytest.approx(observed, abs=6e-5)
        assert group.ratio is not None
        assert group.ratio.value == pytest.approx(against, abs=6e-5)


def test_the_whole_equals_an_independent_query(quiet: Database, told: CalibrationOut) -> None:
    """Placements, breakdowns and what was to be expected."""
    query = (
        STATED
        + """
        SELECT count(*), count(*) FILTER (WHERE broke), avg(chance) FILTER (WHERE due),
               sum(-ln(1 - chance) * power(until, 0.55)) FROM seen"""
    )
    with session_for(quiet.sessions, SYSTEM) as session:
        count, broke, predicted, expected = session.execute(text(query), {"today": TODAY}).one()
    assert (told.overall.placements, told.overall.breakdowns) == (count, broke)
    assert told.overall.predicted == pytest.approx(predicted, abs=6e-5)
    assert told.overall.expected == pytest.approx(expected, abs=0.006)


def test_chances_that_are_right_are_found_right(told: CalibrationOut) -> None:
    """Slope near one, seen as expected, nine of ten tenths within their interval, no alarm."""
    found = told.overall
    assert told.is_enough
    assert found.slope is not None
    assert found.slope.low < 1 < found.slope.high
    assert found.ratio is not None
    assert found.ratio.low < 1 < found.ratio.high
    assert found.brier is not None
    assert found.brier < (found.brier_base or 0)
    inside = [g.observed.low <= g.predicted <= g.observed.high  # type: ignore[operator, union-attr]
              for g in told.by_chance]  # fmt: skip
    assert sum(inside) >= 9
    assert told.drift.state is DriftState.QUIET
    assert not told.criterion.says_off
    assert [limit.is_met for limit in told.criterion.limits] == [False] * 4


def test_a_planted_drift_raises_the_alarm(drifting: Database, told: CalibrationOut) -> None:
    """The twin without it has the very same chances, and stays quiet."""
    found = board(drifting)
    assert found.overall.predicted == told.overall.predicted
    assert found.drift.state is DriftState.ALARM
    assert "breken vaker af dan eerder" in found.drift.sentence
    assert found.drift.p is not None
    assert found.drift.p < load_criterion().threshold
    assert found.drift.seen > 1.5 * found.drift.expected


def test_drift_equals_an_independent_query(quiet: Database, told: CalibrationOut) -> None:
    """Seen and expected in the window and before it, by SQL over calendar days."""
    part = "power(least(greatest((least(:{day}, ends) - since)::float8 / days, 0), 1), 0.55)"
    query = text(f"""
        SELECT count(*) FILTER (WHERE broke AND ends > :first AND ends <= :last),
               sum(whole * ({part.format(day="last")} - {part.format(day="first")}))
          FROM (SELECT p.since, coalesce(p.until, :today) AS ends, -ln(1 - b.chance) AS whole,
                       b.horizon_months * 30.4375::float8 AS days,
                       e.label = 'voortijdig afgebroken' AND greatest(p.until - p.since, 0.5)
                         <= b.horizon_months * 30.4375 AS broke
                  FROM placement p JOIN placement_basis b ON b.placement_id = p.id
                  LEFT JOIN placement_ending e ON e.placement_id = p.id) x""")
    earlier = HALF_YEAR_AGO - timedelta(days=730)
    with session_for(quiet.sessions, SYSTEM) as session:
        for first, last, seen, expected in (
            (HALF_YEAR_AGO, TODAY, told.drift.seen, told.drift.expected),
            (earlier, HALF_YEAR_AGO, told.drift.seen_before, told.drift.expected_before),
        ):
            days = {"first": first, "last": last, "today": TODAY}
            row = session.execute(query, days).one()
            assert row[0] == seen
            assert row[1] == pytest.approx(expected, abs=0.006)


def test_few_outcomes_are_said_to_be_few(session: Session) -> None:
    """Figures are a first impression, nothing is tested, and no criterion is met."""
    insert_placements(session, draw_world(60, seed=1))
    found = show_calibration(session, today=TODAY)
    assert not found.is_enough
    assert found.state.startswith("Te weinig uitkomsten")
    assert found.drift.state is DriftState.TOO_FEW
    assert [limit.is_met for limit in found.criterion.limits] == [None] * 4
    assert len(found.by_chance) == 6


def test_a_region_without_placements_has_a_board(session: Session) -> None:
    """Empty, and saying so."""
    found = show_calibration(session, today=TODAY)
    assert (found.overall.placements, found.by_chance, found.by_form) == (0, [], [])
    assert found.state.startswith("Te weinig uitkomsten: 0 afgebroken en 0 niet")


def test_chances_that_mean_nothing_should_go_off(session: Session) -> None:
    """Stated at random, and three times too low: the criterion says so, and a person decides."""
    told = draw_world(2500, seed=7)
    chances = np.random.default_rng(1).permutation([one["chance"] for one in told]) / 3
    for one, chance in zip(told, chances, strict=True):
        one["chance"] = round(float(chance), 3)
    insert_placements(session, told)
    found = show_calibration(session, today=TODAY)
    met = {limit.code: limit.is_met for limit in found.criterion.limits}
    assert met == {"onderscheid": True, "helling": True, "niveau": True, "brier": True}
    assert found.criterion.says_off
    assert not found.chances_off


def test_small_groups_and_doubtful_ends(session: Session) -> None:
    """A provider with nine placements is hidden with the next smallest; doubt is counted."""
    told = draw_world(300, seed=2)
    for at, one in enumerate(told):
        one["provider"] = "wsp" if at < 9 else "youke" if at < 60 else "spirit"
    doubtful = {"since": date(2026, 1, 1), "until": date(2026, 2, 1), "chance": 0.2}
    insert_placements(session, [*told, doubtful | {"label": EndLabel.REVIEW}, doubtful])
    found = show_calibration(session, today=TODAY)
    assert sorted((group.placements or 0) for group in found.by_provider) == [0, 0, 240]
    assert (found.left_out.to_review, found.left_out.no_ending) == (1, 1)


def test_the_alarm_is_rarely_false() -> None:
    """A year of weekly looks at a region without any change: at most 5 in 100 alarm.

    Weekly counts by Poisson's law, 1 a week expected, and the two years before at the same level.
    """
    criterion, dice, weeks = load_criterion(), np.random.default_rng(11), 26
    alarms = 0
    for _ in range(300):
        counts = dice.poisson(1.0, size=104 + weeks + 52)
        sums = np.concatenate([[0], np.cumsum(counts)])
        looks = range(104 + weeks, len(counts) + 1)
        p = [
            binomial_p(
                int(sums[at] - sums[at - weeks]), int(sums[at] - sums[at - weeks - 104]),
                weeks / (104 + weeks),
            )
            for at in looks
        ]  # fmt: skip
        alarms += min(p) < criterion.threshold
    assert alarms / 300 <= 0.05


def test_the_tests_are_those_of_a_textbook() -> None:
    """Against SciPy: both tails, intervals of Wilson, Byar's near the exact ones."""
    from scipy import stats  # here: every process collects this file, one runs it

    tail = stats.binom(120, 0.3).sf(49)
    assert binomial_p(50, 120, 0.3) == pytest.approx(2 * tail)
    assert poisson_p(5, 14.0) == pytest.approx(2 * stats.poisson(14.0).cdf(5))
    exact = stats.binomtest(7, 40).proportion_ci(method="wilson")
    found = wilson(7 / 40, 40)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))
    byar = ratio(12, 1.0)
    assert byar is not None
    assert byar.low == pytest.approx(stats.chi2(24).ppf(0.025) / 2, rel=0.01)
    assert byar.high == pytest.approx(stats.chi2(26).ppf(0.975) / 2, rel=0.01)


def test_without_censoring_the_share_is_the_plain_one() -> None:
    """And its interval is Wilson's of the plain count."""
    time = np.array([0.2, 0.5, 0.7] + [1.0] * 17)
    broke = time < 1.0
    found, plain = broken_share(time, broke, time > 0), wilson(3 / 20, 20)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )
