"""The job queue: Procrastinate on the same PostgreSQL; a job joins the caller's transaction."""

from typing import Any, cast

from procrastinate import App, PsycopgConnector
from sqlalchemy.orm import Session

MATCH_RUN = "matchrun"


def make_queue(conninfo: str) -> App:
    """Return the queue on a database, given as a libpq connection string.

    The caller opens it (`open` or `open_async`) and registers its tasks.
    """
    return App(connector=PsycopgConnector(conninfo=conninfo))


def queue_job(queue: App, session: Session, task: str, **arguments: Any) -> None:
    """Queue a task by name inside the session's transaction: rolled back together, or not at all.

    No queueing lock: a collision would abort the caller's transaction.
    """
    connection = session.connection().connection.driver_connection
    queue.configure_task(task, connection=cast("Any", connection)).defer(**arguments)
