"""The job queue: Procrastinate on the same PostgreSQL; a job joins the caller's transaction.

A worker that hangs or dies loses its jobs to another one. From then on nothing that it still does
counts: here its report about a job is ignored, and each task guards its own rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, LiteralString, cast

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.telemetry.carried import trace_headers

MATCH_RUN = "matchrun"
SCORE_WATCH = "kansen-bewaken"
LEARN, RERANK = "weegfactoren-leren", "weegfactoren-naast-een-run"
RESPITE_ROUND = "respijtronde"
AMBULATORY = "ambulante-hulp"
DESTRUCTION = "vernietiging"
BOARDS = "borden-klaarzetten"
CALL_LIST = "bellijst"


def make_queue(conninfo: str) -> App:
    """Return the queue on a database, given as a libpq connection string.

    The caller opens it (`open` or `open_async`) and registers its tasks.
    """
    queue = App(connector=PsycopgConnector(conninfo=conninfo))
    queue.job_manager = _OwnJobsOnly(queue.connector)
    return queue


def queue_job(
    queue: App,
    session: Session,
    task: str,
    *,
    lock: str | None = None,
    after: float = 0,
    lane: str = "default",
    priority: int = 0,
    **arguments: Any,
) -> None:
    """Queue a task by name inside the session's transaction: rolled back together, or not at all.

    lock: jobs with the same one are performed in order, one at a time. after: seconds that it must
    wait. lane: a name by which jobs are told apart, every worker takes all of them. priority: the
    highest goes first. No queueing lock: a collision would abort the caller's transaction.
    """
    connection = session.connection().connection.driver_connection
    # The database's clock judges when it is due: by ours an hour ahead it would wait for an hour.
    later = session.scalars(select(_MOMENT)).one() + timedelta(seconds=after) if after else None
    task_ = queue.configure_task(
        task,
        lock=lock,
        schedule_at=later,
        queue=lane,
        priority=priority,
        connection=cast("Any", connection),
    )
    # The trace goes on in the worker, which takes this off again: no task knows of it.
    task_.defer(**arguments, **trace_headers())


async def rescue_jobs(queue: App, *, lost_after: float) -> Sequence[Mapping[str, Any]]:
    """Give the jobs of lost workers back to the queue; return `id` and `task` of each.

    lost_after: seconds without a heartbeat. A rescued job keeps its place among those with its
    lock, so what must happen in order still does.
    """
    return await queue.connector.execute_query_all_async(_RESCUE, seconds=lost_after)


def is_queued(session: Session, lock: str) -> bool:
    """Return whether any job with a lock waits or is being performed."""
    return bool(session.scalar(text(_QUEUED), {"lock": lock}))


async def seconds_to_next_job(queue: App) -> float | None:
    """Return in how many seconds the first job that was put off is due, or None without one."""
    found = await queue.connector.execute_query_one_async(_NEXT)
    return None if found["seconds"] is None else float(found["seconds"])


def is_worker_alive(session: Session, *, lost_after: float) -> bool:
    """Return whether any worker gave a sign of life in the last seconds."""
    return bool(session.scalar(text(_ALIVE), {"seconds": lost_after}))


# Two workers may look at once: the rows are taken by one of them, and judged again when taken.
_RESCUE: LiteralString = """
    WITH lost AS MATERIALIZED (
      SELECT job.id, job.task_name
        FROM procrastinate_jobs job
       WHERE job.status = 'doing'
         AND NOT EXISTS (
           SELECT FROM procrastinate_workers worker
            WHERE worker.id = job.worker_id
              AND worker.last_heartbeat >= now() - make_interval(secs => %(seconds)s))
         FOR UPDATE OF job SKIP LOCKED
    )
    SELECT id, task_name AS task,
           procrastinate_retry_job_v2(id, now(), NULL::integer, NULL::varchar, NULL::varchar)
      FROM lost
"""
_MOMENT = func.clock_timestamp()
_ALIVE = """
    SELECT EXISTS (SELECT FROM procrastinate_workers
                    WHERE last_heartbeat >= now() - make_interval(secs => :seconds))
"""
_QUEUED = """
    SELECT EXISTS (SELECT FROM procrastinate_jobs
                    WHERE lock = :lock AND status IN ('todo', 'doing'))
"""
_NEXT: LiteralString = """
    SELECT extract(epoch FROM min(scheduled_at) - now()) AS seconds
      FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NOT NULL
"""
_FINISH: LiteralString = """
    WITH mine AS MATERIALIZED (
      SELECT id FROM procrastinate_jobs
       WHERE id = %(job_id)s AND worker_id = %(worker_id)s AND status IN ('todo', 'doing')
         FOR UPDATE
    )
    SELECT procrastinate_finish_job_v1(id, %(status)s, %(delete_job)s) FROM mine
"""
_RETRY: LiteralString = """
    WITH mine AS MATERIALIZED (
      SELECT id FROM procrastinate_jobs
       WHERE id = %(job_id)s AND worker_id = %(worker_id)s AND status = 'doing'
         FOR UPDATE
    )
    SELECT procrastinate_retry_job_v2(
             id, now() + make_interval(secs => %(seconds)s),
             NULL::integer, NULL::varchar, NULL::varchar) FROM mine
"""


class _OwnJobsOnly(JobManager):
    """A manager by which a worker ends only jobs that are still its own."""

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        # Two workers reached for jobs with one lock at the same moment. Whoever came second has
        # nothing to do now; raised, it would end the worker as if the database had gone.
        with suppress(UniqueViolation):
            return await super().fetch_job(queues, worker_id)
        return None

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await self.connector.execute_query_async(
            _FINISH,
            job_id=job.id,
            worker_id=job.worker_id,
            status=status.value,
            delete_job=delete_job,
        )

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        # As a pause, which the database adds to its own clock.
        pause = (retry_at - now()).total_seconds() if retry_at else 0.0
        await self.connector.execute_query_async(
            _RETRY, job_id=job.id, worker_id=job.worker_id, seconds=max(0.0, pause)
        )
