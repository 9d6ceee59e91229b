"""How old the newest good backup is: for a metric, an alarm, or a person."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import BackupMade


def backup_age_seconds(session: Session) -> float | None:
    """Return how long ago the snapshot of the newest good backup was; None without any.

    For the metric `pleegzorg_backup_age_seconds`.
    """
    age = select(func.extract("epoch", func.now() - func.max(BackupMade.at)))
    found = session.scalar(age)
    return None if found is None else float(found)
