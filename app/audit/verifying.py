"""Proving the chain: seal by seal, one batch of lines in memory at a time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.audit.canonical import first_difference, marks_of, select_lines
from app.audit.keys import is_signed
from app.audit.seals import BEGIN, all_seals, digest_of, lines_after, seal_with_marks
from app.kernel.clock import now
from app.models import AuditCheck, AuditSeal

# NEN 7513. The database lets none go before that (pleegzorg_audit_forget).
KEPT = timedelta(days=5 * 365)
FIRST = (0, 0, BEGIN)  # what comes before the first seal
CHAIN = "het zegel volgt niet op het vorige"
DIGEST = "de inhoud van het zegel is veranderd"
SIGNATURE = "het zegel is niet met een bekende sleutel gezet"
LINES = "een regel is veranderd, weg of tussengevoegd"
GONE = "alle regels zijn weg, en nog geen vijf jaar oud"
CUT = "het zegel dat u noemt staat er niet, of is een ander"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is wrong; line: None where it is the seal itself."""

    seal: int
    line: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was seen. lines: those that are there under a seal. forgotten: seals whose lines were
    let go after their years. unsealed, oldest: how many lines wait, and since when.
    """

    seals: int
    lines: int
    forgotten: int
    unsealed: int
    oldest: datetime | None
    last: tuple[int, str] | None
    broken: Broken | None


def verify_chain(
    session: Session, keys: Mapping[str, bytes], *, told: tuple[int, str] | None = None
) -> Verified:
    """Walk the chain and stop at the first thing that is wrong.

    keys: the public keys that are trusted, by name. told: number and digest of a seal that was kept
    elsewhere; without it nobody can tell that the end of the chain was cut off.
    """
    seals = lines = forgotten = 0
    before: AuditSeal | None = None
    broken: Broken | None = None
    is_found = told is None
    for seal in all_seals(session):
        present, broken = _look_under(session, seal, _wrong_with(seal, before, keys))
        if broken is not None:
            break
        seals, lines, forgotten = seals + 1, lines + present, forgotten + (present == 0)
        is_found = is_found or (seal.number, seal.digest) == told
        before = seal
    if broken is None and told is not None and not is_found:
        broken = Broken(told[0], None, CUT)
    unsealed, oldest = lines_after(session, before.last_id if before else 0)
    last = (before.number, before.digest) if before else None
    return Verified(seals, lines, forgotten, unsealed, oldest, last, broken)


def note_check(session: Session, found: Verified) -> None:
    """Keep how it went, for the auditor's page."""
    broken = found.broken
    session.add(
        AuditCheck(
            seals=found.seals,
            lines=found.lines,
            unsealed=found.unsealed,
            is_whole=broken is None,
            broken_seal=broken.seal if broken else None,
            broken_line=broken.line if broken else None,
            why=broken.why if broken else None,
        )
    )


def _wrong_with(seal: AuditSeal, before: AuditSeal | None, keys: Mapping[str, bytes]) -> str | None:
    """Return what is wrong with a seal itself."""
    number, last, digest = (before.number, before.last_id, before.digest) if before else FIRST
    if (seal.number, seal.first_id, seal.previous) != (number + 1, last + 1, digest):
        return CHAIN
    if seal.digest != digest_of(seal):
        return DIGEST
    public = keys.get(seal.key_id)
    is_known = public is not None and is_signed(seal.digest, seal.signature, public)
    return None if is_known else SIGNATURE


def _look_under(session: Session, seal: AuditSeal, wrong: str | None) -> tuple[int, Broken | None]:
    """Return how many lines are under a seal, and what is wrong with it or with one of them."""
    if wrong is not None:
        return 0, Broken(seal.number, None, wrong)
    marks = marks_of(session.execute(select_lines(seal.first_id, seal.last_id)))
    if hashlib.sha256(marks).hexdigest() == seal.rows_digest:
        return seal.count, None
    if not marks:
        is_due = seal.newest_at < now() - KEPT
        return 0, None if is_due else Broken(seal.number, seal.first_id, GONE)
    sealed = seal_with_marks(session, seal.number).marks or b""
    # The marks are of use only while they are those that were sealed.
    is_told = hashlib.sha256(sealed).hexdigest() == seal.rows_digest
    return 0, Broken(seal.number, first_difference(sealed, marks) if is_told else None, LINES)
