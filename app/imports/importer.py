"""What a slice must be able to do so that its uploads are worked off in parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from app.imports.changes import Change
from app.kernel.refusal import Notice, Refusal
from app.models import ImportBatch, ImportKind

CHUNK_RECORDS = 500

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upload turned out to hold, before anything of it is stored.

    chunks: canonical records as JSON with their number, read from the file one by one, so that
    a large one never is in memory; refusals and notices may grow until the last has been read.
    closing: what `close` will need, as JSON. is_held: nothing may be applied before a person
    confirms; held_records: how many records then were read, for there are no chunks.
    """

    chunks: Iterable[tuple[int, bytes]] = ()
    closing: dict[str, Any] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()
    notices: Sequence[Notice] = ()
    snapshot_day: date | None = None
    is_held: bool = False
    held_records: int = 0
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What storing some records changed; groups: the sibling groups that they touched.

    lacking: the codes of groups that lack a refused record, each with its number or "".
    notices: what a person should know of records besides what reading the file told.
    changes: one for each record that was added or changed, in their order.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: Sequence[Refusal] = ()
    notices: Sequence[Notice] = ()
    changes: Sequence[Change] = ()
    groups: frozenset[str] = frozenset()
    lacking: frozenset[tuple[str, str]] = frozenset()


class Importer(Protocol):
    """Reads, applies and closes the uploads of one kind; each call is part of one transaction."""

    @property
    def kind(self) -> ImportKind:
        """What the uploads bring."""

    def lock(self, session: Session, batch: ImportBatch) -> None:
        """Keep every other import of the same source out of this transaction's way."""

    def read(self, session: Session, batch: ImportBatch, path: Path) -> Plan:
        """Return what the file says; InputRefused when it is refused as a whole.

        The file is there until the last chunk has been read.
        """

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:
        """Store the records of one chunk."""

    def close(self, session: Session, batch: ImportBatch) -> Sequence[Change]:
        """Do what can only be done when every record is in; return what is asked about."""


def in_chunks(records: Iterable[Record]) -> Iterator[tuple[Record, ...]]:
    """Yield records by 500, in their order."""
    rest = iter(records)
    while chunk := tuple(islice(rest, CHUNK_RECORDS)):
        yield chunk
