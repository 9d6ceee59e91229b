"""What ran before the service was told of it, and chances stated afterwards, count nowhere."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.kernel.endings import EndLabel
from app.models import MatchRun, PastPlacementRow, PlacementBasis
from app.outcomes.as_history import LeftOut, as_history
from app.outcomes.calibration import show_calibration
from app.outcomes.fairness import show_fairness
from app.outcomes.queries import outcome_rows
from app.rights.outcome import keep_outcome
from app.weights_in_force import WITHOUT
from tests.outcomes.made import TODAY, drawn_history, insert_placements, told_of
from tests.outcomes.worlds import draw_world
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

SINCE, NOON = date(2025, 2, 1), datetime(2025, 9, 1, 12, tzinfo=UTC)
FIRST = TODAY - timedelta(days=1500)


def taken_over(**more: Any) -> dict[str, Any]:
    """A child with its grandmother since February, told of in September."""
    facts = told_of(drawn_history(placements=1)[0])["facts"]
    return {
        "since": SINCE, "ground": "eigen netwerk", "told_at": NOON, "facts": facts,
        "until": date(2026, 3, 1), "label": EndLabel.BROKEN,
    } | more  # fmt: skip


@pytest.fixture
def run(session: Session) -> MatchRun:
    """A finished run, made on the seventh of September."""
    make_family(session, reference="SPI-R")
    make_registration(session, number="AM-R")
    done = run_here(session)
    done.created_at = datetime(2025, 9, 7, 9, tzinfo=UTC)
    session.flush()
    return done


@pytest.mark.parametrize(
    ("since", "stated"),
    [(date(2025, 9, 6), 0), (date(2025, 9, 7), 1), (date(2025, 9, 8), 1)],
)
def test_a_chance_of_after_the_start_is_not_one_of_the_start(
    session: Session, run: MatchRun, since: date, stated: int
) -> None:
    """On both boards, of whatever placement: here one that was agreed on and told of late."""
    late = {"since": since, "until": None, "label": None, "chance": 0.4, "run": run.id}
    agreed = taken_over(**late, ground="afgesproken", told_at=datetime(2025, 9, 20, tzinfo=UTC))
    insert_placements(session, [agreed] * 20)
    found = show_calibration(session, today=TODAY).overall
    assert (found.placements, found.without_chance) == (20 * stated, 20 * (1 - stated))
    everyone = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).everyone
    assert (everyone.chance is not None) is bool(stated)


def test_what_a_run_without_chances_reckoned_with_was_stated_to_nobody(session: Session) -> None:
    """The same chance for every pair says nothing of the weights, and is held against none."""
    stated = {"chance": 0.4, "ground": "afgesproken", "until": None, "label": None}
    insert_placements(session, [taken_over(**stated)] * 20)
    assert show_calibration(session, today=TODAY).overall.placements == 20
    session.execute(update(PlacementBasis).values(weights_version=WITHOUT))
    found = show_calibration(session, today=TODAY).overall
    assert (found.placements, found.without_chance) == (0, 20)
    everyone = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).everyone
    assert everyone.chance is None


def test_takeovers_are_no_outcome(session: Session, run: MatchRun) -> None:
    """Not learnt from, with or without a name, nor held against a chance; how many is told."""
    over = taken_over(chance=0.3)
    on_time = taken_over(told_at=datetime(2025, 2, 1, 9, tzinfo=UTC), chance=0.3)
    ids = insert_placements(session, [over, over | {"ground": "overgenomen"}, on_time])
    history, left_out = as_history(outcome_rows(session), until=TODAY)
    assert (len(history), left_out) == (1, LeftOut(taken_over=2))
    assert left_out.told()["overgenomen"] == 2
    found = show_calibration(session, today=TODAY)
    assert (found.overall.placements, found.left_out.taken_over) == (1, 2)
    for id_ in ids:
        keep_outcome(session, id_)
    assert session.scalar(select(func.count(PastPlacementRow.id))) == 1


def test_a_year_of_the_fairness_board_leaves_them_out(session: Session) -> None:
    """Two hundred of which nobody saw the first months would have it that few break down."""
    insert_placements(session, draw_world(300, seed=5))
    asked: dict[str, Any] = {"first": FIRST, "last": TODAY, "today": TODAY}
    before = show_fairness(session, **asked).everyone
    held = taken_over(until=None, label=None, ground="overgenomen")
    insert_placements(session, [held] * 200)
    after = show_fairness(session, **asked).everyone
    assert (after.children or 0) - (before.children or 0) == 200
    assert before.broken is not None and after.broken == before.broken
