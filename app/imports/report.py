"""The report of an import: what changed, what was refused and why."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.imports.changes import Change
from app.kernel.refusal import Notice, Refusal
from app.models import ImportState


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was offered: its name, and a digest that tells whether it came before."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of records, and every refusal and notice with its file, row and field.

    to_confirm: families missing from a full export. HELD means that nothing at all was changed.
    changes: every record that is not as it was, those to be confirmed last.
    """

    source: SourceFile
    state: ImportState
    read: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    to_confirm: int = 0
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Notice, ...] = ()
    changes: tuple[Change, ...] = ()
    snapshot_day: date | None = None

    def took_nothing(self) -> bool:
        """Return whether every single row was refused."""
        return bool(self.refusals) and not (self.added or self.changed or self.unchanged)


def source_of(path: Path) -> SourceFile:
    """Return name and SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return SourceFile(path.name, hashlib.file_digest(stream, "sha256").hexdigest())
