"""Importing a provider's full export: what is new, changed, older, missing."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.families.canonical import FamilyReading, FamilyRecord, ReadFamily
from app.families.queries import KnownFamily, find_provider, known_families, lock_imports
from app.families.write import add_families, ask_to_confirm, change_families, refresh_families
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.refusal import Notice, Refusal
from app.models import ImportKind, ImportState, Provider

HELD_ABOVE_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The rows of an export, sorted by what they mean for what is stored."""

    new: list[FamilyRecord]
    changed: list[tuple[KnownFamily, FamilyRecord]]
    unchanged: list[tuple[KnownFamily, FamilyRecord]]
    refused: list[Refusal]
    missing: list[KnownFamily]


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
    provider = find_provider(session, provider_code)
    if provider is None:
        raise NotFound(f"Aanbieder '{provider_code}' is hier niet bekend: voer eerst migrate uit.")
    lock_imports(session, provider.id)
    known = known_families(session, provider.id)
    latest = max(filter(None, (today, reading.snapshot_day, today_in_amsterdam())))
    rows = _sort_rows(reading, known, file=source.name, latest=latest)
    held = not confirmed and _is_suspicious(rows.missing, known.values())
    report = _report(reading, rows, source=source, held=held)
    if not held:
        _apply(session, provider, rows)
    record_import(session, report, actor=actor, kind=ImportKind.FAMILIES, provider_id=provider.id)
    return report


def content_hash(record: FamilyRecord) -> str:
    """Return a digest of everything but the moment of change: equal means nothing changed."""
    content = {**asdict(replace(record, willingness={})), "updated_at": None}
    willingness = sorted((str(p), str(a)) for p, a in record.willingness.items())
    return hashlib.sha256(repr((sorted(content.items()), willingness)).encode()).hexdigest()


def _sort_rows(
    reading: FamilyReading, known: dict[str, KnownFamily], *, file: str, latest: date
) -> _Sorted:
    rows = _Sorted([], [], [], [], [])
    for read in reading.families:
        if read.record.updated_at.astimezone(AMSTERDAM).date() > latest:
            rows.refused.append(_refused(read, file, _FUTURE))
        else:
            _sort_row(read, known.get(read.record.reference), into=rows, file=file)
    rows.missing.extend(
        family
        for reference, family in known.items()
        if reference not in reading.seen and not family.is_stopped
    )
    return rows


def _sort_row(read: ReadFamily, known: KnownFamily | None, *, into: _Sorted, file: str) -> None:
    record = read.record
    if known is None:
        into.new.append(record)
    elif record.updated_at < known.source_updated_at:
        into.refused.append(_refused(read, file, _OLDER))
    elif known.content_hash == content_hash(record) and not known.needs_confirmation:
        into.unchanged.append((known, record))
    else:
        into.changed.append((known, record))


_OLDER = (
    "deze regel is ouder dan wat al bekend is; er is niets veranderd. "
    "Maak een nieuwe export en bied die aan."
)
_FUTURE = (
    "deze regel is volgens het bestand in de toekomst gewijzigd; er is niets veranderd. "
    "Verbeter de wijzigingsdatum."
)


def _refused(read: ReadFamily, file: str, what: str) -> Refusal:
    number = read.record.reference
    return Refusal(
        file=file,
        row=read.row,
        field="bijgewerkt",
        message=f"Gezin {number} is geweigerd: {what}",
        record=number,
    )


def _is_suspicious(missing: list[KnownFamily], known: Iterable[KnownFamily]) -> bool:
    running = [family for family in known if not family.is_stopped]
    newly = [family for family in missing if not family.needs_confirmation]
    return len(newly) > HELD_ABOVE_SHARE * len(running)


def _apply(session: Session, provider: Provider, rows: _Sorted) -> None:
    add_families(session, provider.id, [(r, content_hash(r)) for r in rows.new])
    change_families(session, [(k.id, r, content_hash(r)) for k, r in rows.changed])
    refresh_families(
        session,
        [(k.id, r.updated_at) for k, r in rows.unchanged if r.updated_at > k.source_updated_at],
    )
    ask_to_confirm(session, [k.id for k in rows.missing if not k.needs_confirmation])


def _report(
    reading: FamilyReading, rows: _Sorted, *, source: SourceFile, held: bool
) -> ImportReport:
    missing = [family for family in rows.missing if not family.needs_confirmation]
    changes = len(rows.new) + len(rows.changed) + len(missing)
    refusals = tuple(sorted([*reading.refusals, *rows.refused]))
    if held:
        return ImportReport(
            source=source, state=ImportState.HELD, read=len(reading.families),
            to_confirm=len(missing), refusals=refusals, snapshot_day=reading.snapshot_day,
            notices=(*reading.notices, _held(source.name, len(missing))),
        )  # fmt: skip
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if changes else ImportState.UNCHANGED,
        read=len(reading.families), added=len(rows.new), changed=len(rows.changed),
        unchanged=len(rows.unchanged), to_confirm=len(missing), refusals=refusals,
        notices=reading.notices, snapshot_day=reading.snapshot_day,
    )  # fmt: skip


def _held(file: str, missing: int) -> Notice:
    return Notice(
        file=file,
        row=0,
        field="",
        message=f"In deze export ontbreken {missing} bekende gezinnen, meer dan 20%: er is niets "
        "veranderd. Klopt de export toch, bied hem dan opnieuw aan met --bevestig.",
    )
