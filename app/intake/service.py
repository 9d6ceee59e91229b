"""Importing registrations: new, changed, unchanged, and one active registration a child."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit_all
from app.imports.changes import Change, changed_fields
from app.imports.importer import Taken
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.intake.canonical import ReadRegistration, RegistrationReading
from app.intake.fields import field_digests
from app.intake.holds import (
    Missing,
    hold_refused,
    lift_imported,
    lift_taken,
    lift_whole,
    whole_groups,
)
from app.intake.queries import (
    digests_of,
    lock_imports,
)
from app.intake.sorting import Sorting
from app.intake.telling import tell_corrected
from app.intake.wishes import ensure_groups, settle_wishes
from app.intake.write import add_registrations, change_registrations
from app.kernel.actor import Actor
from app.models import ChangeKind, ImportKind, ImportState
from app.settings import Settings


def import_registrations(
    session: Session,
    *,
    actor: Actor,
    reading: RegistrationReading,
    source: SourceFile,
    settings: Settings,
) -> ImportReport:
    """Store the registrations of a file; what is not in it stays as it is.

    A registration of a child (by BSN) that already has an active one is refused: duplicates are
    shown to a person, never merged in silence.
    """
    lock_imports(session)
    taken = take_registrations(session, reading.registrations, file=source.name, settings=settings)
    settle_file(
        session,
        taken.groups,
        missing=reading.missing | taken.lacking,
        whole=whole_groups(session, numbers_of(reading.registrations), reading.missing),
    )
    report = _report(reading, taken, source)
    record_import(session, report, actor=actor, kind=ImportKind.REGISTRATIONS)
    return report


def numbers_of(reads: Iterable[ReadRegistration]) -> set[str]:
    """Return the numbers of registrations."""
    return {read.record.number for read in reads}


def settle_file(
    session: Session,
    groups: Collection[str],
    *,
    missing: Collection[Missing],
    whole: Collection[str],
) -> None:
    """Settle the groups that a file touched, now that all of it is in.

    missing: groups `samen` and the numbers that the file refused. whole: the groups that it holds
    in full, which ends the wait for a row that was refused before.
    """
    lift_whole(session, whole)
    lift_imported(session, groups)
    hold_refused(session, missing)
    settle_wishes(session, {*groups, *whole, *(code for code, _ in missing)})


def take_registrations(
    session: Session, reads: Sequence[ReadRegistration], *, file: str, settings: Settings
) -> Taken:
    """Store registrations; what is left to the caller is settling the groups they touched."""
    rows = Sorting.of(session, reads, settings)
    for read in reads:
        rows.take(read, file=file)
    changes = list(_changes(session, rows, settings))
    groups = ensure_groups(session, [entry.record for _, entry in rows.taken])
    add_registrations(session, rows.new, groups, settings)
    change_registrations(session, rows.changed, groups, settings)
    _tell(session, rows)
    refused = {refusal.record for refusal in rows.refused}
    lifted = lift_taken(session, numbers_of(reads) - refused)
    return Taken(
        added=len(rows.new),
        changed=len(rows.changed),
        unchanged=rows.unchanged,
        refusals=rows.refused,
        notices=rows.notices,
        changes=changes,
        groups=frozenset(groups) | rows.left_groups | lifted,
        lacking=frozenset(rows.lacking),
    )


def _tell(session: Session, rows: Sorting) -> None:
    added = [{"child": entry.registration_id} for entry in rows.new]
    emit_all(session, Occurrence.REGISTRATION_ADDED, added)
    tell_corrected(session, [entry.registration_id for entry in rows.changed])


def _changes(session: Session, rows: Sorting, settings: Settings) -> Iterator[Change]:
    before = digests_of(session, [entry.registration_id for entry in rows.changed])
    for is_new, entry in rows.taken:
        number = entry.record.number
        if is_new:
            yield Change(ChangeKind.ADDED, number)
        else:
            after = field_digests(entry.record, settings)
            fields = changed_fields(before[entry.registration_id], after)
            yield Change(ChangeKind.CHANGED, number, fields)


def _report(reading: RegistrationReading, taken: Taken, source: SourceFile) -> ImportReport:
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if taken.added or taken.changed else ImportState.UNCHANGED,
        read=len(reading.registrations),
        added=taken.added,
        changed=taken.changed,
        unchanged=taken.unchanged,
        refusals=tuple(sorted([*reading.refusals, *taken.refusals])),
        notices=tuple(sorted([*reading.notices, *taken.notices])),
        changes=tuple(taken.changes),
    )
