"""When a job is due is judged by the clock of the database, whoever queues it."""

from datetime import timedelta

import time_machine
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
