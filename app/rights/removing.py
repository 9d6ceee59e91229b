"""How each class of records goes: what is done to a batch of things whose term has ended."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.models import (
    Draft,
    Family,
    FamilyPhone,
    FamilyWillingness,
    GivenAnswer,
    Housemate,
    ImportBatch,
    ImportChunk,
    ImportContent,
    KeptForm,
    MatchRun,
    ScreenSession,
)
from app.rights.as_eraser import as_eraser
from app.rights.due import GONE, Due
from app.rights.shells import area_of
from app.rights.tasks import destroy_and_tell
from app.rights.terms import FILE, WITHDRAWN
from app.rights.whose import find_whose, whose_child
from app.settings import Settings

Counts = dict[str, int]
Remove = Callable[[Session, Sequence[Any], Settings], Counts]


def remove(session: Session, name: str, due: Sequence[Due], settings: Settings) -> Counts:
    """Remove things of a class; return how many rows went, by table."""
    return _REMOVE[name](session, [each.key for each in due], settings)


def _files(session: Session, keys: Sequence[UUID], settings: Settings) -> Counts:
    counts: Counts = {}
    for child_id in keys:
        gone = destroy_and_tell(session, whose_child(session, child_id), settings)
        counts = _added(counts, gone)
    return counts


def _drafts(session: Session, keys: Sequence[UUID], settings: Settings) -> Counts:
    counts: Counts = {}
    for draft_id in keys:
        whose = find_whose(session, draft_id)
        if whose is not None and session.get(Draft, draft_id) is not None:
            counts = _added(counts, destroy_and_tell(session, whose, settings))
    return counts


def _added(counts: Counts, more: Counts) -> Counts:
    return {name: counts.get(name, 0) + more.get(name, 0) for name in counts.keys() | more.keys()}


def _families(session: Session, keys: Sequence[UUID], _: Settings) -> Counts:
    """Leave a family as a row without people: placements, and figures of places, point to it."""
    counts: Counts = {}
    with as_eraser(session):
        for table in (Housemate, FamilyWillingness, FamilyPhone):
            counts[table.__tablename__] = _gone(
                session, delete(table).where(table.family_id.in_(keys))
            )
        for family in session.scalars(select(Family).where(Family.id.in_(keys))):
            family.postcode, family.place_name = area_of(session, family.postcode)
            family.name, family.faith, family.pause_reason = GONE, None, None
            family.languages, family.pets, family.trainings = [], [], []
            family.smokes = family.wheelchair = False
            family.cooperation, family.experience_years = None, 0
            family.confirmed_by, family.field_digests = None, None
            family.emptied_at = now()
            family.network_for = GONE if family.network_for is not None else None
        session.flush()
    return counts | {"family": len(keys)}


def _runs(session: Session, keys: Sequence[UUID], _: Settings) -> Counts:
    with as_eraser(session):
        gone = update(MatchRun).where(MatchRun.id.in_(keys))
        values: dict[str, Any] = {
            "problem": None,
            "tradeoffs": None,
            "published": None,
            "notices": [],
        }
        return {"match_run": _gone(session, gone.values(values))}


def _answers(session: Session, keys: Sequence[tuple[str, str]], _: Settings) -> Counts:
    with as_eraser(session):
        rows = [
            _gone(
                session,
                delete(GivenAnswer).where(GivenAnswer.actor == actor, GivenAnswer.key == key),
            )
            for actor, key in keys
        ]
    return {"given_answer": sum(rows)}


def _sessions(session: Session, keys: Sequence[tuple[str, UUID]], _: Settings) -> Counts:
    counts = {}
    with as_eraser(session):
        for table in (ScreenSession, KeptForm):
            ids = [id_ for name, id_ in keys if name == table.__tablename__]
            counts[table.__tablename__] = _gone(session, delete(table).where(table.id.in_(ids)))
    return counts


def _contents(session: Session, keys: Sequence[UUID], _: Settings) -> Counts:
    counts = {}
    with as_eraser(session):
        for table in (ImportContent, ImportChunk):
            counts[table.__tablename__] = _gone(
                session, delete(table).where(table.import_id.in_(keys))
            )
    return counts


def _imports(session: Session, keys: Sequence[UUID], _: Settings) -> Counts:
    with as_eraser(session):
        return {"import_batch": _gone(session, delete(ImportBatch).where(ImportBatch.id.in_(keys)))}


def _jobs(session: Session, keys: Sequence[int], _: Settings) -> Counts:
    with as_eraser(session):
        found = session.execute(
            text("DELETE FROM procrastinate_jobs WHERE id = ANY(:ids)"), {"ids": list(keys)}
        )
        return {"procrastinate_jobs": int(found.rowcount)}  # type: ignore[attr-defined]


def _gone(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)


_REMOVE: Mapping[str, Remove] = {
    FILE: _files,
    WITHDRAWN: _files,
    "concept": _drafts,
    "gezin": _families,
    "matchruns": _runs,
    "antwoorden": _answers,
    "sessies": _sessions,
    "importinhoud": _contents,
    "importverslagen": _imports,
    "taken": _jobs,
}
