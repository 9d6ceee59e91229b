"""Sorting the rows of an export by what they mean for what is stored; nothing is written here."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from uuid import UUID

from app.families.canonical import FamilyRecord, ReadFamily
from app.families.queries import KnownFamily
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.refusal import Notice, Refusal

HELD_ABOVE_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class SortedRows:
    """Rows that are new, changed or the same; refused are those that are too old or too new.

    taken: what is new (without a known family) or changed, in the order of the rows.
    """

    taken: list[tuple[KnownFamily | None, FamilyRecord]] = field(default_factory=list)
    unchanged: list[tuple[KnownFamily, FamilyRecord]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def new(self) -> list[FamilyRecord]:
        """Return the families that were not known."""
        return [record for known, record in self.taken if known is None]

    @property
    def changed(self) -> list[tuple[KnownFamily, FamilyRecord]]:
        """Return the families that are not as they were, each with what is known of it."""
        return [(known, record) for known, record in self.taken if known is not None]


@dataclass(frozen=True, slots=True)
class Missing:
    """Families that an export leaves out and that were not asked about before.

    is_suspicious: they are more than 20% of the provider's families.
    """

    families: list[KnownFamily]
    is_suspicious: bool

    def notice(self, file: str) -> Notice:
        """Return the sentence with which an export that misses too many is held."""
        return Notice(
            file=file,
            row=0,
            field="",
            message=f"In deze export ontbreken {len(self.families)} bekende gezinnen, meer dan "
            "20%: er is niets veranderd. Klopt de export toch, bevestig hem dan (op de "
            "opdrachtregel met --bevestig, in de API met _bevestig).",
        )


def content_hash(record: FamilyRecord) -> str:
    """Return a digest of everything but the moment of change: equal means nothing changed."""
    content = {**asdict(replace(record, willingness={})), "updated_at": None}
    if not record.places:  # so that families that were stored before stay the same
        del content["places"]
    willingness = sorted((str(p), str(a)) for p, a in record.willingness.items())
    return hashlib.sha256(repr((sorted(content.items()), willingness)).encode()).hexdigest()


def latest_day(*days: date | None) -> date:
    """Return the last day on which a row may say it was changed: at least today."""
    return max(filter(None, (*days, today_in_amsterdam())))


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of the families that some rows name.

    known: by number. handed_over: the numbers of families that went to another provider.
    source_id: whose system sent the rows.
    """

    known: Mapping[str, KnownFamily]
    handed_over: Collection[str]
    source_id: UUID


def sort_rows(
    families: Iterable[ReadFamily], stored: Stored, *, file: str, latest: date
) -> SortedRows:
    """Return the rows of an export sorted; a row changed after `latest` is refused.

    So is one that names the family of another system, or one that has gone to another provider.
    """
    rows = SortedRows()
    for read in families:
        known = stored.known.get(read.record.reference)
        if (why := _why_refused(read, known, stored, latest)) is not None:
            rows.refused.append(_refused(read, file, why))
        else:
            _sort_row(read.record, known, into=rows)
    return rows


def _why_refused(
    read: ReadFamily, known: KnownFamily | None, stored: Stored, latest: date
) -> str | None:
    if read.record.updated_at.astimezone(AMSTERDAM).date() > latest:
        return _FUTURE
    if known is None:
        return _HANDED_OVER if read.record.reference in stored.handed_over else None
    if known.source_id != stored.source_id:
        return _OTHER_SYSTEM
    # Moments that two systems wrote down say nothing about each other.
    is_first = known.content_hash == ""
    return _OLDER if not is_first and read.record.updated_at < known.source_updated_at else None


def find_missing(seen: Collection[str], known: Iterable[tuple[str, KnownFamily]]) -> Missing:
    """Return which running families an export leaves out; wrong rows are not left out.

    seen: every number that the export names. known: the stored families by number.
    """
    newly, running = [], 0
    for reference, family in known:
        # Who is asked about already takes no part: a tenth that then goes missing would not stand
        # out.
        if not (family.is_stopped or family.needs_confirmation):
            running += 1
            if reference not in seen:
                newly.append(family)
    return Missing(newly, is_suspicious=len(newly) > HELD_ABOVE_SHARE * running)


def _sort_row(record: FamilyRecord, known: KnownFamily | None, *, into: SortedRows) -> None:
    if known is None:
        into.taken.append((None, record))
    elif known.content_hash == content_hash(record) and not known.needs_confirmation:
        into.unchanged.append((known, record))
    else:
        into.taken.append((known, record))


_OLDER = (
    "deze regel is ouder dan wat al bekend is; er is niets veranderd. "
    "Maak een nieuwe export en bied die aan."
)
_FUTURE = (
    "deze regel is volgens het bestand in de toekomst gewijzigd; er is niets veranderd. "
    "Verbeter de wijzigingsdatum."
)

_HANDED_OVER = (
    "dit gezin is overgedragen aan een andere aanbieder; er is niets veranderd. Haal het uit het "
    "bestand."
)
_OTHER_SYSTEM = (
    "dit nummer is van een gezin dat een ander systeem van deze aanbieder bijhoudt; er is niets "
    "veranderd. Geef het gezin een eigen nummer, of laat de beheerder het andere systeem stoppen."
)
_FIELD = {_OLDER: "bijgewerkt", _FUTURE: "bijgewerkt"}


def _refused(read: ReadFamily, file: str, what: str) -> Refusal:
    number = read.record.reference
    return Refusal(
        file=file,
        row=read.row,
        field=_FIELD.get(what, "nummer"),
        message=f"Gezin {number} is geweigerd: {what}",
        record=number,
    )
