"""Imports: what came in, what it changed, what was refused."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText


class ImportKind(StrEnum):
    """What an import brings."""

    FAMILIES = "pleeggezinnen"
    REGISTRATIONS = "aanmeldingen"
    HISTORY = "plaatsingshistorie"
    RUNNING = "lopende plaatsingen"


class ImportState(StrEnum):
    """Where an import stands: waiting, being worked off, or what became of it."""

    RECEIVED = "ontvangen"
    WORKING = "bezig"
    APPLIED = "verwerkt"
    UNCHANGED = "ongewijzigd"
    HELD = "aangehouden"
    REFUSED = "geweigerd"
    FAILED = "mislukt"


class ImportMode(StrEnum):
    """Whether what an import does not name is missing: only of a whole export it is."""

    WHOLE = "volledig"
    PARTIAL = "aanvullend"


class ImportFormat(StrEnum):
    """How the families in an import are written: as the provider's own export, or as the API."""

    EXPORT = "export"
    API = "api"


class FindingKind(StrEnum):
    """Whether a row was refused, or kept with a remark."""

    REFUSED = "geweigerd"
    WARNING = "waarschuwing"


class ImportBatch(HasId, Base):
    """One file that was offered; held ones changed nothing and wait for a person.

    failure: the sentence why the whole file was refused. total and done count records, for an
    upload that is worked off in parts. asked_day: the peildatum that the sender gave. closing: what
    is left to do after the last record (ids of missing families, codes of sibling groups).
    source_id: whose system sent it, where that provider has become part of provider_id since.
    """

    __tablename__ = "import_batch"

    kind: Mapped[ImportKind] = mapped_column(closed_list(ImportKind, "kind"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"), index=True)
    state: Mapped[ImportState] = mapped_column(closed_list(ImportState, "state"))
    file: Mapped[str]
    sha256: Mapped[str]
    actor: Mapped[str]
    snapshot_day: Mapped[date | None]
    read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    to_confirm: Mapped[int]
    applied_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    total: Mapped[int] = mapped_column(default=0, server_default="0")
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    is_confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    mode: Mapped[ImportMode] = mapped_column(
        closed_list(ImportMode, "mode"), default=ImportMode.WHOLE, server_default=ImportMode.WHOLE
    )
    format: Mapped[ImportFormat] = mapped_column(
        closed_list(ImportFormat, "format"),
        default=ImportFormat.EXPORT,
        server_default=ImportFormat.EXPORT,
    )
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    asked_day: Mapped[date | None]
    closing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ImportFinding(HasId, Base):
    """A refused row, or a warning, of one import; message is the sentence for a person."""

    __tablename__ = "import_finding"
    __table_args__ = (Index("ix_import_finding_import_id", "import_id"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    kind: Mapped[FindingKind] = mapped_column(closed_list(FindingKind, "kind"))
    file: Mapped[str]
    row: Mapped[int]
    field: Mapped[str]
    message: Mapped[str] = mapped_column(SealedText("import_finding.message"))
    record: Mapped[str]
