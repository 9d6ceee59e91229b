"""How many families stood open to a child: all that no hard rule refuses, kept with each run."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.outcomes.fair_schemas import OptionsKind
from app.outcomes.fairness import show_fairness
from tests.outcomes.made import TODAY
from tests.outcomes.test_fairness import FIRST
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


def test_possible_families_are_all_of_them(session: Session) -> None:
    """Nine families stand open to every child but one, whom none can have; a run names six."""
    for number in range(9):
        make_family(session, reference=f"SPI-{number}", places=6)
    for number in range(12):
        make_registration(session, number=f"AM-{number}", needs_wheelchair=number == 0)
    run = run_here(session)
    assert (run.counts["mogelijkeParen"], run.counts["kinderen"]) == (99, 12)
    found = show_fairness(session, first=FIRST, last=TODAY, today=TODAY)
    assert found.options_kind is OptionsKind.POSSIBLE
    assert found.everyone.options is not None
    assert found.everyone.options.value == pytest.approx(99 / 12, abs=0.006)
    kept = session.execute(
        text("SELECT possible, count(*) FROM (SELECT registration_id, possible FROM proposal "
             "UNION ALL SELECT registration_id, possible FROM unplaced) p "
             "WHERE possible IS NOT NULL GROUP BY 1 ORDER BY 1")
    ).all()  # fmt: skip
    assert [tuple(row) for row in kept] == [(0, 1), (9, 11)]


def test_of_runs_from_before_what_they_named_is_counted(session: Session) -> None:
    """A proposal and its alternatives, by another name; none where the run had nobody."""
    for number in range(3):
        make_family(session, reference=f"SPI-{number}", places=6)
    for number in range(12):
        make_registration(session, number=f"AM-{number}", needs_wheelchair=number == 0)
    run_here(session)
    run = run_here(session)
    for table in ("proposal", "unplaced"):
        session.execute(text(f"UPDATE {table} SET possible = NULL"))
    count = session.scalar(
        text("SELECT count(*) FROM proposal WHERE run_id = :run AND role IN "
             "('voorstel', 'alternatief')"), {"run": run.id},
    )  # fmt: skip
    found = show_fairness(session, first=FIRST, last=TODAY, today=TODAY)
    assert found.options_kind is OptionsKind.NAMED
    assert found.everyone.options is not None
    assert found.everyone.options.value == pytest.approx((count or 0) / 12, abs=0.006)
    assert found.everyone.placed is not None
    assert found.everyone.placed.value == 0
    assert found.everyone.wait is None
    assert (found.price.run, found.price.policy) == (run.id, "maximaal")
