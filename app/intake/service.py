"""Importing registrations: new, changed, unchanged, and one active registration a child."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import digest_bsn, digest_content, digests_bsn
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
from app.intake.of_others import Person, person_of
from app.intake.queries import (
    KnownRegistration,
    active_numbers,
    children_by_digest,
    children_of,
    digests_of,
    known_registrations,
    lock_imports,
    secret_children,
)
from app.intake.row_refusals import already_active, lifts_secret, other_person
from app.intake.schemas import RegistrationIn
from app.intake.wishes import ensure_groups, settle_wishes
from app.intake.write import Entry, add_registrations, change_registrations
from app.kernel.actor import Actor
from app.kernel.ids import new_id
from app.kernel.refusal import Refusal
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
        missing=reading.missing,
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
    rows = _Sorting.of(session, reads, settings)
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
        changes=changes,
        groups=frozenset(groups) | rows.left_groups | lifted,
    )


def _tell(session: Session, rows: "_Sorting") -> None:
    for occurrence, entries in (
        (Occurrence.REGISTRATION_ADDED, rows.new),
        (Occurrence.REGISTRATION_CORRECTED, rows.changed),
    ):
        emit_all(session, occurrence, [{"child": entry.registration_id} for entry in entries])


def _changes(session: Session, rows: "_Sorting", settings: Settings) -> Iterator[Change]:
    before = digests_of(session, [entry.registration_id for entry in rows.changed])
    for is_new, entry in rows.taken:
        number = entry.record.number
        if is_new:
            yield Change(ChangeKind.ADDED, number)
        else:
            after = field_digests(entry.record, settings)
            fields = changed_fields(before[entry.registration_id], after)
            yield Change(ChangeKind.CHANGED, number, fields)


def content_hash(record: RegistrationIn, settings: Settings) -> str:
    """Return a keyed digest of all that a registration says: equal means nothing changed."""
    return digest_content(record.model_dump_json(by_alias=True), settings)


@dataclass(slots=True)
class _Sorting:
    """The rows of a file, sorted by what they mean for what is stored.

    children, active: by BSN digest and by child; they grow with each row, so that two rows of one
    file meet too. secret: the children that had a secret placement. persons: who they are. taken:
    what is new or changed in the order of the rows, with whether it is new. left_groups: the groups
    that known registrations were in before.
    """

    settings: Settings
    known: dict[str, KnownRegistration]
    children: dict[bytes, UUID]
    active: dict[UUID, str]
    secret: set[UUID]
    persons: dict[UUID | None, Person]
    taken: list[tuple[bool, Entry]] = field(default_factory=list)
    left_groups: set[str] = field(default_factory=set)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def new(self) -> list[Entry]:
        """Return the registrations that were not known."""
        return [entry for is_new, entry in self.taken if is_new]

    @property
    def changed(self) -> list[Entry]:
        """Return the registrations that do not say what they said before."""
        return [entry for is_new, entry in self.taken if not is_new]

    @staticmethod
    def of(session: Session, reads: Sequence[ReadRegistration], settings: Settings) -> "_Sorting":
        """Return an empty sorting that knows what is stored."""
        records = [read.record for read in reads]
        # While keys are rotated a BSN is found under an older digest too.
        newest = {
            digest: digest_bsn(r.bsn, settings)
            for r in records
            if r.bsn is not None
            for digest in digests_bsn(r.bsn, settings)
        }
        found: dict[bytes, list[UUID]] = {}
        for digest, same in children_by_digest(session, newest.keys()).items():
            found.setdefault(newest[digest], []).extend(same)
        same_bsn = {child for same in found.values() for child in same}
        active = active_numbers(session, same_bsn)
        return _Sorting(
            settings=settings,
            known=known_registrations(session, [r.number for r in records]),
            # Of two children with one BSN the one with an active registration, else the oldest.
            children={
                d: next((c for c in same if c in active), same[0]) for d, same in found.items()
            },
            active=active,
            secret=secret_children(session, same_bsn),
            persons={child.id: person_of(child) for child in children_of(session, same_bsn)},
        )

    def take(self, read: ReadRegistration, *, file: str) -> None:
        """Sort one row."""
        record, content = read.record, content_hash(read.record, self.settings)
        stored = self.known.get(record.number)
        if stored is not None and stored.content_hash == content:
            self.unchanged += 1
            if stored.group is not None:
                self.left_groups.add(stored.group)  # it may have waited for this file
            return
        digest = digest_bsn(record.bsn, self.settings) if record.bsn else None
        owner = self.children.get(digest) if digest else None
        is_own = stored is not None and owner == stored.child_id
        if owner is not None and owner in self.active and not is_own:
            self.refused.append(already_active(read, self.active[owner], file))
            return
        was_secret = stored.is_secret if stored else owner in self.secret
        if was_secret and not record.secret_placement:
            self.refused.append(lifts_secret(read, file))
            return
        # A known number overwrites its own child; a BSN alone does so only of the same person.
        if stored is None and owner in self.persons and self.persons[owner] != person_of(record):
            self.refused.append(other_person(read, file))
            return
        child_id = self._keep(record, content, stored=stored, owner=owner)
        self.persons[child_id] = person_of(record)
        if stored is None or stored.is_active:
            self.active[child_id] = record.number
        if digest is not None:
            self.children[digest] = child_id

    def _keep(
        self,
        record: RegistrationIn,
        content: str,
        *,
        stored: KnownRegistration | None,
        owner: UUID | None,
    ) -> UUID:
        if stored is None:
            child_id = owner or new_id()
            self.taken.append((True, Entry(new_id(), child_id, owner is None, record, content)))
            return child_id
        entry = Entry(
            stored.id, stored.child_id, child_is_new=False, record=record, content_hash=content
        )
        self.taken.append((False, entry))
        if stored.group is not None:
            self.left_groups.add(stored.group)
        return stored.child_id


def _report(reading: RegistrationReading, taken: Taken, source: SourceFile) -> ImportReport:
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if taken.added or taken.changed else ImportState.UNCHANGED,
        read=len(reading.registrations),
        added=taken.added,
        changed=taken.changed,
        unchanged=taken.unchanged,
        refusals=tuple(sorted([*reading.refusals, *taken.refusals])),
        notices=reading.notices,
        changes=tuple(taken.changes),
    )
