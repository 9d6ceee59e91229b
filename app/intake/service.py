"""Importing registrations: new, changed, unchanged, and one active registration a child."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import digest_bsn
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.intake.canonical import ReadRegistration, RegistrationReading
from app.intake.queries import (
    KnownRegistration,
    active_numbers,
    children_by_digest,
    known_registrations,
    lock_imports,
)
from app.intake.schemas import RegistrationIn
from app.intake.wishes import ensure_groups, settle_wishes
from app.intake.write import Entry, add_registrations, change_registrations
from app.kernel.actor import Actor
from app.kernel.ids import new_id
from app.kernel.refusal import Refusal
from app.models import ImportKind, ImportState
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
    rows = _Sorting.of(session, reading, settings)
    # By number, not in the order of the file: of two rows for one child the same one stays.
    for read in sorted(reading.registrations, key=lambda read: read.record.number):
        rows.take(read, file=source.name)
    entries = [*rows.new, *rows.changed]
    groups = ensure_groups(session, [entry.record for entry in entries])
    add_registrations(session, rows.new, groups, settings)
    change_registrations(session, rows.changed, groups, settings)
    settle_wishes(session, groups.keys(), incomplete=reading.incomplete_groups)
    report = _report(reading, rows, source)
    record_import(session, report, actor=actor, kind=ImportKind.REGISTRATIONS)
    return report


def content_hash(record: RegistrationIn) -> str:
    """Return a digest of all that a registration says: equal means nothing changed."""
    return hashlib.sha256(record.model_dump_json(by_alias=True).encode()).hexdigest()


@dataclass(slots=True)
class _Sorting:
    """The rows of a file, sorted by what they mean for what is stored."""

    settings: Settings
    known: dict[str, KnownRegistration]
    children: dict[bytes, UUID]
    active: dict[UUID, str]
    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @staticmethod
    def of(session: Session, reading: RegistrationReading, settings: Settings) -> "_Sorting":
        """Return an empty sorting that knows what is stored."""
        records = [read.record for read in reading.registrations]
        digests = [digest_bsn(r.bsn, settings) for r in records if r.bsn is not None]
        children = children_by_digest(session, digests)
        return _Sorting(
            settings=settings,
            known=known_registrations(session, [r.number for r in records]),
            children=children,
            active=active_numbers(session, set(children.values())),
        )

    def take(self, read: ReadRegistration, *, file: str) -> None:
        """Sort one row."""
        record, content = read.record, content_hash(read.record)
        stored = self.known.get(record.number)
        if stored is None:
            self._take_new(read, content, file=file)
        elif stored.content_hash == content:
            self.unchanged += 1
        else:
            self.changed.append(
                Entry(stored.id, stored.child_id, child_is_new=False, record=record,
                      content_hash=content)
            )  # fmt: skip

    def _take_new(self, read: ReadRegistration, content: str, *, file: str) -> None:
        record = read.record
        digest = digest_bsn(record.bsn, self.settings) if record.bsn else None
        found = self.children.get(digest) if digest else None
        if found is not None and found in self.active:
            self.refused.append(_already_active(read, self.active[found], file))
            return
        child_id = found or new_id()
        self.new.append(
            Entry(new_id(), child_id, child_is_new=found is None, record=record,
                  content_hash=content)
        )  # fmt: skip
        self.active[child_id] = record.number
        if digest is not None:
            self.children[digest] = child_id


def _already_active(read: ReadRegistration, other: str, file: str) -> Refusal:
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="bsn",
        message=f"Aanmelding {number}: voor dit kind (zelfde BSN) loopt al aanmelding {other}. "
        "Werk die bij, of controleer het BSN.",
        record=number,
    )


def _report(reading: RegistrationReading, rows: _Sorting, source: SourceFile) -> ImportReport:
    changes = len(rows.new) + len(rows.changed)
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if changes else ImportState.UNCHANGED,
        read=len(reading.registrations),
        added=len(rows.new),
        changed=len(rows.changed),
        unchanged=rows.unchanged,
        refusals=tuple(sorted([*reading.refusals, *rows.refused])),
        notices=reading.notices,
    )
