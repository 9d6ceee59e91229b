"""Jobs of a worker: each goes on with the trace of whoever queued it, and is measured."""

from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate.job_context import JobContext

from app.log.write import bind, unbind
from app.telemetry.carried import TRACEPARENT
from app.telemetry.catalogue import Metric
from app.telemetry.meters import count, timed
from app.telemetry.running import processing


async def trace_job(call_next: Callable[[], Awaitable[Any]], context: JobContext, _: object) -> Any:
    """Perform a job as a part of its trace; a failing one is a processing that failed."""
    job = context.job
    # Taken off: the task itself does not know of it.
    traceparent = job.task_kwargs.pop(TRACEPARENT, None)
    carrier = {TRACEPARENT: traceparent} if isinstance(traceparent, str) else {}
    outcome = "mislukt"
    try:
        with (
            processing(job.task_name, carrier, kind="CONSUMER") as begun,
            timed(Metric.JOB_SECONDS, taak=job.task_name),
        ):
            begun.operation = job.task_name
            bind(job_id=str(job.id))
            done = await call_next()
        outcome = "gelukt"
        return done
    finally:
        count(Metric.JOBS, taak=job.task_name, uitkomst=outcome)
        unbind()
