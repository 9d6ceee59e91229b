"""Importing a provider's full export: what is new, changed, older, missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.families.announce import tell_changes
from app.families.canonical import FamilyReading
from app.families.fields import field_digests
from app.families.move_queries import handed_over
from app.families.queries import digests_of, known_families
from app.families.sorting import (
    Missing,
    SortedRows,
    Stored,
    content_hash,
    find_missing,
    latest_day,
    sort_rows,
)
from app.families.write import (
    Owner,
    add_families,
    ask_to_confirm,
    change_families,
    refresh_families,
)
from app.imports.changes import Change, changed_fields
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.models import ChangeKind, ImportKind, ImportState
from app.providers import find_provider, lock_provider

__all__ = ["apply_rows", "ask_about", "content_hash", "import_families"]


def import_families(
    session: Session,
    *,
    actor: Actor,
    provider_code: str,
    reading: FamilyReading,
    source: SourceFile,
    today: date | None = None,
    confirmed: bool = False,
) -> ImportReport:
    """Bring the stored families of one provider in line with its full export.

    A row that says it was changed after `today` (else the export's own day, else today in
    Amsterdam) is refused: it would make every later row of that family look old.
    An export in which more than 20% of the provider's families are missing changes nothing: it is
    held until someone confirms it (`confirmed`). Raises NotFound for an unknown provider.
    """
    named = find_provider(session, provider_code)
    if named is None:
        raise NotFound(f"Aanbieder '{provider_code}' is hier niet bekend: voer eerst migrate uit.")
    owner = Owner(named.provider.id, named.source.id)
    lock_provider(session, owner.provider_id)
    stored = _stored(session, owner, reading)
    own = [item for item in stored.known.items() if item[1].source_id == owner.source_id]
    missing = find_missing(reading.seen, own)
    latest = latest_day(today, reading.snapshot_day)
    rows = sort_rows(reading.families, stored, file=source.name, latest=latest)
    held = missing.is_suspicious and not confirmed
    report = (_report_held if held else _report)(reading, rows, missing, source)
    if not held:
        changes = apply_rows(session, owner=owner, rows=rows)
        changes += ask_about(session, [family.id for family in missing.families])
        report = replace(report, changes=tuple(changes))
        tell_changes(session, provider_id=owner.provider_id, changes=changes)
    record_import(
        session, report, actor=actor, kind=ImportKind.FAMILIES, provider_id=owner.provider_id,
        source_id=owner.source_id,
    )  # fmt: skip
    return report


def _stored(session: Session, owner: Owner, reading: FamilyReading) -> Stored:
    known = known_families(session, owner.provider_id)
    unknown = [number for number in reading.seen if number not in known]
    gone = handed_over(session, {owner.provider_id, owner.source_id}, unknown)
    return Stored(known, gone, owner.source_id)


def apply_rows(session: Session, *, owner: Owner, rows: SortedRows) -> list[Change]:
    """Write the new and changed families of a provider; note newer moments of the others.

    Return what is new and changed in the order of the rows.
    """
    changes = list(_changes(session, rows))
    add_families(session, owner, [(r, content_hash(r)) for r in rows.new])
    change_families(session, [(k.id, r, content_hash(r)) for k, r in rows.changed])
    refresh_families(
        session,
        [(k.id, r.updated_at) for k, r in rows.unchanged if r.updated_at > k.source_updated_at],
    )
    return changes


def ask_about(session: Session, ids: list[UUID], *, until: datetime | None = None) -> list[Change]:
    """Mark families as `navragen`; return those that were not asked about already.

    until: leave out those of whom was heard after this instant.
    """
    asked = ask_to_confirm(session, ids, until=until)
    return [Change(ChangeKind.ASKED_ABOUT, number) for number in asked]


def _changes(session: Session, rows: SortedRows) -> Iterator[Change]:
    before = digests_of(session, [known.id for known, _ in rows.changed])
    for known, record in rows.taken:
        if known is None:
            yield Change(ChangeKind.ADDED, record.reference)
        else:
            kind = ChangeKind.BACK if known.needs_confirmation else ChangeKind.CHANGED
            fields = changed_fields(before[known.id], field_digests(record))
            yield Change(kind, record.reference, fields)


def _report(
    reading: FamilyReading, rows: SortedRows, missing: Missing, source: SourceFile
) -> ImportReport:
    changes = len(rows.new) + len(rows.changed) + len(missing.families)
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if changes else ImportState.UNCHANGED,
        read=len(reading.families), added=len(rows.new), changed=len(rows.changed),
        unchanged=len(rows.unchanged), to_confirm=len(missing.families),
        refusals=tuple(sorted([*reading.refusals, *rows.refused])),
        notices=reading.notices, snapshot_day=reading.snapshot_day,
    )  # fmt: skip


def _report_held(
    reading: FamilyReading, rows: SortedRows, missing: Missing, source: SourceFile
) -> ImportReport:
    return ImportReport(
        source=source, state=ImportState.HELD, read=len(reading.families),
        to_confirm=len(missing.families), snapshot_day=reading.snapshot_day,
        refusals=tuple(sorted([*reading.refusals, *rows.refused])),
        notices=(*reading.notices, missing.notice(source.name)),
    )  # fmt: skip
