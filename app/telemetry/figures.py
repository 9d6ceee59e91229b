"""Figures that stand in the database: the queue, workers, runs, imports, subscriptions, the log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.log.events import Event
from app.log.write import log
from app.models import ImportState, RunState, SubscriptionState
from app.telemetry.activities import load_register
from app.telemetry.catalogue import Label, Metric
from app.telemetry.words import admit


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with the word of its label where it has one."""

    metric: Metric
    value: float
    word: str | None = None


_PATIENCE = text("SET LOCAL statement_timeout = '2s'")
# A job may begin from the moment that it was queued, or from when it was put off to.
_QUEUE = text("""
    SELECT job.task_name, count(*),
           max(extract(epoch FROM now() - greatest(coalesce(job.scheduled_at, told.at), told.at)))
      FROM procrastinate_jobs job
      LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id) told
        ON true
     WHERE job.status = 'todo' GROUP BY job.task_name
""")
_FAILED = text("""
    SELECT job.task_name, count(*) FROM procrastinate_jobs job
     WHERE job.status = 'failed'
       AND EXISTS (SELECT FROM procrastinate_events e
                    WHERE e.job_id = job.id AND e.at > now() - interval '1 day')
     GROUP BY job.task_name
""")
_WORKERS = text("""
    SELECT count(*) FILTER (WHERE last_heartbeat > now() - interval '1 minute'),
           extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers
""")
_RUNS = text("""
    SELECT state, count(*) FROM match_run
     WHERE coalesce(finished_at, now()) > now() - interval '30 days' GROUP BY state
""")
_LAST_RUN = text("""
    SELECT extract(epoch FROM finished_at - started_at), extract(epoch FROM now() - finished_at),
           goals
      FROM match_run WHERE state = 'klaar' AND finished_at IS NOT NULL
     ORDER BY finished_at DESC LIMIT 1
""")
_IMPORTS = text("""
    SELECT state, count(*) FROM import_batch
     WHERE coalesce(applied_at, now()) > now() - interval '30 days' GROUP BY state
""")
_SUBSCRIPTIONS = text("SELECT state, count(*) FROM subscription GROUP BY state")
_HAS_SEALS = text("SELECT to_regclass('audit_seal') IS NOT NULL")
_UNSEALED = text("""
    SELECT count(*), coalesce(extract(epoch FROM now() - min(at)), 0) FROM audit_event
     WHERE id > (SELECT coalesce(max(last_id), 0) FROM audit_seal)
""")


def admit_words() -> None:
    """Let the labels hold the names of tasks and the states that the tables have."""
    admit(Label.TASK, load_register().operations)
    for states in (RunState, ImportState, SubscriptionState):
        admit(Label.STATE, [state.value for state in states])


def read_figures(sessions: SessionMaker) -> list[Figure]:
    """Return all of them, each kind by itself: one that fails leaves the others standing."""
    admit_words()
    found: list[Figure] = []
    for read in (_queue, _workers, _runs, _others, _unsealed):
        try:
            with session_for(sessions, SYSTEM) as session:
                session.execute(_PATIENCE)
                found += read(session)
        except SQLAlchemyError as error:
            log(Event.FIGURES_UNREAD, error=type(error).__name__)
    return [Figure(Metric.DATABASE_UP, float(_answers(sessions))), *found]


def _answers(sessions: SessionMaker) -> bool:
    try:
        with session_for(sessions, SYSTEM) as session:
            return bool(session.scalar(text("SELECT true")))
    except SQLAlchemyError:
        return False


def _queue(session: Session) -> Iterator[Figure]:
    for task, number, oldest in session.execute(_QUEUE):
        yield Figure(Metric.QUEUE_LENGTH, number, task)
        yield Figure(Metric.QUEUE_OLDEST, max(0.0, float(oldest or 0)), task)
    yield from _by_word(session, _FAILED, Metric.JOBS_FAILED)


def _workers(session: Session) -> Iterator[Figure]:
    number, age = session.execute(_WORKERS).one()
    yield Figure(Metric.WORKERS, number)
    if age is not None:
        yield Figure(Metric.WORKER_HEARTBEAT, float(age))


def _runs(session: Session) -> Iterator[Figure]:
    yield from _by_word(session, _RUNS, Metric.RUNS)
    last = session.execute(_LAST_RUN).first()
    if last is not None:
        yield Figure(Metric.RUN_SECONDS, float(last[0] or 0))
        yield Figure(Metric.RUN_AGE, float(last[1]))
        yield Figure(Metric.RUN_GAP, widest_gap(last[2]))


def _others(session: Session) -> Iterator[Figure]:
    yield from _by_word(session, _IMPORTS, Metric.IMPORTS)
    yield from _by_word(session, _SUBSCRIPTIONS, Metric.SUBSCRIPTIONS)


def _unsealed(session: Session) -> Iterator[Figure]:
    if session.scalar(_HAS_SEALS):
        number, age = session.execute(_UNSEALED).one()
        yield Figure(Metric.AUDIT_UNSEALED, number)
        yield Figure(Metric.AUDIT_UNSEALED_AGE, float(age))


def _by_word(session: Session, statement: Any, metric: Metric) -> Iterator[Figure]:
    for word, number in session.execute(statement):
        yield Figure(metric, number, word)


def widest_gap(goals: Sequence[Mapping[str, Any]]) -> float:
    """Return how far a plan stayed from the bound of a goal, of the goal where that is most.

    As a part of the bound; 0 where every goal is proven.
    """
    gaps = [
        abs(goal["waarde"] - goal["grens"]) / max(1.0, abs(goal["grens"]))
        for goal in goals
        if goal.get("waarde") is not None and goal.get("grens") is not None
    ]
    return max(gaps, default=0.0)
