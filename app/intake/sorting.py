"""The rows of a file with registrations, sorted by what they mean for what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import digest_bsn, digests_bsn
from app.intake.canonical import ReadRegistration
from app.intake.corrected_rows import Corrected, corrected_among, keep_corrected, persons_told
from app.intake.fields import content_hash
from app.intake.group_checks import lacks_member
from app.intake.home_queries import Home, present_homes
from app.intake.of_others import Person, person_of
from app.intake.queries import (
    KnownRegistration,
    active_numbers,
    children_by_digest,
    children_of,
    known_registrations,
    numbered_children,
    secret_children,
)
from app.intake.row_refusals import (
    against_correction,
    already_active,
    bsn_elsewhere,
    lifts_secret,
    number_of_other,
    of_referrer,
    other_person,
    past_home,
)
from app.intake.same_child import is_same_child
from app.intake.schemas import RegistrationIn
from app.intake.write import Entry
from app.kernel.clock import today_in_amsterdam
from app.kernel.ids import new_id
from app.kernel.refusal import Notice, Refusal
from app.kernel.words import SiblingWish
from app.settings import Settings


@dataclass(slots=True)
class Sorting:
    """The rows of a file, sorted by what they mean for what is stored.

    children, active: by BSN digest and by child; they grow with each row, so that two rows of one
    file meet too. same_bsn: all the children with a BSN digest. numbered: the children of known
    registrations that have a BSN. homes: where children live. secret: those that had a secret
    placement. persons: who they are. taken: what is new or changed in the order of the rows, with
    whether it is new. left_groups: the groups that known registrations were in before. lacking:
    the groups `samen` without a refused row, and its number; "" where another child has that.
    """

    settings: Settings
    known: dict[str, KnownRegistration]
    children: dict[bytes, UUID]
    same_bsn: dict[bytes, list[UUID]]
    numbered: set[UUID]
    active: dict[UUID, str]
    homes: dict[UUID, Home]
    secret: set[UUID]
    persons: dict[UUID, Person]
    corrected: dict[UUID, Corrected]
    taken: list[tuple[bool, Entry]] = field(default_factory=list)
    left_groups: set[str] = field(default_factory=set)
    lacking: set[tuple[str, str]] = field(default_factory=set)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def new(self) -> list[Entry]:
        """Return the registrations that were not known."""
        return [entry for is_new, entry in self.taken if is_new]

    @property
    def changed(self) -> list[Entry]:
        """Return the registrations that do not say what they said before."""
        return [entry for is_new, entry in self.taken if not is_new]

    @staticmethod
    def of(session: Session, reads: Sequence[ReadRegistration], settings: Settings) -> "Sorting":
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
        known = known_registrations(session, [r.number for r in records])
        own = {stored.child_id for stored in known.values()}
        active = active_numbers(session, same_bsn)
        return Sorting(
            settings=settings,
            known=known,
            # Of two children with one BSN the one with an active registration, else the oldest.
            children={
                d: next((c for c in same if c in active), same[0]) for d, same in found.items()
            },
            same_bsn=found,
            numbered=numbered_children(session, own),
            active=active,
            homes=present_homes(session, same_bsn | own, today_in_amsterdam()),
            secret=secret_children(session, same_bsn),
            persons={c.id: person_of(c) for c in children_of(session, same_bsn | own)},
            corrected=corrected_among(session, {stored.id for stored in known.values()}, settings),
        )

    def take(self, read: ReadRegistration, *, file: str) -> None:
        """Sort one row."""
        record, stored = read.record, self.known.get(read.record.number)
        content = content_hash(record, self.settings)
        if stored is not None and stored.content_hash == content:
            self._leave(stored)
            return
        digest = digest_bsn(record.bsn, self.settings) if record.bsn else None
        owner = self.children.get(digest) if digest else None
        if stored is None:
            refusal = self._refusal_of_new(read, owner, file)
        else:
            refusal = self._refusal_of_known(read, stored, digest, file)
        if refusal is None and stored is not None and stored.id in self.corrected:
            kept, notices = keep_corrected(read, self.corrected[stored.id], file)
            self.notices.extend(notices)
            if kept is None:
                refusal = against_correction(read, file)
            else:
                record, content = kept, content_hash(kept, self.settings)
        if refusal is not None:
            self._refuse(read, stored, refusal, file)
            return
        if stored is not None and stored.content_hash == content:
            self._leave(stored)  # all that it says anew was corrected
            return
        child_id = self._keep(record, content, stored=stored, owner=owner)
        self.persons[child_id] = person_of(record)
        if stored is None or stored.is_active:
            self.active[child_id] = record.number
        if digest is not None:
            self.children[digest] = child_id

    def _leave(self, stored: KnownRegistration) -> None:
        self.unchanged += 1
        if stored.group is not None:
            self.left_groups.add(stored.group)  # it may have waited for this file

    def _refuse(
        self, read: ReadRegistration, stored: KnownRegistration | None, refusal: Refusal, file: str
    ) -> None:
        self.refused.append(refusal)
        siblings = read.record.siblings
        is_known = stored is not None and siblings is not None and stored.group == siblings.group
        if siblings is None or siblings.wish is not SiblingWish.TOGETHER or is_known:
            return
        # Its brothers and sisters wait for it, as for a row that could not be read.
        self.lacking.add((siblings.group, "" if stored else read.record.number))
        self.notices.append(lacks_member(read, file))

    def _refusal_of_new(
        self, read: ReadRegistration, owner: UUID | None, file: str
    ) -> Refusal | None:
        if owner is None:
            return None
        if owner in self.active:
            return already_active(read, self.active[owner], file)
        if owner in self.secret and not read.record.secret_placement:
            return lifts_secret(read, file)
        if owner in self.persons and self.persons[owner] != person_of(read.record):
            return other_person(read, file)
        home = self.homes.get(owner)
        if home is not None and home.is_asked_first(read.record.care_form):
            return past_home(read, home, file)
        return None

    def _refusal_of_known(
        self, read: ReadRegistration, stored: KnownRegistration, digest: bytes | None, file: str
    ) -> Refusal | None:
        owner = self.children.get(digest) if digest else None
        is_elsewhere = owner is not None and owner != stored.child_id
        if owner in self.active and is_elsewhere:
            return already_active(read, self.active[owner], file)
        has_same_bsn = digest is not None and stored.child_id in self.same_bsn.get(digest, ())
        are_both_told = digest is not None and stored.child_id in self.numbered
        if not is_same_child(
            read.record,
            persons_told(self.persons[stored.child_id], self.corrected.get(stored.id)),
            stored,
            has_same_bsn=has_same_bsn if are_both_told else None,
        ):
            return number_of_other(read, file)
        if is_elsewhere and not has_same_bsn:
            return bsn_elsewhere(read, file)
        if stored.owner is not None:
            return of_referrer(read, file)
        if stored.is_secret and not read.record.secret_placement:
            return lifts_secret(read, file)
        return self._refusal_past_home(read, stored, file)

    def _refusal_past_home(
        self, read: ReadRegistration, stored: KnownRegistration, file: str
    ) -> Refusal | None:
        home, form = self.homes.get(stored.child_id), read.record.care_form
        if home is None or not stored.is_active or stored.care_form is form:
            return None
        if home.was_asked_first(stored.care_form, stored.follows_id):
            return None
        return past_home(read, home, file) if home.is_asked_first(form) else None

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
