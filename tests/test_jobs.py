"""Queueing and taking jobs: by the database's clock, and two workers at one lock."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from procrastinate.exceptions import UniqueViolation
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.jobs import MATCH_RUN, make_queue, queue_job
from app.kernel.clock import now


def test_a_process_whose_clock_is_ahead_puts_no_job_off_for_long(session: Session) -> None:
    """Its clock jumps a day: five seconds are still five seconds."""
    with time_machine.travel(now() + timedelta(days=1)):
        queue_job(make_queue(""), session, MATCH_RUN, after=5, run_id="x")
    waits = session.scalars(
        text("SELECT extract(epoch FROM max(scheduled_at) - clock_timestamp()) "
             "FROM procrastinate_jobs WHERE args ->> 'run_id' = 'x'")
    ).one()  # fmt: skip
    assert 0 < waits <= 5


def test_who_comes_second_to_a_lock_goes_on_working(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers at once at the jobs of one lock: for the second there is no job, and no error.

    Seen in the chaos: the worker ended with the word that the database had gone.
    """
    queue = make_queue("")

    async def refuse(**_: Any) -> None:
        raise UniqueViolation(constraint_name="procrastinate_jobs_lock_idx_v1", queueing_lock=None)

    monkeypatch.setattr(queue.connector, "execute_query_one_async", refuse)
    assert asyncio.run(queue.job_manager.fetch_job(None, worker_id=1)) is None
