"""Working off uploads step by step: read, then 500 records at a time; each step one transaction.

A job is not about one import: it takes the next step of the oldest unfinished import of its source.
So imports of one source go in order, and a job that is performed twice does nothing twice.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, asked_by, note_work
from app.db.bulk import insert_rows
from app.db.sealing import seal, unseal
from app.db.session import SessionMaker, session_for
from app.imports.content import USE, drop_content, write_content
from app.imports.importer import Importer, Plan
from app.imports.queries import (
    held_before,
    is_run_held_up,
    lock_unfinished,
    next_chunk,
    oldest_unfinished,
)
from app.imports.record import add_changes, add_findings, tell_end
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.errors import Conflict, DomainError, InputRefused
from app.log.events import Event
from app.log.write import log
from app.models import ImportBatch, ImportChunk, ImportFinding, ImportKind, ImportState
from app.settings import Settings

# A lost connection, a deadlock, or a row that somebody else has just made: later it may go well.
PASSING = (OperationalError, IntegrityError)
MAX_ATTEMPTS = 4
WAIT_SECONDS = 1.0
# By their names in the log.
_WORK = {
    ImportKind.FAMILIES: "verwerkImportGezinnen",
    ImportKind.REGISTRATIONS: "verwerkImportAanmeldingen",
    ImportKind.HISTORY: "verwerkImportHistorie",
}
_TOO_OFTEN = (
    "De verwerking is telkens afgebroken doordat de worker wegviel; wat al verwerkt was blijft "
    "staan. Kijk in het logboek van de worker en bied het bestand opnieuw aan."
)


def perform_step(
    sessions: SessionMaker,
    importer: Importer,
    *,
    provider_id: UUID | None,
    settings: Settings,
    queue_next: Callable[[Session, float], None],
    attempts: int = MAX_ATTEMPTS,
) -> None:
    """Take the next step of a source's oldest unfinished import; queue a job for the step after it.

    queue_next is given the seconds that job must wait. attempts: how often this step was tried
    before. An error ends the import as `mislukt` before it is raised again, unless it may pass and
    there are attempts left; so does a step that took its worker down with it too often.
    """
    with session_for(sessions, SYSTEM) as session:
        import_id = oldest_unfinished(session, importer.kind, provider_id)
    if import_id is None:
        return
    if attempts > MAX_ATTEMPTS:
        _fail(sessions, import_id, Conflict(_TOO_OFTEN))
        return
    try:
        with session_for(sessions, SYSTEM) as session:
            batch = lock_unfinished(session, import_id)
            if batch is not None and _must_wait(session, batch):
                queue_next(session, WAIT_SECONDS)
            elif batch is not None:
                if _take_step(session, importer, batch, settings):
                    queue_next(session, 0)
                _note_step(session, batch)
    except Exception as error:
        if not (attempts < MAX_ATTEMPTS and isinstance(error, PASSING)):
            _fail(sessions, import_id, error)
        raise
    if batch is not None:
        _tell(batch)


def _note_step(session: Session, batch: ImportBatch) -> None:
    # At the end of the transaction: sealing waits for who has noted something and goes on.
    about, asked = ("import", str(batch.id)), asked_by(batch.actor)
    note_work(session, _WORK[batch.kind], client=WORKER_CLIENT, actor=asked, about=about)


def _must_wait(session: Session, batch: ImportBatch) -> bool:
    """Return whether an import may not begin yet to store its records.

    A match run waits for the imports that are half done. Would others begin meanwhile, it might
    wait for ever; one that has begun goes on, so that nobody waits for each other.
    """
    is_at_begin = batch.state is ImportState.WORKING and batch.done == 0 and batch.total > 0
    return is_at_begin and is_run_held_up(session)


def _take_step(
    session: Session, importer: Importer, batch: ImportBatch, settings: Settings
) -> bool:
    """Return whether there is more to do."""
    importer.lock(session, batch)
    if batch.state is ImportState.RECEIVED:
        _read(session, importer, batch, settings)
    else:
        _apply_next(session, importer, batch, settings)
    session.flush()
    return batch.state is ImportState.WORKING


def _read(session: Session, importer: Importer, batch: ImportBatch, settings: Settings) -> None:
    # A held import that was confirmed is read again: what is stored may have changed since.
    session.execute(delete(ImportFinding).where(ImportFinding.import_id == batch.id))
    with tempfile.TemporaryDirectory(prefix="pleegzorg-") as folder:
        path = Path(folder) / batch.file
        write_content(session, batch.id, path, settings=settings)
        try:
            plan = importer.read(session, batch, path)
        except InputRefused as error:
            batch.failure = str(error)
            _finish(session, batch, ImportState.REFUSED)
            return
        stored = _store_chunks(session, batch, plan, settings)
    _note(session, batch, plan, stored or plan.held_records)
    if plan.is_held:
        batch.state = ImportState.HELD
        tell_end(session, batch)
    else:
        drop_content(session, batch.id)
        batch.state = ImportState.WORKING


def _note(session: Session, batch: ImportBatch, plan: Plan, records: int) -> None:
    batch.read = batch.total = records
    batch.refused = len(plan.refusals)
    batch.to_confirm = plan.to_confirm
    batch.snapshot_day = plan.snapshot_day
    batch.closing = plan.closing
    add_findings(session, batch.id, sorted(plan.refusals), sorted(plan.notices))


def _store_chunks(session: Session, batch: ImportBatch, plan: Plan, settings: Settings) -> int:
    """Return how many records were stored to be applied."""
    stored = 0
    for ordinal, (count, records) in enumerate(plan.chunks):
        row = {"import_id": batch.id, "ordinal": ordinal, "records": count}
        sealed = seal(records, settings, use=USE, owner=f"{batch.id}:{ordinal}")
        insert_rows(session, ImportChunk, [row | {"sealed": sealed}])
        stored += count
    return stored


def _apply_next(
    session: Session, importer: Importer, batch: ImportBatch, settings: Settings
) -> None:
    chunk = next_chunk(session, batch.id)
    if chunk is None:
        asked = importer.close(session, batch)
        add_changes(session, batch.id, asked, after=batch.added + batch.changed)
        batch.to_confirm = len(asked)
        changes = batch.added + batch.changed + batch.to_confirm
        _finish(session, batch, ImportState.APPLIED if changes else ImportState.UNCHANGED)
        return
    owner = f"{batch.id}:{chunk.ordinal}"
    records = unseal(chunk.sealed, settings, use=USE, owner=owner)
    taken = importer.apply(session, batch, records)
    add_changes(session, batch.id, taken.changes, after=batch.added + batch.changed)
    batch.added += taken.added
    batch.changed += taken.changed
    batch.unchanged += taken.unchanged
    batch.refused += len(taken.refusals)
    batch.done += chunk.records
    closing = batch.closing or {}
    groups = {*closing.get("groups", ()), *taken.groups}
    lacking = {*map(tuple, closing.get("lacking", ())), *taken.lacking}
    batch.closing = {**closing, "groups": sorted(groups), "lacking": sorted(lacking)}
    add_findings(session, batch.id, taken.refusals, taken.notices)
    session.delete(chunk)


def _finish(session: Session, batch: ImportBatch, state: ImportState) -> None:
    batch.state, batch.applied_at, batch.closing = state, now(), None
    tell_end(session, batch)
    drop_content(session, batch.id)
    if state in {ImportState.APPLIED, ImportState.UNCHANGED}:
        # Held before this one, it can no longer be confirmed: its file has no use any more.
        for import_id in held_before(session, batch):
            drop_content(session, import_id)


def _fail(sessions: SessionMaker, import_id: UUID, error: Exception) -> None:
    with session_for(sessions, SYSTEM) as session:
        batch = lock_unfinished(session, import_id)
        if batch is not None:
            batch.failure = _reason(error)
            session.execute(delete(ImportChunk).where(ImportChunk.import_id == import_id))
            _finish(session, batch, ImportState.FAILED)


def _reason(error: Exception) -> str:
    # Only our own sentences are safe to keep: the text of another error may hold a person's data.
    if isinstance(error, DomainError):
        return str(error)
    return (
        f"De verwerking is afgebroken ({type(error).__name__}); wat al verwerkt was blijft staan. "
        "Bied het bestand opnieuw aan."
    )


def _tell(batch: ImportBatch) -> None:
    if batch.state in {ImportState.WORKING, ImportState.RECEIVED}:
        return
    log(
        Event.IMPORT_FINISHED,
        import_id=str(batch.id),
        state=batch.state.value,
        read=batch.read,
        added=batch.added,
        changed=batch.changed,
        unchanged=batch.unchanged,
        refused=batch.refused,
        to_confirm=batch.to_confirm,
    )
