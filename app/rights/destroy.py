"""Destroying a file: everything of a child goes, in one transaction, and what is counted stays.

Rows that others count leave a shell without an identity; runs stay with another number; the log
keeps its lines, which hold our own id alone (ADR 0054).
"""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db.base import Base
from app.kernel.errors import Conflict
from app.models import ChildBsn, ErasureRequest, Registration, StageChange
from app.rights.as_eraser import as_eraser
from app.rights.catalogue import Destruction, load_catalogue
from app.rights.opened import opened
from app.rights.runs import rename_in_runs
from app.rights.shells import Shells, leave_shells, pseudonyms
from app.rights.standing_in_the_way import in_the_way
from app.rights.traces import remove_empty_group, remove_traces, rename_mentions
from app.rights.whose import Whose, rows_of, table_of
from app.settings import Settings


def destroy_file(session: Session, whose: Whose, settings: Settings) -> dict[str, int]:
    """Destroy all that is kept of a child; return how many rows went or became a shell, by table.

    Raises Conflict while something of it runs or must stay, NotReady where the login may not.
    """
    require_nothing_in_the_way(session, whose)
    with as_eraser(session):
        counts = _destroy(session, whose, settings)
    return {name: count for name, count in sorted(counts.items()) if count}


def require_nothing_in_the_way(session: Session, whose: Whose) -> None:
    """Raise Conflict, which says what still runs or must stay."""
    found = in_the_way(session, whose)
    if found:
        raise Conflict(
            f"Dit dossier kan nu niet vernietigd worden: {'; '.join(found)}. Beëindig dat eerst."
        )


def _destroy(session: Session, whose: Whose, settings: Settings) -> dict[str, int]:
    rows = session.scalars(
        select(Registration).where(Registration.id.in_(whose.registrations)).with_for_update()
    ).all()
    words = _words(session, whose, settings)
    groups = {row.sibling_group_id for row in rows if row.sibling_group_id}
    counts = _remove_rows(session, whose)
    if rows:
        shells = Shells(pseudonyms(whose.numbers))
        first = min(row.created_at for row in rows)
        counts["match_run"] = rename_in_runs(session, shells.numbers, first)
        leave_shells(session, whose, shells)
        counts |= shells.counts | rename_mentions(session, shells.numbers)
        counts["sibling_group"] = remove_empty_group(session, groups)
    else:
        counts["stage_change"] = _forget_road(session, whose)
    _empty_requests(session, whose)
    return counts | remove_traces(session, whose, words=words, settings=settings)


def _remove_rows(session: Session, whose: Whose) -> dict[str, int]:
    """Remove the rows of every table that keeps none, what hangs on others first."""
    catalogue, counts = load_catalogue(), {}
    for kept in reversed(Base.metadata.sorted_tables):
        table = catalogue.tables.get(kept.name)
        if table is None or table.via is None or table.destruction is not Destruction.REMOVED:
            continue
        done: Any = session.execute(
            delete(table_of(kept.name))
            .where(rows_of(whose, kept.name, table.via))
            .execution_options(synchronize_session=False)
        )
        counts[kept.name] = int(done.rowcount)
    return counts


def _forget_road(session: Session, whose: Whose) -> int:
    """Remove the steps of a draft that never became a registration: nobody counts those."""
    done: Any = session.execute(
        delete(StageChange)
        .where(StageChange.registration_id.in_(whose.registrations))
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def _empty_requests(session: Session, whose: Whose) -> None:
    """Leave of earlier requests, refused ones as well, nothing that somebody typed."""
    session.execute(
        update(ErasureRequest)
        .where(ErasureRequest.registration_id.in_(whose.registrations))
        .values(note=None, reason=None)
        .execution_options(synchronize_session=False)
    )


def _words(session: Session, whose: Whose, settings: Settings) -> frozenset[str]:
    """Return what gives the child away in an answer or a file that was put away."""
    words = {*(str(id_) for id_ in whose.registrations), *whose.numbers}
    stored = session.get(ChildBsn, whose.child_id) if whose.child_id else None
    if stored is not None:
        words.add(opened(stored, "ciphertext", settings).decode())
    return frozenset(words)
