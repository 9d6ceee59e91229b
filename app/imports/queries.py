"""Every SELECT of the imports room: which import is next, and what of it is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import collate, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models import (
    ImportBatch,
    ImportChunk,
    ImportContent,
    ImportKind,
    ImportMode,
    ImportState,
    MatchRun,
    Provider,
    RunState,
)
from app.models.match_run import RunProgress

# A run that waits asks again every second; one that nobody asks for any more holds up nobody.
_STILL_ASKED_FOR = timedelta(seconds=60)

# No run looks at placements of before: nothing waits for them.
_FOR_RUNS = ImportBatch.kind != ImportKind.HISTORY
UNFINISHED = (ImportState.RECEIVED, ImportState.WORKING)
_TAKEN = (ImportState.APPLIED, ImportState.UNCHANGED)


def oldest_unfinished(session: Session, kind: ImportKind, provider_id: UUID | None) -> UUID | None:
    """Return the import of a source that came in first of those not yet worked off."""
    return session.scalar(
        select(ImportBatch.id)
        .where(
            ImportBatch.kind == kind,
            ImportBatch.provider_id.is_not_distinct_from(provider_id),
            ImportBatch.state.in_(UNFINISHED),
        )
        .order_by(ImportBatch.id)
        .limit(1)
    )


def lock_unfinished(session: Session, import_id: UUID) -> ImportBatch | None:
    """Return an import for this transaction alone, or None when another has just ended it.

    Waits for a worker that was given up but still lives: only one of the two takes each step.
    """
    return session.scalar(
        select(ImportBatch)
        .where(ImportBatch.id == import_id, ImportBatch.state.in_(UNFINISHED))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def pieces_of(session: Session, import_id: UUID) -> Iterator[bytes]:
    """Yield the sealed pieces of an uploaded file in order, one at a time."""
    ordinal = 0
    while True:
        piece = session.scalar(
            select(ImportContent.sealed).where(
                ImportContent.import_id == import_id, ImportContent.ordinal == ordinal
            )
        )
        if piece is None:
            return
        yield piece
        ordinal += 1


def next_chunk(session: Session, import_id: UUID) -> ImportChunk | None:
    """Return the first records of an import that are still to be stored, or None."""
    return session.scalar(
        select(ImportChunk)
        .where(ImportChunk.import_id == import_id)
        .order_by(ImportChunk.ordinal)
        .limit(1)
    )


def held_before(session: Session, batch: ImportBatch) -> list[UUID]:
    """Return the held imports of the same source that came in before this one."""
    return list(
        session.scalars(
            select(ImportBatch.id).where(
                ImportBatch.kind == batch.kind,
                ImportBatch.provider_id.is_not_distinct_from(batch.provider_id),
                ImportBatch.state == ImportState.HELD,
                ImportBatch.id < batch.id,
            )
        )
    )


@dataclass(frozen=True, slots=True)
class HalfDone:
    """An import of which some records are stored and some are not; provider: its code."""

    id: UUID
    provider: str | None
    done: int
    total: int

    def sentence(self) -> str:
        """Return what whoever waits for it is told."""
        what = f"pleeggezinnen van {self.provider}" if self.provider else "aanmeldingen"
        return f"Wacht op de import van {what}: {self.done} van {self.total} verwerkt"


def half_done_import(session: Session) -> HalfDone | None:
    """Return the oldest import that is half done in what this transaction sees, or None.

    One that was read but of which nothing is stored yet is not half done, nor is one that failed:
    that stays as it is until the file is offered again.
    """
    found = session.execute(
        select(ImportBatch.id, Provider.code, ImportBatch.done, ImportBatch.total)
        .outerjoin(Provider, Provider.id == ImportBatch.provider_id)
        .where(ImportBatch.state == ImportState.WORKING, ImportBatch.done > 0, _FOR_RUNS)
        .order_by(ImportBatch.id)
        .limit(1)
    ).first()
    return HalfDone(*found) if found else None


@dataclass(frozen=True, slots=True)
class HalfStored:
    """An import that failed with some of its records stored; provider: its code."""

    file: str
    provider: str | None
    done: int
    total: int

    def sentence(self) -> str:
        """Return what a person should know of a plan that rests on it."""
        what = f"pleeggezinnen van {self.provider}" if self.provider else "aanmeldingen"
        return (
            f"De import van {what} is halverwege mislukt: {self.done} van {self.total} verwerkt, "
            "en de voorstellen gaan uit van wat er nu staat. Bied dit bestand opnieuw aan, onder "
            "dezelfde naam, en vraag daarna een nieuwe matchrun aan."
        )


def half_stored_imports(session: Session) -> list[HalfStored]:
    """Return the failed imports of which something is stored and that no later one has made good.

    Any later whole export of its provider that was taken makes one of families good; anything
    else only the same file, or one of that name.
    """
    later = aliased(ImportBatch)
    made_good = exists().where(
        later.kind == ImportBatch.kind,
        later.provider_id.is_not_distinct_from(ImportBatch.provider_id),
        tuple_(later.applied_at, later.id) > tuple_(ImportBatch.applied_at, ImportBatch.id),
        later.state.in_(_TAKEN) | (later.state == ImportState.FAILED) & (later.done > 0),
        (later.kind == ImportKind.FAMILIES) & (later.mode == ImportMode.WHOLE)
        | (later.file == ImportBatch.file)
        | (later.sha256 == ImportBatch.sha256),
    )
    rows = session.execute(
        select(ImportBatch.file, Provider.code, ImportBatch.done, ImportBatch.total)
        .outerjoin(Provider, Provider.id == ImportBatch.provider_id)
        .where(ImportBatch.state == ImportState.FAILED, ImportBatch.done > 0, ~made_good, _FOR_RUNS)
        .order_by(ImportBatch.kind, Provider.code, collate(ImportBatch.file, "C"))
    )
    return [HalfStored(*row) for row in rows]


def is_run_held_up(session: Session) -> bool:
    """Return whether a match run waits for an import that is half done, and still asks."""
    waiting = (
        select(MatchRun.id)
        .join(RunProgress, RunProgress.run_id == MatchRun.id)
        .where(
            MatchRun.state == RunState.WAITING,
            RunProgress.updated_at > func.now() - _STILL_ASKED_FOR,
        )
    )
    return bool(session.scalar(select(waiting.exists())))
