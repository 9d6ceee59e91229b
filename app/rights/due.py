"""What was kept long enough: by class of records, which rows may go on a day, the oldest first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, exists, func, select, text
from sqlalchemy.orm import Session

from app.kernel.words import FamilyStatus
from app.models import (
    AuditEvent,
    Draft,
    Family,
    FamilyStatusChange,
    GivenAnswer,
    ImportBatch,
    ImportContent,
    ImportState,
    KeptForm,
    MatchRun,
    Placement,
    Registration,
    ScreenSession,
    StageChange,
)
from app.rights.queries import last_change
from app.rights.standing_in_the_way import in_the_way
from app.rights.terms import FILE, WITHDRAWN, Term, load_terms
from app.rights.views import term_of
from app.rights.whose import whose_child

GONE = "vernietigd"
_WORKING = (ImportState.RECEIVED, ImportState.WORKING)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that may go: its key, and since when its term runs."""

    key: Any
    since: datetime


Find = Callable[[Session, datetime, int], Sequence[Due]]


def due_of(session: Session, term: Term, *, today: date, most: int) -> Sequence[Due]:
    """Return at most so many things of a class that may go on a day; none of what stays."""
    limit = term.limit(today)
    find = FIND.get(term.name)
    return find(session, limit, most) if find and limit else []


def _answers(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    keys = (GivenAnswer.actor, GivenAnswer.key)
    rows = session.execute(_oldest(GivenAnswer.created_at, limit, most, *keys))
    return [Due((actor, key), since) for actor, key, since in rows]


def _oldest(moment: Any, limit: datetime, most: int, *keys: Any) -> Any:
    return select(*keys, moment).where(moment < limit).order_by(moment).limit(most)


def _sessions(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    found = []
    for table in (ScreenSession, KeptForm):
        rows = session.execute(_oldest(table.ends_at, limit, most, table.id))
        found += [Due((table.__tablename__, id_), since) for id_, since in rows]
    return sorted(found, key=lambda due: due.since)[:most]


def _contents(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    has_content = exists().where(ImportContent.import_id == ImportBatch.id)
    wanted = _oldest(ImportBatch.created_at, limit, most, ImportBatch.id)
    rows = session.execute(wanted.where(ImportBatch.state.not_in(_WORKING), has_content))
    return [Due(id_, since) for id_, since in rows]


def _imports(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    wanted = _oldest(ImportBatch.created_at, limit, most, ImportBatch.id)
    rows = session.execute(wanted.where(ImportBatch.state.not_in(_WORKING)))
    return [Due(id_, since) for id_, since in rows]


def _drafts(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    """A draft has no clock of its own: its last step, or the last line of the log that wrote it."""
    step = select(func.max(StageChange.at)).where(StageChange.registration_id == Draft.id)
    written = select(func.max(AuditEvent.at)).where(
        AuditEvent.reference == cast(Draft.id, String), AuditEvent.operation == "bewaarConcept"
    )
    changed = func.greatest(Draft.created_at, step.scalar_subquery(), written.scalar_subquery())
    rows = session.execute(_oldest(changed, limit, most, Draft.id))
    return [Due(id_, since) for id_, since in rows]


def _runs(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    wanted = _oldest(MatchRun.finished_at, limit, most, MatchRun.id)
    rows = session.execute(wanted.where(MatchRun.problem.is_not(None)))
    return [Due(id_, since) for id_, since in rows]


def _families(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    """Families that stopped and in which no child lives or lived since."""
    stopped = (
        select(func.max(FamilyStatusChange.at))
        .where(FamilyStatusChange.family_id == Family.id)
        .scalar_subquery()
    )
    left = (
        select(func.max(Placement.until)).where(Placement.family_id == Family.id).scalar_subquery()
    )
    lives = exists().where(Placement.family_id == Family.id, Placement.until.is_(None))
    moment = func.greatest(func.coalesce(stopped, Family.source_updated_at), left)
    wanted = _oldest(moment, limit, most, Family.id)
    is_full = Family.emptied_at.is_(None) | (Family.source_updated_at > Family.emptied_at)
    rows = session.execute(wanted.where(Family.status == FamilyStatus.STOPPED, ~lives, is_full))
    return [Due(id_, since) for id_, since in rows]


_JOBS = text("""
    SELECT id, at FROM (
      SELECT job.id, max(moment.at) AS at FROM procrastinate_jobs job
        JOIN procrastinate_events moment ON moment.job_id = job.id
       WHERE job.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
       GROUP BY job.id) done
     WHERE at < :limit ORDER BY at LIMIT :most
""")


def _jobs(session: Session, limit: datetime, most: int) -> Sequence[Due]:
    rows = session.execute(_JOBS, {"limit": limit, "most": most})
    return [Due(id_, since) for id_, since in rows]


def _files(name: str) -> Find:
    def find(session: Session, limit: datetime, most: int) -> Sequence[Due]:
        """Children of whom nothing changed since, of this class, and nothing keeps it."""
        newest = func.max(Registration.created_at)
        rows = session.execute(
            select(Registration.child_id, newest)
            .where(~Registration.is_destroyed)
            .group_by(Registration.child_id)
            .having(newest < limit)
            .order_by(newest)
        )
        found: list[Due] = []
        for child_id, _ in rows:
            whose = whose_child(session, child_id)
            if term_of(session, whose).name != name:
                continue
            changed = last_change(session, whose)
            if changed < limit and not in_the_way(session, whose):
                found.append(Due(child_id, changed))
            if len(found) >= most:
                break
        return found

    return find


FIND: Mapping[str, Find] = {
    FILE: _files(FILE),
    WITHDRAWN: _files(WITHDRAWN),
    "concept": _drafts,
    "gezin": _families,
    "matchruns": _runs,
    "antwoorden": _answers,
    "sessies": _sessions,
    "importinhoud": _contents,
    "importverslagen": _imports,
    "taken": _jobs,
}
# Purged elsewhere: the log by its own function, events by the worker's sweep.
ELSEWHERE = frozenset({"logboek", "gebeurtenissen"})


def classes() -> Sequence[Term]:
    """Return the classes that have a term, in the order of the file."""
    return [term for term in load_terms().classes.values() if not term.stays]
